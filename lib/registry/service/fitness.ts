import "server-only";
import { now } from "@/lib/core";

interface Version {
  number: number;
  deprecatedFrom: Date | null;
  deprecation: string;
  /** Newest first. */
  approvals: readonly { state: string }[];
}

/** Whether an approval was given and is the last word on the version. */
export function isApproved({ approvals }: Pick<Version, "approvals">): boolean {
  return approvals.find(({ state }) => state === "approved" || state === "rejected")?.state === "approved";
}

/** Why a version is not to be used any more; undefined as long as it is. */
export function whyDeprecated({ number, deprecatedFrom, deprecation }: Version): string | undefined {
  if (deprecatedFrom === null || deprecatedFrom > now()) return undefined;
  return `v${number} is deprecated since ${deprecatedFrom.toISOString().slice(0, 10)}: ${deprecation}`;
}

/** Why no alias of its model may mean a version; undefined where one may. */
export function whyUnfit(
  model: { name: string; approvalRequired: boolean },
  version: Version,
): string | undefined {
  const deprecated = whyDeprecated(version);
  if (deprecated !== undefined || !model.approvalRequired || isApproved(version)) return deprecated;
  return `Aliases of ${model.name} point to approved versions only, and v${version.number} is not approved.`;
}
