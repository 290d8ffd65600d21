import { fold } from "./words";

/** What somebody typed, taken apart. Everything in it is made of letters and digits alone. */
export interface Search {
  /** For `to_tsquery`: the beginnings of words that all must stand in a session; "" asks for none. */
  query: string;
  /** Regular expressions over folded text that all must match: phrases, and scripts without spaces. */
  phrases: string[];
  /** Regular expressions of which none may match. */
  without: string[];
  /** As `phrases`, for what a snippet is cut around; "" when only exclusions were typed. */
  shown: string;
  /** What is marked in a text that was found. */
  marks: RegExp | null;
}

const longest = 20;
const parts = /(-?)(?:"([^"]*)("|$)|(\S+))/gu;
/** Scripts that put no space between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * Words are found by their beginnings, "quoted ones" as a phrase, -words exclude. What has no letter and
 * no digit says nothing and is left out.
 */
export function parseSearch(text: string): Search {
  const beginnings: string[] = [];
  const phrases: string[] = [];
  const without: string[] = [];
  const shown: string[] = [];
  const marks: string[] = [];
  for (const [, minus, quoted, end, bare] of [...text.normalize("NFC").matchAll(parts)].slice(0, longest)) {
    const tokens = fold(quoted ?? bare ?? "")
      .split(" ")
      .filter(Boolean);
    if (tokens.length === 0) continue;
    const words = tokens.join(" +");
    const inside = tokens.some((token) => unspaced.test(token));
    const whole = minus === "-" || end === '"';
    const pattern = inside ? words : `(^| )${words}${whole ? "( |$)" : ""}`;
    if (minus === "-") {
      without.push(pattern);
      continue;
    }
    if (inside || whole || tokens.length > 1) phrases.push(pattern);
    if (!inside) beginnings.push(...tokens.map((token) => `'${token}':*`));
    shown.push(pattern);
    marks.push(inside ? words : `(?<![^ ])${words}${whole ? "(?![^ ])" : ""}`);
  }
  return {
    query: beginnings.join(" & "),
    phrases,
    without,
    shown: shown[0] ?? "",
    marks: marks.length > 0 ? new RegExp(marks.join("|"), "gu") : null,
  };
}

/** A run of a text, marked where it is what was searched for. */
export interface MarkedRun {
  text: string;
  mark: boolean;
}

/** A text with what was searched for marked in it. */
export function markMatches(text: string, { marks }: Search): MarkedRun[] {
  const characters = [...text.normalize("NFC")];
  const runs: MarkedRun[] = [];
  const push = (from: number, to: number, mark: boolean) => {
    if (to > from) runs.push({ text: characters.slice(from, to).join(""), mark });
  };
  let at = 0;
  if (marks) {
    // Places are counted in characters: folded text may take other lengths in code units.
    const folded = fold(characters.join(""));
    const place = characterPlaces(folded);
    for (const match of folded.matchAll(marks)) {
      push(at, place(match.index), false);
      push(place(match.index), place(match.index + match[0].length), true);
      at = place(match.index + match[0].length);
    }
  }
  push(at, characters.length, false);
  return runs;
}

/** From places in code units to places in characters; asked in rising order. */
function characterPlaces(text: string): (unit: number) => number {
  let units = 0;
  let characters = 0;
  return (unit) => {
    while (units < unit) {
      units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
      characters++;
    }
    return characters;
  };
}

/** Characters before what was found, and of a snippet in all. */
export const snippetLead = 48;
export const snippetLength = 200;

/** A piece cut from the middle of a text, without torn words at its ends. */
export function tidySnippet(piece: string, isStart: boolean, isEnd: boolean): string {
  const from = isStart ? piece : piece.replace(/^\S{0,30} /u, "…");
  return isEnd ? from : from.replace(/ \S{0,30}$/u, "…");
}
