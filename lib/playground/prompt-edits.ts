import type { PromptContent } from "@/lib/prompts";
import { edit } from "./edits";
import { currentContent, withContent } from "./loaded-prompt";
import type { LoadedPrompt } from "./prompt-schema";
import { localId, type Workspace, type WorkspaceState } from "./workspace";

/** For whom a prompt stands: all columns without one of their own, or one. */
export type PromptTarget = "all" | (string & {});

/** The prompt that stands for all, or a column's own. */
export function promptAt(
  { prompt, columns }: Pick<WorkspaceState, "prompt" | "columns">,
  target: PromptTarget,
): LoadedPrompt | undefined {
  return target === "all" ? prompt : columns.find(({ id }) => id === target)?.prompt;
}

/** Puts a prompt in place, or takes it away; what is written on this page stays. */
export function setLoadedPrompt(
  workspace: Workspace,
  target: PromptTarget,
  prompt: LoadedPrompt | undefined,
): void {
  edit(workspace, ({ columns }) => {
    if (target === "all") return { prompt };
    return {
      columns: columns.map((column) => {
        if (column.id !== target) return column;
        const { prompt: _, ...rest } = column;
        return prompt ? { ...rest, prompt } : rest;
      }),
    };
  });
}

/** Changes the text or configuration of a prompt here; the version in the library stays as it is. */
export function editPrompt(workspace: Workspace, target: PromptTarget, content: PromptContent): void {
  const prompt = promptAt(workspace.store.getState(), target);
  if (prompt) setLoadedPrompt(workspace, target, withContent(prompt, content));
}

/** Puts the version's own text back. */
export function resetPrompt(workspace: Workspace, target: PromptTarget): void {
  const prompt = promptAt(workspace.store.getState(), target);
  if (prompt) setLoadedPrompt(workspace, target, withContent(prompt, prompt.written));
}

/** Notes what a prompt refers to, unless it was changed since that was asked for. */
export function noteResolved(workspace: Workspace, asked: LoadedPrompt, resolved: PromptContent): void {
  const fill = (prompt: LoadedPrompt): LoadedPrompt => (prompt === asked ? { ...prompt, resolved } : prompt);
  // Nothing that a save would carry for itself: it is read again from the library.
  workspace.store.setState(({ prompt, columns }) => ({
    ...(prompt ? { prompt: fill(prompt) } : {}),
    columns: columns.map((column) => (column.prompt === asked ? { ...column, prompt: fill(asked) } : column)),
  }));
}

/** Takes a prompt away and leaves its text as what is written on this page, as far as that can say it. */
export function takeApart(workspace: Workspace): void {
  const { prompt } = workspace.store.getState();
  if (!prompt) return;
  const content = currentContent(prompt);
  edit(workspace, ({ parameters, variables }) => {
    const messages =
      content.type === "text"
        ? [{ role: "user" as const, text: content.text }]
        : content.messages.flatMap((message) => ("text" in message ? [message] : []));
    const said = messages.flatMap(({ role, text }) =>
      role === "system" ? [] : [{ id: localId(), role, text }],
    );
    return {
      prompt: undefined,
      system: messages.flatMap(({ role, text }) => (role === "system" ? [text] : [])).join("\n\n"),
      messages: said.length > 0 ? said : [{ id: localId(), role: "user", text: "" }],
      parameters: { ...content.parameters, ...parameters },
      variables: {
        ...Object.fromEntries(content.variables.map(({ name, type }) => [name, type])),
        ...variables,
      },
    };
  });
}

/** Gives a column the prompt that stands for all as its own, so that the two can be held against each other. */
export function loadBeside(workspace: Workspace, prompt: LoadedPrompt): void {
  edit(workspace, ({ columns }) => {
    const last = columns.at(-1);
    return last ? { columns: [...columns, { ...last, id: localId(), prompt }] } : {};
  });
}
