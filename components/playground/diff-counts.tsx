"use client";
import { useDeferredValue, useMemo } from "react";
import { diffCounts, wordDiff } from "@/lib/playground/client";

interface DiffCountsProps {
  before: string;
  after: string;
}

/** "+13 −12": words that one answer has over another, and words that it lacks. */
export function DiffCounts({ before, after }: DiffCountsProps) {
  const old = useDeferredValue(before);
  const now = useDeferredValue(after);
  const { inserted, deleted } = useMemo(() => diffCounts(wordDiff(old, now)), [old, now]);
  return (
    <span className="text-small whitespace-nowrap" title={`${inserted} words added, ${deleted} removed`}>
      <span className="sr-only">{`${inserted} words added, ${deleted} removed`}</span>
      <span aria-hidden="true">
        <span className="text-ok">+{inserted.toLocaleString("en")}</span>{" "}
        <span className="text-danger">−{deleted.toLocaleString("en")}</span>
      </span>
    </span>
  );
}
