import { cx } from "@/components/ui/cx";
import { shortTime } from "@/components/ui/time";
import type { AuditBucket, Outcome } from "@/lib/audit-log";
import { tilesOf, totalOf } from "./tiles";
import { outcomeLook, rowsWord } from "./words";

interface TileColumnsProps {
  buckets: readonly AuditBucket[];
  /** Above and below the base line: outcomes and the rows one of their tiles stands for. */
  above: { shown: readonly Outcome[]; rows: number };
  below: { shown: readonly Outcome[]; rows: number };
  /** The finding. */
  label: string;
  onNarrow: (period: { from: string; to: string }) => void;
}

const spanWord = ({ from, to }: AuditBucket) => `${shortTime(new Date(from))} – ${shortTime(new Date(to))}`;

/** One column for each span of time: what was allowed stands on the base line, what was not hangs from it. */
export function TileColumns({ buckets, above, below, label, onNarrow }: TileColumnsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div role="group" aria-label={label} className="mt-1 flex gap-0.5">
      {buckets.map((bucket) => (
        <button
          key={bucket.from}
          type="button"
          // By keyboard the same is in the table.
          tabIndex={-1}
          disabled={totalOf(bucket) === 0}
          aria-label={`${spanWord(bucket)}: ${rowsWord(totalOf(bucket))}`}
          title={`${spanWord(bucket)}: ${bucket.allowed} allowed, ${bucket.refused} refused, ${bucket.failed} failed`}
          onClick={() => onNarrow({ from: bucket.from, to: bucket.to })}
          className="min-w-0 flex-1 hover:enabled:bg-hover"
        >
          <span className="flex h-13.5 flex-col-reverse gap-px border-b pb-px">
            <Tiles tiles={tilesOf(bucket, above.shown, above.rows)} />
          </span>
          <span className="flex h-9 flex-col gap-px pt-px">
            <Tiles tiles={tilesOf(bucket, below.shown, below.rows)} />
          </span>
        </button>
      ))}
    </div>
  );
}

function Tiles({ tiles }: { tiles: readonly Outcome[] }) {
  return tiles.map((outcome, index) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: tiles keep their places.
      key={index}
      className={cx("h-2 w-full flex-none rounded-tile", outcomeLook[outcome].tile)}
    />
  ));
}
