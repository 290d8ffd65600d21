const sign = /<(\/?)([A-Za-z][\w-]{0,63})(?:\s[^<>]*)?>|```|~~~|"""|'''/g;
const quotes = new Set(['""', "''", "``", "“”", "‘’", "«»", "»«", "„“", "‚‘", "「」"]);

interface Stretch {
  start: number;
  end: number;
}

/** Stretches between a tag and its end, or between two fences such as ```, by their beginnings. */
function stretchesOf(text: string): Stretch[] {
  const open = new Map<string, number[]>();
  const found: Stretch[] = [];
  for (const { 0: written, 1: closing, 2: tag, index } of text.matchAll(sign)) {
    const key = tag ?? written;
    const begun = open.get(key) ?? [];
    open.set(key, begun);
    const start = tag === undefined || closing === "/" ? begun.pop() : undefined;
    if (start !== undefined) found.push({ start, end: index });
    else if (closing !== "/") begun.push(index);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Answers, for places in the order of the text, whether what stands there is marked off from its surroundings. */
export function fencesOf(text: string): (place: Stretch) => boolean {
  const stretches = stretchesOf(text);
  let next = 0;
  let reach = 0;
  return ({ start, end }) => {
    for (; (stretches[next]?.start ?? Number.POSITIVE_INFINITY) < start; next++)
      reach = Math.max(reach, stretches[next]?.end ?? 0);
    return reach >= end || quotes.has(`${text[start - 1] ?? ""}${text[end] ?? ""}`);
  };
}
