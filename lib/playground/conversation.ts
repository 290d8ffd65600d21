import type { ChatMessage, ChatParameters } from "@/lib/inference";
import type { Answer, ColumnParameters } from "./schema";

/** A turn without its answers: those live in the store of each column. */
export interface TurnHead {
  id: string;
  user: string;
  column?: string;
}

/** The turns that one column takes part in, in order. */
export function turnsOf<T extends TurnHead>(turns: T[], columnId: string): T[] {
  return turns.filter((turn) => turn.column === undefined || turn.column === columnId);
}

/**
 * What is sent for one turn of a column: the system prompt, the turns before it with this column's own
 * answers, and the turn. A turn that got no text is left out as a pair, since chat templates refuse
 * two user messages in a row.
 */
export function messagesFor(
  system: string,
  turns: TurnHead[],
  answers: Record<string, Answer>,
  turnId: string,
): ChatMessage[] {
  const messages: ChatMessage[] = system.trim() === "" ? [] : [{ role: "system", content: system }];
  for (const turn of turns) {
    if (turn.id === turnId) {
      messages.push({ role: "user", content: turn.user });
      break;
    }
    const given = answers[turn.id]?.text;
    if (given) messages.push({ role: "user", content: turn.user }, { role: "assistant", content: given });
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
