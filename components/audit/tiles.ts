import type { AuditBucket, Outcome } from "@/lib/audit-log";

export const totalOf = (bucket: AuditBucket) => bucket.allowed + bucket.refused + bucket.failed;

const countOf = (bucket: AuditBucket, outcome: Outcome, rows: number) => Math.ceil(bucket[outcome] / rows);

/**
 * Rows that one tile stands for: 1, 2 or 5 times a power of ten, so that no column of these outcomes is higher than
 * `tallest`, which is no less than their number.
 */
export function rowsPerTile(
  buckets: readonly AuditBucket[],
  shown: readonly Outcome[],
  tallest: number,
): number {
  const fits = (rows: number) =>
    buckets.every((bucket) => shown.reduce((sum, each) => sum + countOf(bucket, each, rows), 0) <= tallest);
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].find((each) => fits(each * power));
    if (step) return step * power;
  }
}

/** The tiles of a column from the base line on, whole ones: the last of an outcome stands for fewer rows. */
export function tilesOf(bucket: AuditBucket, shown: readonly Outcome[], rows: number): Outcome[] {
  return shown.flatMap((outcome) => Array<Outcome>(countOf(bucket, outcome, rows)).fill(outcome));
}
