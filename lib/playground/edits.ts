import type { ChatParameters } from "@/lib/inference";
import type { ColumnParameters, PlaygroundColumn } from "./schema";
import { newColumn, type Workspace, type WorkspaceState } from "./workspace";

/** Columns that one page shows at once. */
export const mostColumns = 4;

/** Changes what a save carries. */
export function edit(workspace: Workspace, change: (state: WorkspaceState) => Partial<WorkspaceState>): void {
  workspace.store.setState((state) => ({ ...change(state), revision: state.revision + 1 }));
}

export function setSystem(workspace: Workspace, system: string): void {
  edit(workspace, () => ({ system }));
}

export function setPrompt(workspace: Workspace, prompt: string): void {
  edit(workspace, () => ({ prompt }));
}

/** Names the session; a blank name lets the title follow the first message again. */
export function setTitle(workspace: Workspace, title: string): void {
  const trimmed = title.trim();
  edit(workspace, () => ({ title: trimmed, titled: trimmed !== "" }));
}

/** Shares the input between columns or not. What was typed is carried to where it can still be sent. */
export function setSameInput(workspace: Workspace, sameInput: boolean): void {
  const { turns, prompt, followUp, columns } = workspace.store.getState();
  const typed = turns.length === 0 ? prompt : followUp;
  for (const { id } of columns) {
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

/** Removes a column with its answers, and the turns that went to it alone. The last column stays. */
export function removeColumn(workspace: Workspace, columnId: string): void {
  if (workspace.store.getState().columns.length < 2) return;
  edit(workspace, ({ columns, turns }) => ({
    columns: columns.filter((column) => column.id !== columnId),
    turns: turns.filter((turn) => turn.column !== columnId),
  }));
  workspace.drop(columnId);
}

/** Fills in a sample task and drops the conversation so far. */
export function startWith(workspace: Workspace, task: { system: string; prompt: string }): void {
  const { columns, sameInput } = workspace.store.getState();
  for (const { id } of columns) {
    workspace.column(id).setState({ answers: {}, live: null, draft: sameInput ? "" : task.prompt });
  }
  edit(workspace, () => ({ ...task, turns: [], followUp: "" }));
}

/** Whether the first message was changed since it was sent. */
export function isPromptEdited(state: Pick<WorkspaceState, "turns" | "prompt">): boolean {
  const first = state.turns[0];
  return first !== undefined && first.column === undefined && first.user !== state.prompt;
}
