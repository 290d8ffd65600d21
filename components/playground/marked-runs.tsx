import type { MarkedRun } from "@/lib/playground/client";

/** A text with what was searched for marked; text alone, whatever stands in it. */
export function MarkedRuns({ runs }: { runs: readonly MarkedRun[] }) {
  return runs.map(({ text, mark }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a run has no other name than its place.
    mark ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
  );
}
