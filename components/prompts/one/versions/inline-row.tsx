import { cx } from "@/components/ui/cx";
import type { DiffLine, DiffRow } from "@/lib/prompts";
import { goneLine, lineClass, newLine, numberClass } from "./line-class";
import { LineText } from "./line-text";

/** What went over what came; an equal line once, with both of its numbers. */
export function InlineRow({ row: { kind, before, after } }: { row: DiffRow }) {
  if (kind === "same" && after)
    return <Line line={after} side="after" numbers={[before?.number, after.number]} className="" />;
  return (
    <>
      {before && (
        <Line line={before} side="before" numbers={[before.number, undefined]} className={goneLine} />
      )}
      {after && <Line line={after} side="after" numbers={[undefined, after.number]} className={newLine} />}
    </>
  );
}

interface LineProps {
  line: DiffLine;
  side: "before" | "after";
  numbers: readonly [before: number | undefined, after: number | undefined];
  className: string;
}

function Line({ line, side, numbers, className }: LineProps) {
  return (
    <div className={cx(lineClass, "grid-cols-[38px_38px_minmax(0,1fr)]", className)}>
      {numbers.map((number, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the first is of the left side, the second of the right.
        <span key={index} aria-hidden="true" className={numberClass}>
          {number}
        </span>
      ))}
      <LineText line={line} side={side} />
    </div>
  );
}
