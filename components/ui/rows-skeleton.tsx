import { cx } from "./cx";

const widths = ["w-[41%]", "w-[32%]", "w-[37%]", "w-[29%]", "w-[35%]"];

interface RowsSkeletonProps {
  rows?: number;
  /** Class of a row's height; that of table rows by default. */
  height?: string;
}

/** The rows' own height, static, and not before 200 ms have passed. */
export function RowsSkeleton({ rows = 5, height = "h-(--h-row)" }: RowsSkeletonProps) {
  return (
    <div role="status" aria-label="Loading" className="animate-late">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <div key={row} className={cx("flex items-center gap-2.5 border-b px-4", height)}>
          <span className="size-4 rounded-1 bg-press" />
          <span className={cx("h-2.5 rounded-1 bg-press", widths[row % widths.length])} />
          <span className="ml-auto h-2.5 w-11 rounded-1 bg-press" />
        </div>
      ))}
    </div>
  );
}
