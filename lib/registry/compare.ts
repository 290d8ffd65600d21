import type { ModelVersion } from "./schema";

/** A file of either version. */
export interface ComparedFile {
  path: string;
  change: "same" | "changed" | "added" | "removed";
  a: number | null;
  b: number | null;
}

export interface ComparedMetric {
  name: string;
  a: number | null;
  b: number | null;
  /** Of `b` over `a`; null unless both were measured. */
  difference: number | null;
  /** The intervals overlap, or one is not known: the two cannot be told apart by them. */
  isUnclear: boolean;
}

const paths = (a: readonly { path: string }[], b: readonly { path: string }[]) =>
  [...new Set([...a, ...b].map(({ path }) => path))].sort();

/** Which files came, went and changed from `a` to `b`, by path. */
export function compareFiles(a: ModelVersion, b: ModelVersion): ComparedFile[] {
  return paths(a.files, b.files).map((path) => {
    const before = a.files.find((file) => file.path === path);
    const after = b.files.find((file) => file.path === path);
    const isSame = before?.sha256 === after?.sha256;
    return {
      path,
      change: !before ? "added" : !after ? "removed" : isSame ? "same" : "changed",
      a: before?.size ?? null,
      b: after?.size ?? null,
    };
  });
}

/** Every figure of either version, by name. */
export function compareMetrics(a: ModelVersion, b: ModelVersion): ComparedMetric[] {
  const names = [...new Set([...a.metrics, ...b.metrics].map(({ name }) => name))].sort();
  return names.map((name) => {
    const before = a.metrics.find((metric) => metric.name === name);
    const after = b.metrics.find((metric) => metric.name === name);
    return {
      name,
      a: before?.value ?? null,
      b: after?.value ?? null,
      difference: before && after ? after.value - before.value : null,
      isUnclear: !areApart(before, after),
    };
  });
}

interface Interval {
  low?: number;
  high?: number;
}

function areApart(a: Interval | undefined, b: Interval | undefined): boolean {
  if (a?.low === undefined || a.high === undefined || b?.low === undefined || b.high === undefined)
    return false;
  return a.high < b.low || b.high < a.low;
}
