import { effectiveParameters } from "../conversation";
import type { Answer, Attachment, PlaygroundColumn, PlaygroundDocument, PlaygroundTurn } from "../document";
import { promptOf, sourceName } from "../loaded-prompt";
import type { AnsweredPrompt, SentPrompt } from "../prompt-schema";
import { fill } from "../variables";

export const letterOf = (index: number) => "ABCDEFGH"[index] ?? String(index + 1);

/** A turn and where it stands in the tree. */
export interface PlacedTurn {
  turn: PlaygroundTurn;
  /** Its number in the conversation, from 1. */
  depth: number;
  /** Which of the turns in one place it and those before it are: `1.2` is the second after the first. */
  branch: string;
}

/** All turns, each conversation to its end before the next branches off. */
export function placedTurns(turns: readonly PlaygroundTurn[]): PlacedTurn[] {
  const children = new Map<string | null, PlaygroundTurn[]>();
  for (const turn of turns) {
    const siblings = children.get(turn.parent);
    if (siblings) siblings.push(turn);
    else children.set(turn.parent, [turn]);
  }
  const placed: PlacedTurn[] = [];
  const open = placesOf(children.get(null) ?? [], "", 1);
  for (let next = open.pop(); next; next = open.pop()) {
    placed.push(next);
    open.push(...placesOf(children.get(next.turn.id) ?? [], `${next.branch}.`, next.depth + 1));
  }
  return placed;
}

// Last first, since the end of the list is taken next.
const placesOf = (turns: PlaygroundTurn[], before: string, depth: number): PlacedTurn[] =>
  turns.map((turn, index) => ({ turn, depth, branch: `${before}${index + 1}` })).reverse();

export interface NumberedAnswer {
  answer: Answer;
  /** From 1. */
  number: number;
  of: number;
  /** It is the one that the conversation goes on from. */
  counts: boolean;
}

/** The answers of a column to a turn, in the order in which they were given. */
export function answersOf(turn: PlaygroundTurn, columnId: string): NumberedAnswer[] {
  const all = turn.answers[columnId] ?? [];
  const counting = turn.chosen?.[columnId] ?? all.length - 1;
  return all.map((answer, index) => ({
    answer,
    number: index + 1,
    of: all.length,
    counts: index === counting,
  }));
}

/** What a prompt of the library asked a column where a conversation began; undefined where none did. */
export const askedOf = (turn: PlaygroundTurn, column: PlaygroundColumn): SentPrompt | undefined =>
  turn.asked?.[column.id];

/** "main.support.triage v3, edited" */
export const promptWords = (prompt: AnsweredPrompt): string =>
  `${sourceName(prompt)}${prompt.edited ? ", edited" : ""}`;

/** The system prompt of a column as it was sent. */
export function systemFor(
  document: Pick<PlaygroundDocument, "system" | "prompt">,
  column: PlaygroundColumn,
  values: Record<string, string> = {},
): string {
  if (promptOf(document, column)) return "";
  return fill(column.system ?? document.system, values);
}

/** Parameters as sent, by the settings that hold now. */
export function parametersOf(document: PlaygroundDocument, column: PlaygroundColumn): string {
  const parameters = effectiveParameters(document.parameters, column.parameters);
  return Object.keys(parameters).length === 0 ? "" : JSON.stringify(parameters);
}

export const namesOf = (attachments: readonly Attachment[] = []) =>
  attachments.map(({ name }) => name).join(", ");
