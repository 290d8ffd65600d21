"use client";
import { useStore } from "zustand";
import { answerTo } from "@/lib/playground/client";
import { letters } from "./figures";
import type { Session } from "./session";
import { useHidden } from "./use-hidden";
import { useShownColumns } from "./use-shown-columns";

interface Baseline {
  /** This column is the one that others are compared with. */
  isBaseline: boolean;
  /** The letter of the baseline. */
  letter: string;
  /** The baseline's answer to the same turn, where there is one and the column is another. */
  text: string | undefined;
  /** The same while the column shows what differs. */
  against: string | undefined;
}

/** What a column's answer to a turn is compared with. */
export function useBaseline(session: Session, columnId: string, turnId: string): Baseline {
  const columns = useShownColumns(session);
  const { baseline, diffs } = useStore(session.view);
  const hidden = useHidden(session);
  const index = Math.max(
    0,
    columns.findIndex(({ id }) => id === baseline),
  );
  const base = columns[index]?.id ?? columnId;
  const text = useStore(session.workspace.column(base), (state) => answerTo(state, turnId)?.text);
  const isBaseline = base === columnId;
  const other = isBaseline ? undefined : text;
  return {
    isBaseline,
    letter: letters[index] ?? "?",
    text: other,
    against: diffs.includes(columnId) && !hidden ? other : undefined,
  };
}
