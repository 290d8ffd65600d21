import type { ChatMessage, ChatParameters, ResponseFormat } from "@/lib/inference";
import { around, sentOf, toChatMessage } from "./asked";
import { answerTo, effectiveParameters, messagesFor, type TurnHead, turnsOf } from "./conversation";
import type { PlaygroundColumn } from "./document";
import type { NamedCall, RunCall } from "./engine";
import { currentContent, promptOf } from "./loaded-prompt";
import { openingMessages, openingOf, responseFormatOf } from "./prompt";
import type { SentPrompt } from "./prompt-schema";
import { messageInput } from "./rows";
import { fill, variablesOf } from "./variables";
import { pathOf, type RowHead, type Workspace, type WorkspaceState } from "./workspace";

/** The system prompt of a column, its variables filled as a turn was sent, or as they are now. */
function systemOf(
  { system }: Pick<WorkspaceState, "system">,
  column: PlaygroundColumn,
  values: Record<string, string>,
): string {
  return fill(column.system ?? system, values);
}

/** What a prompt of the library asked a column where its conversation began; undefined where none did. */
function askedOf(
  state: WorkspaceState,
  column: PlaygroundColumn,
  first: TurnHead | undefined,
): SentPrompt | undefined {
  const sent = first?.asked?.[column.id];
  if (sent || !first) return sent;
  // A column that came since is asked by its prompt as that stands now.
  const prompt = promptOf(state, column);
  const own = [...(first.lead ?? []), { id: "own", role: "user" as const, text: first.user }];
  return prompt && sentOf(prompt, first.values ?? state.values, own);
}

/** The call that answers a turn of a column. `repeat` counts answers of one run: each has its own seed. */
export function callForTurn(
  workspace: Workspace,
  column: PlaygroundColumn,
  turnId: string,
  repeat = 0,
): RunCall {
  const state = workspace.store.getState();
  const path = turnsOf(pathOf(state), column.id);
  const [first, ...rest] = path;
  const given = workspace.column(column.id).getState();
  const sent = askedOf(state, column, first);
  if (!sent || !first) {
    const values = first?.values ?? state.values;
    return callWith(state, column, messagesFor(systemOf(state, column, values), path, given, turnId), repeat);
  }
  if (sent.user === undefined) {
    const conversation = messagesFor("", path, given, turnId);
    return callBy(state, column, sent, conversation, repeat, conversation);
  }
  const { attachments: _, lead: __, ...bare } = first;
  const asked = { ...bare, user: sent.user, prefill: sent.prefill };
  const conversation = messagesFor("", [asked, ...rest], given, turnId);
  if (turnId === first.id) return callBy(state, column, sent, conversation, repeat, []);
  // A question without an answer is left out, and a begun answer goes on in one message: no name says that.
  const isWhole = Boolean(answerTo(given, first.id)?.text) && !sent.prefill;
  return callBy(state, column, sent, conversation, repeat, isWhole ? conversation.slice(1) : null);
}

/** The call that answers a row of the grid. */
export function callForRow(state: WorkspaceState, column: PlaygroundColumn, row: RowHead): RunCall {
  return callForOpening(withMessage(state, row), column, { ...state.values, ...row.values });
}

/** What Run would send for a column, before anything was sent: for the code of a call. */
export function callForPrompt(state: WorkspaceState, column: PlaygroundColumn): RunCall {
  return callForOpening(state, column, state.values);
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

function callForOpening(
  state: WorkspaceState,
  column: PlaygroundColumn,
  values: Record<string, string>,
): RunCall {
  const opening = openingOf(state, values);
  const sent = opening.asked?.[column.id];
  if (!sent) return callWith(state, column, openingMessages(systemOf(state, column, values), opening), 0);
  if (sent.user === undefined) {
    const conversation = openingMessages("", opening);
    return callBy(state, column, sent, conversation, 0, conversation);
  }
  const own = { user: sent.user, ...(sent.prefill ? { prefill: sent.prefill } : {}) };
  return callBy(state, column, sent, openingMessages("", own), 0, []);
}

/**
 * A call that a prompt of the library asks. `conversation` stands between its messages; `own` is what of it the
 * prompt does not say itself, null where that cannot be told apart.
 */
function callBy(
  state: WorkspaceState,
  column: PlaygroundColumn,
  sent: SentPrompt,
  conversation: ChatMessage[],
  repeat: number,
  own: ChatMessage[] | null,
): RunCall {
  const call = callWith(state, column, around(sent, conversation), repeat);
  const named = own === null ? undefined : namedCall(state, column, sent, own, repeat);
  return {
    ...call,
    asked: { prompt: sent.prompt, variables: sent.variables },
    ...(named ? { named } : {}),
  };
}

/** The call by the prompt's name; undefined where it says something else than the version in the library. */
function namedCall(
  state: WorkspaceState,
  column: PlaygroundColumn,
  { prompt, variables, placeholders, conversation: place }: SentPrompt,
  own: ChatMessage[],
  repeat: number,
): NamedCall | undefined {
  if (prompt.edited || column.engine === "browser") return undefined;
  const stored = storedOf(state, column).parameters;
  // A value that is not to be sent cannot be taken back from what the version stores.
  const refused = Object.entries(column.parameters).some(([name, value]) => value === null && name in stored);
  if (refused) return undefined;
  const put = Object.entries(placeholders).map(([name, sent]) => [name, sent.map(toChatMessage)]);
  const messages = { ...Object.fromEntries(put), ...(place === undefined ? {} : { [place]: own }) };
  const responseFormat = responseFormatOf(state.format);
  return {
    prompt: {
      name: prompt.name,
      version: prompt.version,
      ...(Object.keys(variables).length > 0 ? { variables } : {}),
      ...(Object.keys(messages).length > 0 ? { placeholders: messages } : {}),
    },
    ...(place === undefined && own.length > 0 ? { messages: own } : {}),
    parameters: seeded(effectiveParameters(state.parameters, column.parameters), repeat),
    ...(responseFormat ? { responseFormat } : {}),
  };
}

/** What a column's prompt stores beside its text. */
function storedOf(
  state: Pick<WorkspaceState, "prompt">,
  column: PlaygroundColumn,
): { parameters: ChatParameters; responseFormat: ResponseFormat | null } {
  const prompt = promptOf(state, column);
  return prompt ? currentContent(prompt) : { parameters: {}, responseFormat: null };
}

const seeded = (parameters: ChatParameters, repeat: number): ChatParameters =>
  parameters.seed === undefined ? parameters : { ...parameters, seed: parameters.seed + repeat };

function callWith(
  state: WorkspaceState,
  column: PlaygroundColumn,
  messages: ChatMessage[],
  repeat: number,
): RunCall {
  const stored = storedOf(state, column);
  const parameters = effectiveParameters({ ...stored.parameters, ...state.parameters }, column.parameters);
  const responseFormat = responseFormatOf(state.format) ?? stored.responseFormat ?? undefined;
  return {
    model: column.model,
    messages,
    parameters: seeded(parameters, repeat),
    ...(responseFormat ? { responseFormat } : {}),
    ...(state.logprobs === null ? {} : { logprobs: state.logprobs }),
  };
}
