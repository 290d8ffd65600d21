import type { BadgeTone } from "@/components/ui/badge";
import type { AuditCounts, Outcome } from "@/lib/audit-log";

/** Badge and ground of a tile: denied is red, what failed here needs attention. */
export const outcomeLook: Record<Outcome, { tone: BadgeTone; tile: string }> = {
  allowed: { tone: "ok", tile: "bg-fg-subtle" },
  refused: { tone: "danger", tile: "bg-danger-solid" },
  failed: { tone: "warn", tile: "bg-warn-solid" },
};

const whole = new Intl.NumberFormat("en-US");

export const rowsWord = (count: number) => `${whole.format(count)} ${count === 1 ? "row" : "rows"}`;
export const figure = (count: number) => whole.format(count);

/** The chart's finding in one sentence. */
export function finding({ total, buckets }: AuditCounts): string {
  const sum = (name: Outcome) => buckets.reduce((all, bucket) => all + bucket[name], 0);
  return `${rowsWord(total)}: ${figure(sum("allowed"))} allowed, ${figure(sum("refused"))} refused, ${figure(sum("failed"))} failed.`;
}

export const actionName = (event: { service_name: string; action_name: string }) =>
  `${event.service_name}.${event.action_name}`;
