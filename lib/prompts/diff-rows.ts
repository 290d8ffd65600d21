import {
  alignAlike,
  type DiffPart,
  diffCounts,
  likeness,
  type SequenceChange,
  sequenceChanges,
  wordDiff,
  wordPieces,
} from "@/lib/core";
import { parseTemplate } from "./template/syntax";

/** A run of a line. No run ends within a `{{variable}}` of one line. */
export interface DiffSpan {
  text: string;
  changed: boolean;
}

export interface DiffLine {
  /** From 1, in its own text. */
  number: number;
  spans: DiffSpan[];
}

/** One row side by side; inline, what went stands above what came. */
export interface DiffRow {
  kind: "same" | "changed" | "removed" | "added";
  before: DiffLine | null;
  after: DiffLine | null;
}

/** Words that came and words that went. */
export interface WordCounts {
  inserted: number;
  deleted: number;
}

/** Lines less alike than this stand under each other, not beside each other. */
const leastAlike = 0.35;

function cut(text: string, size: number): string[] {
  return parseTemplate(text).flatMap(({ kind, start, end }) =>
    kind === "text" ? wordPieces(text.slice(start, end), size) : [text.slice(start, end)],
  );
}

const spansOf = (parts: DiffPart[], other: DiffPart["kind"]): DiffSpan[] =>
  parts.flatMap(({ kind, text }) => (kind === other ? [] : [{ text, changed: kind !== "same" }]));

class Rows {
  readonly rows: DiffRow[] = [];
  readonly counts: WordCounts = { inserted: 0, deleted: 0 };

  constructor(
    private readonly before: string[],
    private readonly after: string[],
  ) {}

  same(i: number, j: number): void {
    const line = (text: string | undefined, at: number): DiffLine => ({
      number: at + 1,
      spans: text ? [{ text, changed: false }] : [],
    });
    this.rows.push({ kind: "same", before: line(this.before[i], i), after: line(this.after[j], j) });
  }

  private changed(i: number, j: number): void {
    const parts = wordDiff(this.before[i] ?? "", this.after[j] ?? "", cut);
    this.count(parts);
    const before = { number: i + 1, spans: spansOf(parts, "insert") };
    const after = { number: j + 1, spans: spansOf(parts, "delete") };
    this.rows.push({ kind: "changed", before, after });
  }

  private removed(i: number): void {
    const text = this.before[i] ?? "";
    this.count([{ kind: "delete", text }]);
    this.rows.push({
      kind: "removed",
      before: { number: i + 1, spans: [{ text, changed: true }] },
      after: null,
    });
  }

  private added(j: number): void {
    const text = this.after[j] ?? "";
    this.count([{ kind: "insert", text }]);
    this.rows.push({
      kind: "added",
      before: null,
      after: { number: j + 1, spans: [{ text, changed: true }] },
    });
  }

  change({ start, end, from, to }: SequenceChange): void {
    const alike = likeness(this.before.slice(start, end), this.after.slice(from, to));
    const pairs = alignAlike(end - start, to - from, (i, j) => {
      const share = alike(i, j);
      return share < leastAlike ? 0 : share;
    });
    let [i, j] = [start, from];
    const upTo = (nextI: number, nextJ: number) => {
      while (i < nextI) this.removed(i++);
      while (j < nextJ) this.added(j++);
    };
    for (const [x, y] of pairs) {
      upTo(start + x, from + y);
      this.changed(i++, j++);
    }
    upTo(end, to);
  }

  private count(parts: DiffPart[]): void {
    const { inserted, deleted } = diffCounts(parts);
    this.counts.inserted += inserted;
    this.counts.deleted += deleted;
  }
}

const linesOf = (text: string | null) => (text === null ? [] : text.split("\n"));

/** Two texts line by line; null is no text at all, which has no lines. */
export function diffRows(
  before: string | null,
  after: string | null,
): { rows: DiffRow[]; counts: WordCounts } {
  const [old, now] = [linesOf(before), linesOf(after)];
  const found = new Rows(old, now);
  let [i, j] = [0, 0];
  const keepTo = (end: number) => {
    while (i < end) found.same(i++, j++);
  };
  for (const change of sequenceChanges(old, now)) {
    keepTo(change.start);
    found.change(change);
    i = change.end;
    j = change.to;
  }
  keepTo(old.length);
  return { rows: found.rows, counts: found.counts };
}
