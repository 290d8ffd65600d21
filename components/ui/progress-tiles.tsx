import { cx } from "./cx";

interface ProgressTilesProps {
  value: number;
  total: number;
  /** What one tile stands for, in the unit of `value`; the same for all bars in sight. */
  tile: number;
  /** What is going on. */
  label: string;
  /** The figures in words: "704 MB of 1.12 GB". */
  valueText: string;
  state: "live" | "held" | "failed";
}

const done = { live: "bg-fg-muted", held: "bg-line-control", failed: "bg-fg-muted" };
const next = {
  live: "bg-live-solid motion-safe:animate-live",
  held: "bg-line-strong",
  failed: "bg-danger-solid",
};

/** Progress in whole tiles of one size: a longer bar is more. The tile being worked on is gold, or red where it failed. */
export function ProgressTiles({ value, total, tile, label, valueText, state }: ProgressTilesProps) {
  const tiles = Math.max(1, Math.ceil(total / tile));
  const on = value >= total ? tiles : Math.min(tiles - 1, Math.floor(value / tile));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={total > 0 ? Math.floor((value / total) * 100) : 0}
      aria-valuetext={valueText}
      className="flex flex-wrap gap-x-[1.5px] gap-y-1"
    >
      {Array.from({ length: tiles }, (_, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a tile is its place.
          key={index}
          className={cx(
            "h-2.25 w-[5.8px] flex-none rounded-tile",
            index < on ? done[state] : index === on ? next[state] : "bg-line-strong",
          )}
        />
      ))}
    </div>
  );
}

const sizes = [0.05, 0.1, 0.2, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map(
  (megabytes) => megabytes * 1e6,
);
const mostTiles = 72;

/** The smallest tile with which the longest bar stays readable. */
export function tileFor(totals: readonly number[]): number {
  const longest = Math.max(0, ...totals);
  return sizes.find((size) => longest / size <= mostTiles) ?? longest / mostTiles;
}
