import { bounds, type VariableValues } from "./document";
import { edit } from "./edits";
import { variablesOf } from "./variables";
import { localId, type RowHead, type Workspace, type WorkspaceState } from "./workspace";

/** The column of the grid that stands for the whole message where a prompt has no variables. */
export const messageInput = "message";

/** The inputs of the grid: the prompt's variables, else the message itself. */
export function inputsOf(state: Pick<WorkspaceState, "system" | "messages" | "columns">): readonly string[] {
  const names = variablesOf(state);
  return names.length > 0 ? names : [messageInput];
}

export function addRow(workspace: Workspace, values: VariableValues = {}): void {
  edit(workspace, ({ rows }) =>
    rows.length >= bounds.rows ? {} : { rows: [...rows, { id: localId(), values }] },
  );
}

export function setCell(workspace: Workspace, rowId: string, name: string, value: string): void {
  edit(workspace, ({ rows }) => ({
    rows: rows.map((row) => (row.id === rowId ? { ...row, values: { ...row.values, [name]: value } } : row)),
  }));
}

/** Removes rows; gives what brings them back. */
export function removeRows(workspace: Workspace, ids: readonly string[]): () => void {
  const before = workspace.store.getState().rows;
  edit(workspace, ({ rows }) => ({ rows: rows.filter(({ id }) => !ids.includes(id)) }));
  return () => edit(workspace, () => ({ rows: before }));
}

/** Adds rows behind those there are, as many as there is room for; gives how many were left out. */
export function addRows(workspace: Workspace, values: readonly VariableValues[]): number {
  const room = bounds.rows - workspace.store.getState().rows.length;
  const added: RowHead[] = values.slice(0, room).map((row) => ({ id: localId(), values: row }));
  edit(workspace, ({ rows }) => ({ rows: [...rows, ...added] }));
  return values.length - added.length;
}
