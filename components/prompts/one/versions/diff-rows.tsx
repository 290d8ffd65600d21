"use client";
import { Fragment, useMemo, useState } from "react";
import type { DiffRow } from "@/lib/prompts";
import { foldRows } from "./fold-rows";
import { InlineRow } from "./inline-row";
import { SplitRow } from "./split-row";

interface DiffRowsProps {
  rows: readonly DiffRow[];
  isSplit: boolean;
}

/** Lines of both sides; long stretches that are equal fold to one line that opens them. */
export function DiffRows({ rows, isSplit }: DiffRowsProps) {
  const runs = useMemo(() => foldRows(rows), [rows]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const Row = isSplit ? SplitRow : InlineRow;
  return runs.map(({ start, rows: shown, isFolded }) =>
    isFolded && !opened.has(start) ? (
      <button
        key={start}
        type="button"
        onClick={() => setOpened(new Set([...opened, start]))}
        className="block min-h-6 w-full bg-canvas px-4 text-center text-micro text-fg-subtle hover:text-accent max-sm:min-h-11"
      >
        Show {shown.length} equal lines
      </button>
    ) : (
      <Fragment key={start}>
        {shown.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place.
          <Row key={start + index} row={row} />
        ))}
      </Fragment>
    ),
  );
}
