import { cx } from "./cx";

interface TileBarProps {
  value: number;
  total: number;
  /** What one tile stands for, such as "one tile is 2 tokens/s". */
  caption: string;
  /** Gold while it is happening now. */
  live?: boolean;
  tone?: "plain" | "ok" | "warn" | "danger";
  tiles?: number;
  className?: string;
}

const tones = { plain: "bg-fg-subtle", ok: "bg-ok-solid", warn: "bg-warn-solid", danger: "bg-danger-solid" };

/** A bar of whole tiles. A tile is on when its whole quantity is reached, so nothing is cut. */
export function TileBar({
  value,
  total,
  caption,
  live,
  tone = "plain",
  tiles = 40,
  className,
}: TileBarProps) {
  const share = total > 0 ? Math.min(1, Math.max(0, value / total)) : 0;
  const on = Math.floor(share * tiles + 1e-9);
  return (
    <span
      role="img"
      aria-label={`${on} of ${tiles} tiles, ${caption}`}
      title={caption}
      className={cx("tile-mask block h-2 w-full bg-line-strong", className)}
      style={{ "--tiles": tiles } as React.CSSProperties}
    >
      <span
        className={cx("block h-full", live ? "bg-live-solid" : tones[tone])}
        style={{ width: `${(on / tiles) * 100}%` }}
      />
    </span>
  );
}
