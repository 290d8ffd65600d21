import type { DiffRow } from "@/lib/prompts";

/** Rows to show, or equal ones that may stay folded. */
export interface RowRun {
  /** Index of its first row. */
  start: number;
  rows: readonly DiffRow[];
  isFolded: boolean;
}

const context = 3;
const leastFolded = 8;

/** Cuts rows into runs: of many equal ones, those that are not beside a change are folded. */
export function foldRows(rows: readonly DiffRow[]): RowRun[] {
  const isAllSame = rows.every(({ kind }) => kind === "same");
  if (isAllSame) return [{ start: 0, rows, isFolded: false }];
  const runs: RowRun[] = [];
  const push = (start: number, end: number, isFolded: boolean) => {
    if (end > start) runs.push({ start, rows: rows.slice(start, end), isFolded });
  };
  for (let at = 0; at < rows.length; ) {
    const isSame = rows[at]?.kind === "same";
    let end = at;
    while (end < rows.length && (rows[end]?.kind === "same") === isSame) end++;
    const from = at === 0 ? 0 : at + context;
    const to = end === rows.length ? end : end - context;
    if (isSame && to - from >= leastFolded) {
      push(at, from, false);
      push(from, to, true);
      push(to, end, false);
    } else push(at, end, false);
    at = end;
  }
  return runs;
}
