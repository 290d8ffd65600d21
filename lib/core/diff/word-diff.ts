import { type Budget, type EditScript, editScript } from "./edit-script";
import { wordCount, wordPieces } from "./word-pieces";

/** A run of a text compared with another. `same` and `delete` joined are the one, `same` and `insert` the other. */
export interface DiffPart {
  kind: "same" | "insert" | "delete";
  text: string;
}

/** A piece of a text that is compared as a whole, and the spaces before it. */
interface Unit {
  space: string;
  text: string;
}

// Steps of the search; a million takes about 20 ms on an ordinary machine.
const wordSteps = 2_000_000;
const sentenceSteps = 1_500_000;
/** What cutting a character into words costs, in such steps. */
const stepsPerCharacter = 6;
/** Longer texts, both together, are compared by sentences first. */
const longTexts = 150_000;

function push(list: DiffPart[], kind: DiffPart["kind"], text: string): void {
  if (text === "") return;
  const last = list.at(-1);
  if (last?.kind === kind) last.text += text;
  else list.push({ kind, text });
}

/** What stood between two kept pieces and what stands there now; the spaces that both have are kept. */
function pushChange(list: DiffPart[], before: string, after: string): void {
  if (before === after) {
    push(list, "same", before);
    return;
  }
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head] && /\s/.test(before[head] ?? "")) head++;
  let tail = 0;
  while (
    tail < most - head &&
    before.at(-1 - tail) === after.at(-1 - tail) &&
    /\s/.test(before.at(-1 - tail) ?? "")
  )
    tail++;
  push(list, "same", before.slice(0, head));
  push(list, "delete", before.slice(head, before.length - tail));
  push(list, "insert", after.slice(head, after.length - tail));
  push(list, "same", before.slice(before.length - tail));
}

/** Spaces alone are not compared: half as many pieces, and replaced words become one replaced phrase. */
function unitsOf(pieces: string[]): { units: Unit[]; rest: string } {
  const units: Unit[] = [];
  let space = "";
  for (const text of pieces) {
    if (/^\s/.test(text) && text.trim() === "") space += text;
    else {
      units.push({ space, text });
      space = "";
    }
  }
  return { units, rest: space };
}

function numbered(units: Unit[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(units, ({ text }) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
}

function partsOf(
  old: ReturnType<typeof unitsOf>,
  now: ReturnType<typeof unitsOf>,
  { removed, added }: EditScript,
): DiffPart[] {
  const parts: DiffPart[] = [];
  let before = "";
  let after = "";
  let next = 0;
  const insertUpToKept = () => {
    for (; next < now.units.length && added[next]; next++)
      after += (now.units[next]?.space ?? "") + (now.units[next]?.text ?? "");
  };
  old.units.forEach(({ space, text }, index) => {
    before += space;
    if (removed[index]) {
      before += text;
      return;
    }
    insertUpToKept();
    after += now.units[next++]?.space ?? "";
    pushChange(parts, before, after);
    push(parts, "same", text);
    before = "";
    after = "";
  });
  insertUpToKept();
  pushChange(parts, before + old.rest, after + now.rest);
  return parts;
}

function comparePieces(before: string[], after: string[], budget: Budget): DiffPart[] | null {
  const old = unitsOf(before);
  const now = unitsOf(after);
  const numbers = new Map<string, number>();
  const script = editScript(numbered(old.units, numbers), numbered(now.units, numbers), budget);
  return script && partsOf(old, now, script);
}

/** Cuts a text of two, of `size` characters together, into what is compared; joined again it is the text. */
export type Cut = (text: string, size: number) => string[];

function compareWords(before: string, after: string, budget: Budget, cut: Cut): DiffPart[] | null {
  const size = before.length + after.length;
  budget.steps -= size * stepsPerCharacter;
  if (budget.steps < 0) return null;
  return comparePieces(cut(before, size), cut(after, size), budget);
}

const sentences = (text: string) => text.match(/[^\n.!?。]*(?:\n|[.!?。]+[^\S\n]*)|[^\n.!?。]+/g) ?? [];

/** What one change took out and put in is compared by words as long as the budget lasts. */
function compareSentences(before: string, after: string, cut: Cut): DiffPart[] {
  const budget = { steps: sentenceSteps };
  const parts: DiffPart[] = [];
  let gone = "";
  const replace = (come: string) => {
    const room = { steps: Math.max(0, budget.steps) };
    const words = gone !== "" && come !== "" ? compareWords(gone, come, room, cut) : null;
    if (words) budget.steps = room.steps;
    for (const part of words ?? []) push(parts, part.kind, part.text);
    if (!words) push(parts, "delete", gone);
    if (!words) push(parts, "insert", come);
    gone = "";
  };
  const found = comparePieces(sentences(before), sentences(after), budget) ?? [
    { kind: "delete" as const, text: before },
    { kind: "insert" as const, text: after },
  ];
  for (const { kind, text } of found) {
    if (kind === "delete") gone = text;
    else {
      replace(kind === "insert" ? text : "");
      if (kind === "same") push(parts, "same", text);
    }
  }
  replace("");
  return parts;
}

/**
 * What became of `before` in `after`, word by word. A shortest script while that can be found within
 * about a tenth of a second; very long or very different texts are compared by sentences.
 */
export function wordDiff(before: string, after: string, cut: Cut = wordPieces): DiffPart[] {
  const long = before.length + after.length > longTexts;
  const byWords = long ? null : compareWords(before, after, { steps: wordSteps }, cut);
  return byWords ?? compareSentences(before, after, cut);
}

/** Words that came and words that went. */
export function diffCounts(parts: DiffPart[]): { inserted: number; deleted: number } {
  const words = (kind: DiffPart["kind"]) =>
    parts.reduce((sum, part) => (part.kind === kind ? sum + wordCount(part.text) : sum), 0);
  return { inserted: words("insert"), deleted: words("delete") };
}
