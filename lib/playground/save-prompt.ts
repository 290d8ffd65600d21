import { type PromptContent, promptContent } from "@/lib/prompts";
import { effectiveParameters } from "./conversation";
import { currentContent } from "./loaded-prompt";
import { responseFormatOf } from "./prompt";
import { type PromptTarget, promptAt } from "./prompt-edits";
import { variablesOf } from "./variables";
import type { WorkspaceState } from "./workspace";

type Settings = Pick<PromptContent, "parameters" | "responseFormat">;

/** What this page sets beside a prompt's own configuration. */
export function settingsHere(state: WorkspaceState, target: PromptTarget): Settings {
  const column = state.columns.find(({ id }) => id === target);
  return {
    parameters: effectiveParameters(state.parameters, column?.parameters ?? {}),
    responseFormat: responseFormatOf(state.format) ?? null,
  };
}

/** The system prompt and the messages of this page as a prompt; files are left out, which no prompt can hold. */
function writtenHere(state: WorkspaceState): PromptContent {
  const system = state.system.trim() === "" ? [] : [{ role: "system" as const, text: state.system }];
  const said = state.messages
    .filter(({ text }) => text.trim() !== "")
    .map(({ role, text }) => ({ role, text }));
  const [only] = said;
  const variables = variablesOf(state).map((name) => ({
    name,
    type: state.variables[name] ?? { type: "text" as const },
  }));
  const isText = system.length === 0 && said.length === 1 && only?.role === "user";
  return promptContent.parse(
    isText
      ? { type: "text", text: only.text, variables }
      : { type: "chat", messages: [...system, ...said], variables },
  );
}

/** What would be saved as a version: the text in the editor, on request with what is set on this page. */
export function contentToSave(
  state: WorkspaceState,
  target: PromptTarget,
  withSettings: boolean,
): PromptContent {
  const loaded = promptAt(state, target);
  const content = loaded ? currentContent(loaded) : writtenHere(state);
  if (!withSettings) return content;
  const { parameters, responseFormat } = settingsHere(state, target);
  return {
    ...content,
    parameters: { ...content.parameters, ...parameters },
    responseFormat: responseFormat ?? content.responseFormat,
  };
}

/** Whether there is a text that could be saved. */
export function canSavePrompt(state: WorkspaceState): boolean {
  return state.system.trim() !== "" || state.messages.some(({ text }) => text.trim() !== "");
}
