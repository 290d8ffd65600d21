import type { ChatCall } from "@/lib/inference";
import { effectiveParameters, messagesFor, turnsOf } from "./conversation";
import type { PlaygroundColumn } from "./document";
import { openingMessages, openingOf, responseFormatOf } from "./prompt";
import { messageInput } from "./rows";
import { fill, variablesOf } from "./variables";
import { pathOf, type RowHead, type Workspace, type WorkspaceState } from "./workspace";

/** The system prompt of a column, its variables filled as a turn was sent, or as they are now. */
export function systemOf(
  { system }: Pick<WorkspaceState, "system">,
  column: PlaygroundColumn,
  values: Record<string, string>,
): string {
  return fill(column.system ?? system, values);
}

/** The call that answers a turn of a column. `repeat` counts answers of one run: each has its own seed. */
export function callForTurn(
  workspace: Workspace,
  column: PlaygroundColumn,
  turnId: string,
  repeat = 0,
): ChatCall {
  const state = workspace.store.getState();
  const path = turnsOf(pathOf(state), column.id);
  const values = path[0]?.values ?? state.values;
  const given = workspace.column(column.id).getState();
  return callWith(state, column, messagesFor(systemOf(state, column, values), path, given, turnId), repeat);
}

/** The call that answers a row of the grid. */
export function callForRow(state: WorkspaceState, column: PlaygroundColumn, row: RowHead): ChatCall {
  const values = { ...state.values, ...row.values };
  const asked = openingOf(withMessage(state, row), values);
  return callWith(state, column, openingMessages(systemOf(state, column, values), asked), 0);
}

/** Where a prompt has no variables, the row is the user's last message. */
function withMessage(state: WorkspaceState, row: RowHead): WorkspaceState {
  if (variablesOf(state).length > 0) return state;
  const last = state.messages.findLastIndex(({ role }) => role === "user");
  const text = row.values[messageInput] ?? "";
  return {
    ...state,
    messages: state.messages.map((message, i) => (i === last ? { ...message, text } : message)),
  };
}

/** What Run would send for a column, before anything was sent: for the code of a call. */
export function callForPrompt(state: WorkspaceState, column: PlaygroundColumn): ChatCall {
  const messages = openingMessages(systemOf(state, column, state.values), openingOf(state, state.values));
  return callWith(state, column, messages, 0);
}

function callWith(
  state: WorkspaceState,
  column: PlaygroundColumn,
  messages: ChatCall["messages"],
  repeat: number,
): ChatCall {
  const parameters = effectiveParameters(state.parameters, column.parameters);
  const responseFormat = responseFormatOf(state.format);
  return {
    model: column.model,
    messages,
    parameters:
      parameters.seed === undefined ? parameters : { ...parameters, seed: parameters.seed + repeat },
    ...(responseFormat ? { responseFormat } : {}),
    ...(state.logprobs === null ? {} : { logprobs: state.logprobs }),
  };
}
