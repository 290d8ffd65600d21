import type { VersionFeedback } from "@/lib/playground";
import type { VersionUsage } from "@/lib/prompts";

const notCalled = {
  calls: 0,
  failed: 0,
  latencyMs: { p50: null, p95: null },
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  lastAt: null,
  fetches: 0,
  fetchedAt: null,
};

/** The versions that were called or fetched, and those that were only voted on: by earlier calls, or by some in browsers. */
export function versionRows(
  called: readonly VersionUsage[],
  voted: readonly VersionFeedback[],
): VersionUsage[] {
  const known = new Set(called.map(({ version }) => version));
  const others = voted
    .filter(({ version }) => !known.has(version))
    .map(({ version }) => ({ version, ...notCalled }));
  return [...called, ...others].sort((a, b) => b.version - a.version);
}
