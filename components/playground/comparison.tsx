"use client";
import { cx } from "@/components/ui/cx";
import type { PlaygroundColumn } from "@/lib/playground";
import { useFigures } from "./column-figures";
import { duration, letters, money, rate, type Shown } from "./figures";
import type { Session } from "./session";
import { useMeasured } from "./use-measured";
import { useShownColumns } from "./use-shown-columns";

interface Measure {
  label: string;
  of: (figures: Shown) => number | null;
  text: (value: number) => [string, string?];
  /** What stands where there is no figure. */
  missing: string;
}

const measures: readonly Measure[] = [
  { label: "First token", of: (figures) => figures.firstTokenMs, text: duration, missing: "not measured" },
  {
    label: "Tokens/s",
    of: (figures) => figures.tokensPerSecond,
    text: (value) => [rate(value)],
    missing: "not measured",
  },
  {
    label: "Cost per 1,000 calls",
    of: (figures) => (figures.cost === undefined ? null : figures.cost * 1_000),
    text: (value) => [money(value)],
    missing: "unknown",
  },
];

/** The columns' figures against each other, once two of them have any. */
export function Comparison({ session }: { session: Session }) {
  const columns = useShownColumns(session);
  const measured = useMeasured(session);
  if (measured.length < 2) return null;
  return (
    <section aria-label="Comparison" className="grid flex-none grid-cols-3 border-t bg-canvas max-sm:hidden">
      {measures.map((measure) => {
        const most = Math.max(0, ...measured.map((figures) => measure.of(figures) ?? 0));
        return (
          <div key={measure.label} className="border-r px-3.5 pt-2 pb-2.5 last:border-r-0">
            <h3 className="text-micro font-regular tracking-[.02em] text-fg-subtle">{measure.label}</h3>
            <ul>
              {columns.map((column, index) => (
                <Bar
                  key={column.id}
                  session={session}
                  column={column}
                  letter={letters[index] ?? "?"}
                  measure={measure}
                  most={most}
                />
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

interface BarProps {
  session: Session;
  column: PlaygroundColumn;
  letter: string;
  measure: Measure;
  most: number;
}

function Bar({ session, column, letter, measure, most }: BarProps) {
  const figures = useFigures(session, column);
  const value = figures ? measure.of(figures) : null;
  const [text, unit] = value === null ? [measure.missing] : measure.text(value);
  return (
    <li className="grid h-4.25 grid-cols-[12px_1fr_68px] items-center gap-2 text-micro text-fg-subtle">
      <span>{letter}</span>
      <span className="h-1.5 overflow-hidden rounded-[1px] bg-line">
        <span
          className={cx("block h-full", figures?.live ? "bg-live-solid" : "bg-fg-subtle")}
          style={{ width: `${value === null || most === 0 ? 0 : (100 * value) / most}%` }}
        />
      </span>
      <span className={cx("text-right whitespace-nowrap", value !== null && "text-fg")}>
        {text}
        {unit && <span className="ml-1 text-fg-subtle">{unit}</span>}
      </span>
    </li>
  );
}
