import { type MergedStretch, mergeSequences } from "@/lib/core";
import { parseTemplate } from "../template/syntax";
import { marks } from "./conflict-marks";
import { type Conflicts, each, noteConflict, type Three, undisputed } from "./merging";

/** More conflicts than this in one text are shown as one. */
const mostConflicts = 100;

/** Lines; those that a variable or reference spans are one, so that nothing comes between its braces. */
function linesOf(text: string): string[] {
  const spanning = parseTemplate(text).filter(
    ({ kind, start, end }) => kind !== "text" && text.slice(start, end).includes("\n"),
  );
  const lines: string[] = [];
  let start = 0;
  let next = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    while ((spanning[next]?.end ?? text.length) <= end) next++;
    if ((spanning[next]?.start ?? text.length) < end) continue;
    lines.push(text.slice(start, end));
    start = end + 1;
  }
  lines.push(text.slice(start));
  return lines;
}

/** From the first conflict to the last as one, so that what is marked is no longer than the three texts. */
function asOne(stretches: MergedStretch[]): MergedStretch[] {
  const isConflict = ({ changedBy }: MergedStretch) => changedBy === "conflict";
  const first = stretches.findIndex(isConflict);
  const last = stretches.findLastIndex(isConflict);
  const [from, to] = [stretches[first], stretches[last]];
  if (!from || !to) return stretches;
  const whole = (name: "base" | "theirs" | "mine") => [from[name][0], to[name][1]] as const;
  const one: MergedStretch = {
    base: whole("base"),
    theirs: whole("theirs"),
    mine: whole("mine"),
    changedBy: "conflict",
  };
  return [...stretches.slice(0, first), one, ...stretches.slice(last + 1)];
}

function stretchesOf({ base, theirs, mine }: Three<string[]>): MergedStretch[] {
  const stretches = mergeSequences(base, theirs, mine);
  const conflicts = stretches.filter(({ changedBy }) => changedBy === "conflict");
  return conflicts.length > mostConflicts ? asOne(stretches) : stretches;
}

/** Merges texts by lines. Where both changed the same lines, all three stand in the result between marks. */
export function mergeText(path: string, three: Three<string>, conflicts: Conflicts): string {
  const settled = undisputed(three);
  if (settled) return settled.value;
  const lines = each(three, linesOf);
  const merged: string[] = [];
  for (const stretch of stretchesOf(lines)) {
    const of = (name: "base" | "theirs" | "mine") => lines[name].slice(...stretch[name]);
    if (stretch.changedBy !== "conflict") {
      for (const line of of(stretch.changedBy === "theirs" ? "theirs" : "mine")) merged.push(line);
      continue;
    }
    const { base, theirs, mine } = { base: of("base"), theirs: of("theirs"), mine: of("mine") };
    const text = (part: string[]) => (part.length === 0 ? null : part.join("\n"));
    noteConflict(conflicts, path, { base: text(base), theirs: text(theirs), mine: text(mine) });
    for (const part of [[marks.mine], mine, [marks.base], base, [marks.between], theirs, [marks.theirs]])
      for (const line of part) merged.push(line);
  }
  return merged.join("\n");
}
