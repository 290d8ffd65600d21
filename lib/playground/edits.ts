import type { ChatParameters } from "@/lib/inference";
import { newestEnd, type TurnHead, withDescendants } from "./conversation";
import {
  type AnswerFormat,
  type Attachment,
  bounds,
  type ColumnParameters,
  type PlaygroundColumn,
  type PromptMessage,
  type VariableType,
} from "./document";
import { isSameOpening, openingOf } from "./prompt";
import { remember } from "./remember";
import { localId, newColumn, pathOf, type Workspace, type WorkspaceState } from "./workspace";

/** Columns that one page shows at once. */
export const mostColumns = bounds.columns;

/** Changes what a save carries. */
export function edit(workspace: Workspace, change: (state: WorkspaceState) => Partial<WorkspaceState>): void {
  workspace.store.setState((state) => ({ ...change(state), revision: state.revision + 1 }));
}

export function setSystem(workspace: Workspace, system: string): void {
  edit(workspace, () => ({ system }));
}

/** Changes the user's last message of the prompt. */
export function setPrompt(workspace: Workspace, text: string): void {
  const id = promptMessage(workspace.store.getState())?.id;
  if (id) changeMessage(workspace, id, { text });
}

/** The message that a short form of the prompt shows: the user's last. */
export function promptMessage({ messages }: Pick<WorkspaceState, "messages">): PromptMessage | undefined {
  return messages.findLast(({ role }) => role === "user");
}

export function changeMessage(
  workspace: Workspace,
  id: string,
  change: Partial<Pick<PromptMessage, "role" | "text" | "attachments">>,
): void {
  edit(workspace, ({ messages }) => ({
    messages: messages.map((message) => (message.id === id ? { ...message, ...change } : message)),
  }));
}

/** Adds a message at the end, of whoever did not speak last. */
export function addMessage(workspace: Workspace): void {
  edit(workspace, ({ messages }) => {
    if (messages.length >= bounds.messages) return {};
    const role = messages.at(-1)?.role === "user" ? "assistant" : "user";
    return { messages: [...messages, { id: localId(), role, text: "" }] };
  });
}

/** Removes a message; the last one stays. */
export function removeMessage(workspace: Workspace, id: string): void {
  edit(workspace, ({ messages }) =>
    messages.length < 2 ? {} : { messages: messages.filter((m) => m.id !== id) },
  );
}

/** Moves a message up (-1) or down (1). */
export function moveMessage(workspace: Workspace, id: string, by: -1 | 1): void {
  edit(workspace, ({ messages }) => {
    const from = messages.findIndex((message) => message.id === id);
    const other = messages[from + by];
    const moved = messages[from];
    if (!other || !moved) return {};
    return {
      messages: messages.map((message, i) => (i === from ? other : i === from + by ? moved : message)),
    };
  });
}

export function setVariable(workspace: Workspace, name: string, type: VariableType): void {
  edit(workspace, ({ variables }) => ({ variables: { ...variables, [name]: type } }));
}

export function setValue(workspace: Workspace, name: string, value: string): void {
  edit(workspace, ({ values }) => ({ values: { ...values, [name]: value } }));
}

export function setFormat(workspace: Workspace, format: AnswerFormat): void {
  edit(workspace, () => ({ format }));
}

/** How answers are asked for beside the sampling. */
export function setAsking(
  workspace: Workspace,
  change: Partial<Pick<WorkspaceState, "repeats" | "logprobs" | "task">>,
): void {
  edit(workspace, () => change);
}

/** Adds files to a message of the prompt, as many as there is room for. */
export function attach(workspace: Workspace, messageId: string, files: readonly Attachment[]): void {
  edit(workspace, ({ messages }) => ({
    messages: messages.map((message) =>
      message.id === messageId
        ? { ...message, attachments: [...(message.attachments ?? []), ...files].slice(0, bounds.attachments) }
        : message,
    ),
  }));
}

/** Adds files to the follow-up, as many as there is room for. */
export function enclose(workspace: Workspace, files: readonly Attachment[]): void {
  workspace.store.setState(({ enclosed }) => ({
    enclosed: [...enclosed, ...files].slice(0, bounds.attachments),
  }));
}

/** Takes a file from the follow-up. */
export function removeEnclosed(workspace: Workspace, id: string): void {
  workspace.store.setState(({ enclosed }) => ({ enclosed: enclosed.filter((file) => file.id !== id) }));
}

/** Names the session; a blank name lets the title follow the first message again. */
export function setTitle(workspace: Workspace, title: string): void {
  const trimmed = title.trim();
  edit(workspace, () => ({ title: trimmed, titled: trimmed !== "" }));
}

/** Shares the input between columns or not. What was typed is carried to where it can still be sent. */
export function setSameInput(workspace: Workspace, sameInput: boolean): void {
  const state = workspace.store.getState();
  const typed = state.head === null ? (promptMessage(state)?.text ?? "") : state.followUp;
  for (const { id } of state.columns) {
    const store = workspace.column(id);
    if (!sameInput && store.getState().draft === "") store.setState({ draft: typed });
    if (sameInput && store.getState().draft === typed) store.setState({ draft: "" });
  }
  edit(workspace, () => ({ sameInput }));
}

export function setParameter<K extends keyof ChatParameters>(
  workspace: Workspace,
  name: K,
  value: ChatParameters[K] | undefined,
): void {
  edit(workspace, ({ parameters }) => ({ parameters: withValue(parameters, name, value) }));
}

/** Sets a column's own value; undefined takes the one for all, null sends none. */
export function setColumnParameter<K extends keyof ColumnParameters>(
  workspace: Workspace,
  columnId: string,
  name: K,
  value: ColumnParameters[K] | undefined,
): void {
  changeColumn(workspace, columnId, (column) => ({
    ...column,
    parameters: withValue(column.parameters, name, value),
  }));
}

/** Gives a column its own system prompt; undefined takes the one for all. */
export function setColumnSystem(workspace: Workspace, columnId: string, system: string | undefined): void {
  changeColumn(workspace, columnId, ({ system: _, ...column }) =>
    system === undefined ? column : { ...column, system },
  );
}

/** Makes what a column sets itself hold for all. */
export function applyToAll(workspace: Workspace, columnId: string): void {
  edit(workspace, ({ columns, parameters, system }) => {
    const source = columns.find(({ id }) => id === columnId);
    if (!source) return {};
    const merged = Object.entries({ ...parameters, ...source.parameters });
    return {
      parameters: Object.fromEntries(merged.filter(([, value]) => value !== null && value !== undefined)),
      system: source.system ?? system,
      ...(source.prompt ? { prompt: source.prompt } : {}),
      columns: columns.map(({ system: _, prompt: own, ...column }) => ({
        ...column,
        parameters: {},
        ...(own && !source.prompt ? { prompt: own } : {}),
      })),
    };
  });
}

function withValue<T extends object, K extends keyof T>(values: T, name: K, value: T[K] | undefined): T {
  const { [name]: _, ...rest } = values;
  return (value === undefined ? rest : { ...rest, [name]: value }) as T;
}

function changeColumn(
  workspace: Workspace,
  id: string,
  change: (column: PlaygroundColumn) => PlaygroundColumn,
): void {
  edit(workspace, ({ columns }) => ({
    columns: columns.map((column) => (column.id === id ? change(column) : column)),
  }));
}

export function setModel(
  workspace: Workspace,
  columnId: string,
  choice: Pick<PlaygroundColumn, "model" | "engine">,
): void {
  changeColumn(workspace, columnId, (column) => ({ ...column, model: choice.model, engine: choice.engine }));
}

/** Adds a column at the end. It answers the turns so far when it is run. */
export function addColumn(workspace: Workspace, choice: Pick<PlaygroundColumn, "model" | "engine">): void {
  if (workspace.store.getState().columns.length >= mostColumns) return;
  edit(workspace, ({ columns }) => ({ columns: [...columns, newColumn(choice.model, choice.engine)] }));
}

/** Adds a column that is set up as another. */
export function duplicateColumn(workspace: Workspace, columnId: string): void {
  const { columns } = workspace.store.getState();
  const index = columns.findIndex(({ id }) => id === columnId);
  const source = columns[index];
  if (!source || columns.length >= mostColumns) return;
  edit(workspace, () => ({ columns: columns.toSpliced(index + 1, 0, { ...source, id: localId() }) }));
}

/** Removes a column with its answers, and the turns that went to it alone. The last column stays. */
export function removeColumn(workspace: Workspace, columnId: string): void {
  if (workspace.store.getState().columns.length < 2) return;
  edit(workspace, ({ columns, turns, head }) => {
    const gone = new Set(turns.filter((turn) => turn.column === columnId).map(({ id }) => id));
    const parentOf = new Map(turns.map(({ id, parent }) => [id, parent]));
    const above = (id: string | null): string | null =>
      id !== null && gone.has(id) ? above(parentOf.get(id) ?? null) : id;
    return {
      columns: columns.filter((column) => column.id !== columnId),
      turns: turns.filter(({ id }) => !gone.has(id)).map((turn) => ({ ...turn, parent: above(turn.parent) })),
      head: above(head),
    };
  });
  workspace.drop(columnId);
}

/** Fills in a sample task and drops the conversation so far. */
export function startWith(workspace: Workspace, task: { system: string; prompt: string }): void {
  const { columns, sameInput } = workspace.store.getState();
  for (const { id } of columns) {
    workspace
      .column(id)
      .setState({ answers: {}, chosen: {}, live: null, draft: sameInput ? "" : task.prompt });
  }
  edit(workspace, () => ({
    system: task.system,
    messages: [{ id: localId(), role: "user", text: task.prompt }],
    turns: [],
    head: null,
    followUp: "",
    enclosed: [],
  }));
}

/** Shows the newest conversation through a turn; null shows the prompt alone, before any. */
export function showBranch(workspace: Workspace, turnId: string | null): void {
  edit(workspace, ({ turns }) => ({ head: turnId === null ? null : newestEnd(turns, turnId) }));
}

/** Removes a turn and all that follows it, on every branch; gives what brings them back. */
export function removeTurn(workspace: Workspace, turnId: string): () => void {
  const before = workspace.store.getState();
  const gone = withDescendants(before.turns, turnId);
  const parent = before.turns.find(({ id }) => id === turnId)?.parent ?? null;
  edit(workspace, ({ turns, head }) => ({
    turns: turns.filter(({ id }) => !gone.has(id)),
    head: head !== null && gone.has(head) ? parent : head,
  }));
  // Answers stay in the columns' stores, where no turn asks for them.
  return () => edit(workspace, () => ({ turns: before.turns, head: before.head }));
}

/** Makes another of a column's answers to a turn the one that counts. */
export function chooseAnswer(workspace: Workspace, columnId: string, turnId: string, index: number): void {
  workspace.column(columnId).setState(({ chosen }) => ({ chosen: { ...chosen, [turnId]: index } }));
  edit(workspace, () => ({}));
}

/** What a turn asked of columns that are gone is of no matter any more. */
const ofColumns = remember((turn: TurnHead, columns: readonly PlaygroundColumn[]): TurnHead => {
  if (!turn.asked) return turn;
  const live = Object.entries(turn.asked).filter(([id]) => columns.some((column) => column.id === id));
  return { ...turn, asked: Object.fromEntries(live) };
});

/** Whether the prompt was changed since the conversation in sight was begun with it. */
export function isPromptEdited(state: WorkspaceState): boolean {
  const first = pathOf(state)[0];
  if (!first || first.column !== undefined) return false;
  return !isSameOpening(ofColumns(first, state.columns), openingOf(state, state.values));
}
