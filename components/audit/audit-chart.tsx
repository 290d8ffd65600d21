"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { shortTime } from "@/components/ui/time";
import { type AuditBucket, type AuditCounts, outcomes } from "@/lib/audit-log";
import { CountsTable } from "./counts-table";
import { TileColumns } from "./tile-columns";
import { rowsPerTile } from "./tiles";
import { figure, finding, outcomeLook } from "./words";

interface AuditChartProps {
  counts: UseQueryResult<AuditCounts>;
  onNarrow: (period: { from: string; to: string }) => void;
}

/** Rows over time in tiles; the key T shows them as a table. */
export function AuditChart({ counts, onNarrow }: AuditChartProps) {
  const [asTable, setAsTable] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const busy =
        event.target instanceof HTMLElement &&
        event.target.closest("input, textarea, [role=combobox], [data-dialog]");
      if (event.key.toLowerCase() !== "t" || busy || event.metaKey || event.ctrlKey || event.altKey) return;
      setAsTable((shown) => !shown);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  if (counts.isPending) return <div className="h-32 flex-none" />;
  // The rows below say what failed and can be asked for again; without them a chart says nothing.
  if (counts.isError || counts.data.total === 0) return null;
  const { buckets } = counts.data;
  const above = { shown: allowed, rows: rowsPerTile(buckets, allowed, 6) };
  const below = { shown: others, rows: rowsPerTile(buckets, others, 4) };
  return (
    <section aria-label="Chart of the rows" className="flex-none px-4 pt-3 pb-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-micro text-fg-subtle">
        <span role="status" className="text-small text-fg">
          {finding(counts.data)}
        </span>
        <span className="ml-auto flex items-center gap-3 max-sm:ml-0">
          {outcomes.map((outcome) => (
            <span key={outcome} className="flex items-center gap-1.25">
              <span className={cx("size-2 rounded-tile", outcomeLook[outcome].tile)} />
              {outcome}
            </span>
          ))}
          <span>{scaleWord(above.rows, below.rows)}</span>
        </span>
        <Button size="sm" variant="ghost" kbd="T" onClick={() => setAsTable(!asTable)}>
          {asTable ? "Chart" : "Table"}
        </Button>
      </div>
      {asTable ? (
        <CountsTable buckets={buckets} onNarrow={onNarrow} />
      ) : (
        <>
          <TileColumns
            buckets={buckets}
            above={above}
            below={below}
            label={finding(counts.data)}
            onNarrow={onNarrow}
          />
          <Axis buckets={buckets} />
        </>
      )}
    </section>
  );
}

/** A scale of their own: a few refusals among thousands of rows must neither vanish nor look like as many. */
const allowed = ["allowed"] as const;
const others = ["refused", "failed"] as const;

function scaleWord(above: number, below: number): string {
  const upTo = (rows: number, what: string) =>
    rows === 1 ? `one ${what} row` : `up to ${figure(rows)} ${what} rows`;
  return `a tile is ${upTo(above, "allowed")}, below the line ${upTo(below, "other")}`;
}

function Axis({ buckets }: { buckets: readonly AuditBucket[] }) {
  const first = buckets[0];
  const last = buckets.at(-1);
  if (!first || !last) return null;
  return (
    <div className="flex justify-between pt-1 text-micro text-fg-subtle">
      <span>{shortTime(new Date(first.from))}</span>
      <span>{shortTime(new Date(last.to))}</span>
    </div>
  );
}
