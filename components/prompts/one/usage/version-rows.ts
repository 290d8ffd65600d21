import type { VersionFeedback } from "@/lib/playground";
import { notUsed, type VersionUsage } from "@/lib/prompts";

/** The versions that were called or fetched, and those that were only voted on: by earlier calls, or by some in browsers. */
export function versionRows(
  called: readonly VersionUsage[],
  voted: readonly VersionFeedback[],
): VersionUsage[] {
  const known = new Set(called.map(({ version }) => version));
  const others = voted
    .filter(({ version }) => !known.has(version))
    .map(({ version }) => ({ version, ...notUsed }));
  return [...called, ...others].sort((a, b) => b.version - a.version);
}
