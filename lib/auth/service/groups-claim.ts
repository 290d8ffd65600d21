import "server-only";
import { bumpPolicyEpoch, lockPolicy } from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import { env, log } from "@/lib/core/server";
import type { Tx } from "@/lib/db/server";
import type { GrantSource } from "../group-schema";
import { auditContext, type RequestOrigin } from "../origin";
import type { Role } from "../schema";
import { type ClaimReport, claimReport } from "../sso-schema";
import { deleteMembers, findMembershipsOf, insertMembers } from "../store/group-members";
import { findMappedGroups } from "../store/groups";
import { findSetting, saveSetting } from "../store/settings";
import { changeUser, countAdministratorsLocked } from "../store/users";

const mostValues = 500;
const shownUnmatched = 20;
const reportSetting = "sso_last_sign_in";

export interface ClaimedPerson {
  id: string;
  name: string;
  email: string;
  role: Role;
  roleSource: GrantSource;
}

interface Claim {
  values: ReadonlySet<string>;
  /** Why it was not read. */
  ignored: string | null;
}

/** The claim's values. What is neither a text nor a list of texts says nothing, so nobody is in anything by it. */
function readClaim(claim: unknown, name: string): Claim {
  const none = new Set<string>();
  if (claim === undefined || claim === null) return { values: none, ignored: null };
  if (typeof claim === "string") return { values: new Set([claim]), ignored: null };
  if (!Array.isArray(claim) || !claim.every((value) => typeof value === "string")) {
    return { values: none, ignored: `${name} is neither a text nor a list of texts.` };
  }
  const values = new Set(claim.slice(0, mostValues));
  const ignored =
    claim.length > mostValues
      ? `${name} has ${claim.length} values; the first ${mostValues} were read.`
      : null;
  return { values, ignored };
}

/** Makes the role follow the claim, unless an administrator gave it, or it is the last administrator's. */
async function applyRole(
  tx: Tx,
  { id, role, roleSource }: ClaimedPerson,
  { values }: Claim,
): Promise<Role | "kept" | undefined> {
  const { OIDC_ADMIN_GROUP } = env();
  const holds = OIDC_ADMIN_GROUP !== undefined && values.has(OIDC_ADMIN_GROUP);
  if (holds && role === "member") {
    await changeUser(tx, id, { role: "admin", roleSource: "sso" });
    return "admin";
  }
  if (holds || role !== "admin" || roleSource !== "sso") return undefined;
  if ((await countAdministratorsLocked(tx)) <= 1) {
    log.warn("The last administrator stays one although the groups claim no longer says so", { userId: id });
    return "kept";
  }
  await changeUser(tx, id, { role: "member", roleSource: "manual" });
  return "member";
}

/**
 * Makes the memberships that the identity provider gives equal to what its claim says at this sign-in; those given by
 * hand are not touched.
 */
export async function applyGroupsClaim(
  tx: Tx,
  origin: RequestOrigin,
  person: ClaimedPerson,
  value: unknown,
): Promise<void> {
  const claimName = env().OIDC_GROUPS_CLAIM;
  const claim = readClaim(value, claimName);
  if (claim.ignored)
    log.warn("The groups claim was not read whole", { why: claim.ignored, userId: person.id });
  await lockPolicy(tx);
  const mapped = await findMappedGroups(tx);
  const wanted = mapped.filter(({ externalName }) => externalName !== null && claim.values.has(externalName));
  const before = await findMembershipsOf(tx, person.id);
  const isIn = new Set(before.map(({ groupId }) => groupId));
  const given = before.filter(({ source }) => source === "sso").map(({ groupId }) => groupId);
  const added = wanted.map(({ id }) => id).filter((id) => !isIn.has(id));
  const removed = given.filter((id) => !wanted.some((group) => group.id === id));
  await insertMembers(
    tx,
    added.map((groupId) => ({
      groupId,
      memberId: person.id,
      memberKind: "user",
      source: "sso",
      addedById: null,
    })),
  );
  for (const groupId of removed) await deleteMembers(tx, groupId, [person.id]);
  const role = await applyRole(tx, person, claim);
  await saveReport(tx, person, claim, {
    added,
    removed,
    kept: wanted.map(({ id }) => id).filter((id) => isIn.has(id)),
    known: new Set(mapped.flatMap(({ externalName }) => externalName ?? [])),
  });
  if (added.length + removed.length === 0 && role === undefined) return;
  if (added.length + removed.length > 0 || role !== "kept") {
    await bumpPolicyEpoch(tx, [{ kind: "principal", id: person.id }]);
  }
  await record(
    tx,
    { ...auditContext(origin), userId: person.id, userIdentity: person.email },
    {
      service: "accounts",
      action: "applyGroupsClaim",
      params: { userId: person.id, claim: claimName, added, removed, ...(role ? { role } : {}) },
      status: 200,
    },
  );
}

interface Brought {
  added: string[];
  removed: string[];
  kept: string[];
  /** Values that some group is mapped to. */
  known: ReadonlySet<string>;
}

async function saveReport(tx: Tx, person: ClaimedPerson, claim: Claim, brought: Brought): Promise<void> {
  const outcomes = (["added", "kept", "removed"] as const).flatMap((outcome) =>
    brought[outcome].map((id) => [id, outcome] as const),
  );
  const known = new Set([...brought.known, env().OIDC_ADMIN_GROUP]);
  const report: ClaimReport = {
    at: new Date().toISOString(),
    person: { id: person.id, kind: "person", name: person.name || person.email },
    values: claim.values.size,
    unmatched: [...claim.values]
      .filter((value) => !known.has(value))
      .slice(0, shownUnmatched)
      .map((value) => value.replaceAll("\0", "\uFFFD").slice(0, 200).toWellFormed()),
    ignored: claim.ignored,
    groups: Object.fromEntries(outcomes),
  };
  await saveSetting(tx, reportSetting, report);
}

/** What the last sign-in through the identity provider brought; null before the first. */
export async function findClaimReport(tx: Tx): Promise<ClaimReport | null> {
  return claimReport.safeParse(await findSetting(tx, reportSetting)).data ?? null;
}
