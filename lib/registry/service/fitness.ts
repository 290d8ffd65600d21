import "server-only";
import { now } from "@/lib/core";
import { isOpenLicense } from "../license";
import type { Unfit } from "../schema";

interface Version {
  number: number;
  license: string;
  licenseAcceptedAt: Date | null;
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

/** Why nobody may vouch for a version yet: its terms ask for a yes that nobody gave. */
export function whyUnlicensed(
  version: Pick<Version, "number" | "license" | "licenseAcceptedAt">,
): string | undefined {
  const { number, license, licenseAcceptedAt } = version;
  if (isOpenLicense(license) || licenseAcceptedAt !== null) return undefined;
  return `The licence of v${number} (${license}) is not accepted yet.`;
}

/** Why no alias of its model may mean a version; undefined where one may. */
export function whyUnfit(
  model: { name: string; approvalRequired: boolean },
  version: Version,
): Unfit | undefined {
  const deprecated = whyDeprecated(version);
  if (deprecated !== undefined) return { kind: "deprecated", why: deprecated };
  const unlicensed = whyUnlicensed(version);
  if (unlicensed !== undefined) return { kind: "license", why: unlicensed };
  if (!model.approvalRequired || isApproved(version)) return undefined;
  const why = `Aliases of ${model.name} point to approved versions only, and v${version.number} is not approved.`;
  return { kind: "unapproved", why };
}

interface Served {
  servedAs: string;
  fingerprint: string;
}

/** Why calls do not reach what a version is made of, where `now` is the fingerprint of what they reach under its name. */
export function whyMissing({ servedAs, fingerprint }: Served, now: string | undefined): string | undefined {
  if (now === fingerprint) return undefined;
  return now === undefined
    ? `nothing is served as ${servedAs} now`
    : `what is served as ${servedAs} is another version now`;
}

/** Why no alias can be pointed to a version: it may not, or calls would not reach it. */
export function whyNoTarget(
  model: { name: string; approvalRequired: boolean },
  version: Version & Served,
  usable: ReadonlyMap<string, { fingerprint: string }>,
): Unfit | undefined {
  const unfit = whyUnfit(model, version);
  const missing = whyMissing(version, usable.get(version.servedAs)?.fingerprint);
  if (unfit || missing === undefined) return unfit;
  return { kind: "missing", why: `v${version.number} cannot be called: ${missing}.` };
}
