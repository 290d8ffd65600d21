import type { EngineKind } from "@/lib/inference";
import type { RunCall } from "@/lib/playground/engine";
import type { LoadedPrompt } from "@/lib/playground/prompt-schema";
import { createRunner } from "@/lib/playground/runner";
import { createWorkspace } from "@/lib/playground/workspace";
import { promptContent } from "@/lib/prompts";
import { scripted, spoken } from "./engines";
import { triage } from "./library";

/** Two columns, each with a prompt of its own or asked by one for all, over an engine that says ok. */
export function setUp(
  prompts: { all?: LoadedPrompt; a?: LoadedPrompt; b?: LoadedPrompt },
  engine: EngineKind = "server",
) {
  const calls: RunCall[] = [];
  const reported: RunCall[] = [];
  const workspace = createWorkspace({
    columns: [
      { id: "a", model: "small", engine, parameters: {}, ...(prompts.a ? { prompt: prompts.a } : {}) },
      {
        id: "b",
        model: "large",
        engine: "remote",
        parameters: {},
        ...(prompts.b ? { prompt: prompts.b } : {}),
      },
    ],
    ...(prompts.all ? { prompt: prompts.all } : {}),
  });
  const answering = scripted(spoken("ok"), calls);
  const runner = createRunner(workspace, {
    engines: { browser: answering, server: answering, remote: answering },
    onBrowserAnswer: (_, call) => reported.push(call),
  });
  const sent = (model: string) => {
    const call = calls.findLast((each) => each.model === model);
    if (!call) throw new Error(`Nothing was sent to ${model}`);
    return call;
  };
  const state = () => workspace.store.getState();
  return { workspace, runner, calls, reported, sent, state };
}

/** The messages of a call, each behind its role. */
export const texts = ({ messages }: RunCall) => messages.map(({ role, content }) => `${role}: ${content}`);
/** The prompt of tickets with another system message. */
export const changed = (text: string) => {
  const content = promptContent.parse(triage);
  if (content.type !== "chat") throw new Error("It is a chat prompt");
  return { ...content, messages: [{ role: "system" as const, text }, ...content.messages.slice(1)] };
};
