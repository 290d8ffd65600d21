import { cx } from "@/components/ui/cx";
import type { DiffLine, DiffRow } from "@/lib/prompts";
import { goneLine, lineClass, newLine, noLine, numberClass } from "./line-class";
import { LineText } from "./line-text";

/** A line of both sides beside each other; where one side has none, its place is hatched. */
export function SplitRow({ row: { kind, before, after } }: { row: DiffRow }) {
  const isSame = kind === "same";
  return (
    <div className={cx(lineClass, "grid-cols-2")}>
      <Half line={before} side="before" className={cx("border-r", !isSame && before && goneLine)} />
      <Half line={after} side="after" className={isSame || !after ? "" : newLine} />
    </div>
  );
}

interface HalfProps {
  line: DiffLine | null;
  side: "before" | "after";
  className: string;
}

function Half({ line, side, className }: HalfProps) {
  if (!line) return <div aria-hidden="true" className={cx(noLine, className)} />;
  return (
    <div className={cx("grid min-w-0 grid-cols-[38px_minmax(0,1fr)]", className)}>
      <span aria-hidden="true" className={numberClass}>
        {line.number}
      </span>
      <LineText line={line} side={side} />
    </div>
  );
}
