export const marks = {
  mine: "<<<<<<< mine",
  base: "||||||| base",
  between: "=======",
  theirs: ">>>>>>> theirs",
} as const;

/** The first conflict that a merge marked in a text, from its first mark to the end of its last line. */
export function conflictMarks(text: string): { start: number; end: number } | null {
  const start = /^<{7} mine$/m.exec(text)?.index;
  if (start === undefined) return null;
  const last = /^>{7} theirs$/m.exec(text.slice(start));
  return last ? { start, end: start + last.index + last[0].length } : null;
}
