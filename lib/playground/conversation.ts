import type { ChatMessage, ChatParameters } from "@/lib/inference";
import { askedOf } from "./content";
import type { Answer, ColumnParameters, PlaygroundTurn } from "./document";

/** A turn without its answers: those live in the store of each column. */
export type TurnHead = Omit<PlaygroundTurn, "answers" | "chosen">;

/** A column's answers, and which of them counts where it is not the last. */
export interface Given {
  answers: Record<string, Answer[]>;
  chosen: Record<string, number>;
}

/** The answer of a column that counts for a turn. */
export function answerTo({ answers, chosen }: Given, turnId: string): Answer | undefined {
  const all = answers[turnId];
  return all?.[chosen[turnId] ?? all.length - 1];
}

/** The turns from the beginning of a conversation to `head`. */
export function pathTo<T extends Pick<TurnHead, "id" | "parent">>(
  turns: readonly T[],
  head: string | null,
): T[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: T[] = [];
  for (let at = byId.get(head ?? ""); at; at = byId.get(at.parent ?? "")) path.unshift(at);
  return path;
}

type AskedTurn = Pick<TurnHead, "user" | "attachments" | "lead" | "prefill" | "asked" | "column">;

// The same object each time, so that what shows a turn renders only when that changes.
const asAsked = new WeakMap<AskedTurn, Map<string, AskedTurn>>();

/** A turn as one column was asked it: by the words of its prompt where that asks by itself. */
function forColumn<T extends AskedTurn>(turn: T, columnId: string): T {
  const sent = turn.asked?.[columnId];
  if (sent?.user === undefined) return turn;
  const known = asAsked.get(turn) ?? new Map<string, AskedTurn>();
  asAsked.set(turn, known);
  const { attachments: _, lead: __, prefill: ___, ...rest } = turn;
  const made = known.get(columnId) ?? {
    ...rest,
    user: sent.user,
    ...(sent.prefill === undefined ? {} : { prefill: sent.prefill }),
  };
  known.set(columnId, made);
  return made as T;
}

/** The turns that one column takes part in, in order and as it was asked them. */
export function turnsOf<T extends AskedTurn>(turns: readonly T[], columnId: string): T[] {
  return turns
    .filter((turn) => turn.column === undefined || turn.column === columnId)
    .map((turn) => forColumn(turn, columnId));
}

/** The turns that stand in one place of the tree, this one among them. */
export function branchesAt<T extends TurnHead>(turns: readonly T[], turn: TurnHead): T[] {
  return turns.filter(({ parent, column }) => parent === turn.parent && column === turn.column);
}

/** Where the newest conversation through a turn ends. */
export function newestEnd(turns: readonly TurnHead[], turnId: string): string {
  const next = turns.findLast(({ parent }) => parent === turnId);
  return next ? newestEnd(turns, next.id) : turnId;
}

/** A turn and all that hang on it. */
export function withDescendants(turns: readonly TurnHead[], turnId: string): Set<string> {
  const found = new Set([turnId]);
  // A parent stands before its children.
  for (const { id, parent } of turns) if (parent !== null && found.has(parent)) found.add(id);
  return found;
}

/**
 * What is sent for one turn of a column: the system prompt, the turns before it with this column's own
 * answers, and the turn with the beginning of its answer, if one is given. A turn that got no text is left
 * out as a pair, since chat templates refuse two user messages in a row.
 */
export function messagesFor(system: string, turns: TurnHead[], given: Given, turnId: string): ChatMessage[] {
  const messages: ChatMessage[] = system.trim() === "" ? [] : [{ role: "system", content: system }];
  for (const turn of turns) {
    const { prefill = "" } = turn;
    const asked = askedOf(turn);
    const answered = answerTo(given, turn.id)?.text;
    if (turn.id === turnId) {
      messages.push(...asked);
      if (prefill !== "") messages.push({ role: "assistant", content: prefill });
      break;
    }
    if (answered) messages.push(...asked, { role: "assistant", content: prefill + answered });
  }
  return messages;
}

/** Parameters as sent: the column's own value, else the one for all; null in the column sends nothing. */
export function effectiveParameters(all: ChatParameters, own: ColumnParameters): ChatParameters {
  const merged = { ...all, ...withoutUndefined(own) };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null && value !== undefined),
  );
}

function withoutUndefined(own: ColumnParameters): ColumnParameters {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}
