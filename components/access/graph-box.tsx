import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { boxHeight, pitch } from "./graph-layout";

interface GraphBoxProps {
  row: number;
  icon: ReactNode;
  name: string;
  fact: string;
  isMissing?: boolean;
}

/** One principal or object of the graph. */
export function GraphBox({ row, icon, name, fact, isMissing }: GraphBoxProps) {
  return (
    <div
      style={{ top: row * pitch, height: boxHeight }}
      className={cx(
        "absolute inset-x-0 flex items-center gap-2.5 rounded-1 border bg-raised px-2.75",
        isMissing ? "border-dashed border-danger-solid" : "border-line-strong",
      )}
    >
      {icon}
      <div className="min-w-0">
        <div className="truncate leading-4.5 font-strong">{name}</div>
        <div className="truncate text-micro leading-3.5 text-fg-subtle">{fact}</div>
      </div>
    </div>
  );
}
