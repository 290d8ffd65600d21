import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { allAccounts, type Context, notFound, requirePrivilege } from "../context";
import { linkTo, linkTokenHash, makeLinkToken } from "../link";
import type { PersonDetail } from "../principal-schema";
import type { Invited, inviteInput, OneTimeLink, Role, User, userPatch } from "../schema";
import { dropOpenInvitesOf, insertInvite } from "../store/invites";
import { revokeKeysOf } from "../store/keys";
import { revokeSessionsOf } from "../store/sessions";
import {
  changeUser,
  countAdministratorsLocked,
  findPeopleWithTraces,
  findPersonByEmail,
  findPersonWithTraces,
  insertPerson,
  type PersonWithTraces,
} from "../store/users";
import { audit } from "./audit";
import { membershipsOf } from "./memberships";

const hourMs = 60 * 60 * 1000;
const lifetimeMs = { invite: 7 * 24 * hourMs, reset: 24 * hourMs } as const;

const isPending = (row: PersonWithTraces) => row.passwordHash === null && row.identities.length === 0;

const shown = (row: PersonWithTraces): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  state: row.disabledAt ? "disabled" : isPending(row) ? "invited" : "active",
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.sessions[0]?.lastSeenAt.toISOString() ?? null,
});

/** All people; service principals have their own list. */
export async function findUsers(ctx: Context): Promise<User[]> {
  requirePrivilege(ctx, "BROWSE", allAccounts);
  return (await findPeopleWithTraces((await db()).prisma)).map(shown);
}

/** One person with the groups that count for them. @throws AppError `not_found` */
export async function getPerson(ctx: Context, id: string): Promise<PersonDetail> {
  requirePrivilege(ctx, "BROWSE", { kind: "user", id });
  const { prisma } = await db();
  const row = await requirePerson(prisma, id);
  return { ...shown(row), roleSource: row.roleSource, memberships: await membershipsOf(prisma, id) };
}

async function requirePerson(tx: Tx, id: string): Promise<PersonWithTraces> {
  const row = await findPersonWithTraces(tx, id);
  if (!row) throw notFound("user");
  return row;
}

async function makeLink(tx: Tx, userId: string, purpose: "invite" | "reset"): Promise<OneTimeLink> {
  const token = makeLinkToken();
  const expiresAt = new Date(Date.now() + lifetimeMs[purpose]);
  await dropOpenInvitesOf(tx, userId);
  await insertInvite(tx, { id: newId("inv"), tokenHash: linkTokenHash(token), purpose, userId, expiresAt });
  return { link: linkTo("invite", token), expiresAt: expiresAt.toISOString() };
}

/** Makes an account that nobody can use yet, and the link that lets its owner in. */
export async function inviteUser(
  ctx: Context,
  input: ReturnType<typeof inviteInput.parse>,
): Promise<Invited> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  const { email, role } = input;
  const name = input.name ?? email.split("@")[0] ?? email;
  return (await db()).write(async (tx) => {
    if (await findPersonByEmail(tx, email))
      throw new AppError("conflict", `${email} has an account already.`);
    const { id } = await insertPerson(tx, {
      id: newId("usr"),
      email,
      name,
      role,
      createdById: ctx.actor.userId,
    });
    const link = await makeLink(tx, id, "invite");
    await audit(tx, ctx, "inviteUser", { userId: id, email, role });
    return { ...link, user: shown(await requirePerson(tx, id)) };
  });
}

/** A new link for somebody who lost theirs or forgot a password; earlier links stop working. */
export async function makeResetLink(ctx: Context, id: string): Promise<OneTimeLink> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  return (await db()).write(async (tx) => {
    const row = await requirePerson(tx, id);
    if (row.disabledAt) throw new AppError("conflict", `${row.email} is switched off. Switch it on first.`);
    const purpose = isPending(row) ? "invite" : "reset";
    const link = await makeLink(tx, id, purpose);
    await audit(tx, ctx, "makeResetLink", { userId: id, purpose });
    return link;
  });
}

/** Somebody has to be able to let people in again. @throws AppError `conflict` for the last administrator. */
export async function requireOtherAdministrator(
  tx: Tx,
  row: { role: Role; disabledAt: Date | null; email: string },
): Promise<void> {
  if (row.role !== "admin" || row.disabledAt) return;
  if ((await countAdministratorsLocked(tx)) <= 1) {
    throw new AppError("conflict", `${row.email} is the last administrator. Make somebody else one first.`);
  }
}

/** Changes a role or switches an account off or on. Switching off ends its sessions and keys at once and for good. */
export async function updateUser(
  ctx: Context,
  id: string,
  patch: ReturnType<typeof userPatch.parse>,
): Promise<User> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  return (await db()).write(async (tx) => {
    const row = await requirePerson(tx, id);
    const losesRights = patch.disabled === true || patch.role === "member";
    if (losesRights) await requireOtherAdministrator(tx, row);
    const at = new Date();
    const disabledAt =
      patch.disabled === undefined ? undefined : patch.disabled ? (row.disabledAt ?? at) : null;
    // An administrator's word outlasts the identity provider's.
    const roleSource = patch.role === undefined ? undefined : "manual";
    await changeUser(tx, id, { role: patch.role, roleSource, disabledAt });
    if (patch.disabled) {
      await revokeSessionsOf(tx, id, at);
      await revokeKeysOf(tx, id, at);
      await dropOpenInvitesOf(tx, id);
    }
    await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
    await audit(tx, ctx, "updateUser", { userId: id, ...patch });
    return shown(await requirePerson(tx, id));
  });
}
