import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { setPrompt, setValue } from "@/lib/playground/edits";
import { gatewayEngine } from "@/lib/playground/gateway-engine";
import { loadedFrom } from "@/lib/playground/library-client";
import { editPrompt } from "@/lib/playground/prompt-edits";
import { createRunner } from "@/lib/playground/runner";
import { createWorkspace } from "@/lib/playground/workspace";
import { fetchPrompt, getInvocation } from "@/lib/prompts/server";
import { type Harness, startHarness } from "../gateway/harness";
import { type Caller, freshCaller, name, variables } from "../prompts/caller";

let gateway: Harness;
let caller: Caller;
beforeAll(async () => {
  gateway = await startHarness();
  caller = await freshCaller(gateway);
  const through = globalThis.fetch;
  // A page sends its cookie; here a key stands in for it.
  vi.stubGlobal("fetch", (url: string, init: RequestInit = {}) =>
    through(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${caller.key}` } }),
  );
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await gateway.close();
});

async function open(version: number) {
  const prompt = loadedFrom(await fetchPrompt(caller.person, name, { version }));
  const workspace = createWorkspace({
    columns: [{ id: "a", model: "up/chat", engine: "remote", parameters: { seed: 7 } }],
    prompt,
  });
  const engine = gatewayEngine(`http://127.0.0.1:${gateway.port}`);
  const runner = createRunner(workspace, {
    engines: { browser: engine, server: engine, remote: engine },
    onBrowserAnswer: () => undefined,
  });
  for (const [variable, value] of Object.entries(variables)) setValue(workspace, variable, String(value));
  const answer = () => Object.values(workspace.column("a").getState().answers).flat().at(-1);
  const sent = () => gateway.upstream.calls.at(-1)?.body as Record<string, unknown> | undefined;
  return { workspace, runner, answer, sent };
}

describe("a prompt of the library through the workbench's own door", () => {
  it("reaches the model as the page would have filled it in, and the call is its own", async () => {
    const { workspace, runner, answer, sent } = await open(2);
    setPrompt(workspace, "Which lamp?");
    await runner.runAll();
    expect(answer()).toMatchObject({ outcome: "finished", prompt: { name, version: 2, edited: false } });
    expect(sent()).toMatchObject({ seed: 7, temperature: 0.2, max_tokens: 40 });
    const [row] = await gateway.rows();
    expect(row).toMatchObject({ promptVersion: 2, promptVariables: variables, source: "playground" });
    expect(await getInvocation(caller.person, name, row?.id ?? "")).toMatchObject({ version: 2, variables });

    workspace.store.setState({ followUp: "The red one." });
    await runner.runAll();
    expect(answer()?.outcome).toBe("finished");
    expect(JSON.stringify(sent()?.messages)).toContain("The red one.");
    expect((await gateway.rows()).map(({ promptVersion }) => promptVersion)).toEqual([2, 2]);
  });

  it("says the same once it is changed, as messages of nobody's prompt", async () => {
    const { workspace, runner, answer, sent } = await open(2);
    setPrompt(workspace, "Which lamp?");
    await runner.runAll();
    const named = sent()?.messages;
    const { prompt } = workspace.store.getState();
    if (prompt) editPrompt(workspace, "all", { ...prompt.written, model: null });
    await runner.runAll();
    expect(answer()?.prompt?.edited).toBe(true);
    expect(sent()?.messages).toEqual(named);
    const rows = (await gateway.rows()).sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    expect(rows.slice(-2).map(({ promptVersion }) => promptVersion)).toEqual([2, null]);
  });
});
