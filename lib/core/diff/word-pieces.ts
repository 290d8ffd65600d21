// Letters of scripts that put spaces between words and need no dictionary.
const letter = "A-Za-z0-9_\\u00AA\\u00B5\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u052F";
const ascii = "\\x00-\\x7F";
const eastAsianSign = "\\u3001-\\u3003\\u3008-\\u3011\\uFF01-\\uFF0F\\uFF1A-\\uFF20";
const piece = new RegExp(
  [
    "\\n|[^\\S\\n]+",
    `[${letter}]+(?:['’][${letter}]+)*`,
    `[${ascii}${eastAsianSign}]`,
    // Cut at its signs, such a run is short: the segmenter's time grows faster than the run.
    `[^\\s${letter}${ascii}${eastAsianSign}]{1,500}`,
  ].join("|"),
  "g",
);
const alreadyCut = new RegExp(`^[\\s${letter}${ascii}]`);
const character = /.(?:\u200D.|\p{M}|\uFE0F|[\u{1F3FB}-\u{1F3FF}])*/gsu;
const spoken = /[\p{L}\p{N}]/u;

/** The segmenter takes about a microsecond a character; above this many, characters are taken for words. */
const manyCharacters = 40_000;

const segmenter =
  typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "word" }) : undefined;

function cut(run: string, quickly: boolean): string[] {
  if (!segmenter || quickly) return run.match(character) ?? [];
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}

/**
 * Words, runs of spaces, line ends and signs, in order; joined again they are the text. Scripts written
 * without spaces are cut by the browser's dictionary; into characters where it has none, and in a text
 * of more than `size` characters that takes too long.
 */
export function wordPieces(text: string, size = text.length): string[] {
  const found = text.match(piece) ?? [];
  if (found.every((run) => run.length === 1 || alreadyCut.test(run))) return found;
  return found.flatMap((run) =>
    run.length === 1 || alreadyCut.test(run) ? run : cut(run, size > manyCharacters),
  );
}

/** How many of the pieces of a text are words. */
export function wordCount(text: string): number {
  let count = 0;
  for (const run of wordPieces(text)) if (spoken.test(run)) count++;
  return count;
}
