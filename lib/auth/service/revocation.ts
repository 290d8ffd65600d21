import "server-only";
import type { z } from "zod";
import { bumpPolicyEpoch, lockPolicy } from "@/lib/access/server";
import { db, type Tx } from "@/lib/db/server";
import { type Context, notFound, requirePrivilege } from "../context";
import type { Revocation, revocationInput } from "../principal-schema";
import { type RevokeCount, revokeSteps } from "../revoke-steps";
import { countMembershipsOf, leaveGroups } from "../store/group-members";
import { countOpenInvitesOf, dropOpenInvitesOf } from "../store/invites";
import { countLiveKeys, revokeKeysOf } from "../store/keys";
import { countLiveSessions, revokeSessionsOf } from "../store/sessions";
import { changeUser, findPrincipal, refOf } from "../store/users";
import { audit } from "./audit";
import { requireOtherAdministrator } from "./users";

async function requirePrincipal(tx: Pick<Tx, "user">, id: string) {
  const row = await findPrincipal(tx, id);
  if (!row) throw notFound("user");
  return row;
}

async function own(tx: Tx, id: string, at: Date): Promise<RevokeCount[]> {
  return [
    { noun: "sessions", count: await countLiveSessions(tx, id, at) },
    { noun: "keys", count: await countLiveKeys(tx, id) },
    { noun: "open links", count: await countOpenInvitesOf(tx, id, at) },
    { noun: "group memberships", count: await countMembershipsOf(tx, id, "manual") },
  ];
}

/** What "revoke everything" of this principal would end now. @throws AppError `not_found` */
export async function getRevocationPreview(ctx: Context, id: string): Promise<Revocation> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  const { prisma } = await db();
  const row = await requirePrincipal(prisma, id);
  const counts = await own(prisma, id, new Date());
  for (const step of revokeSteps()) counts.push(await step.count(prisma, id, ctx));
  return {
    principal: refOf(row),
    disabled: row.disabledAt !== null,
    counts,
    ssoGroups: await countMembershipsOf(prisma, id, "sso"),
  };
}

/**
 * Ends, in one transaction, everything a person or service principal holds: sessions, keys, open links, memberships
 * given by hand and what other domains add; and, where asked, the account itself.
 * @throws AppError `conflict` when it would switch off the last administrator.
 */
export async function revokeEverything(
  ctx: Context,
  id: string,
  { deactivate }: z.output<typeof revocationInput>,
): Promise<Revocation> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  return (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const row = await requirePrincipal(tx, id);
    if (deactivate) await requireOtherAdministrator(tx, row);
    const at = new Date();
    const counts = await own(tx, id, at);
    await revokeSessionsOf(tx, id, at);
    await revokeKeysOf(tx, id, at);
    await dropOpenInvitesOf(tx, id);
    await leaveGroups(tx, id, "manual");
    for (const step of revokeSteps()) counts.push(await step.revoke(tx, id, ctx));
    if (deactivate && !row.disabledAt) await changeUser(tx, id, { disabledAt: at });
    await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
    await audit(tx, ctx, "revokeEverything", { userId: id, identity: row.email, deactivate, counts });
    return {
      principal: refOf(row),
      disabled: deactivate || row.disabledAt !== null,
      counts,
      ssoGroups: await countMembershipsOf(tx, id, "sso"),
    };
  });
}
