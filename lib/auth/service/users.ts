import "server-only";
import { record } from "@/lib/audit/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { allAccounts, type Context, notFound, requirePrivilege } from "../context";
import { linkTo, linkTokenHash, makeLinkToken } from "../link";
import { auditContext } from "../origin";
import type { Invited, inviteInput, OneTimeLink, User, userPatch } from "../schema";
import { dropOpenInvitesOf, insertInvite } from "../store/invites";
import { revokeKeysOf } from "../store/keys";
import { revokeSessionsOf } from "../store/sessions";
import {
  changeUser,
  countAdministratorsLocked,
  findUserByEmail,
  findUsersWithTraces,
  findUserWithTraces,
  insertUser,
  type UserWithTraces,
} from "../store/users";
import { forgetVerifiedKeys } from "./key-check";

const hourMs = 60 * 60 * 1000;
const lifetimeMs = { invite: 7 * 24 * hourMs, reset: 24 * hourMs } as const;

const isPending = (row: UserWithTraces) => row.passwordHash === null && row.identities.length === 0;

const shown = (row: UserWithTraces): User => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  state: row.disabledAt ? "disabled" : isPending(row) ? "invited" : "active",
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.sessions[0]?.lastSeenAt.toISOString() ?? null,
});

export async function findUsers(ctx: Context): Promise<User[]> {
  requirePrivilege(ctx, "BROWSE", allAccounts);
  return (await findUsersWithTraces((await db()).prisma)).map(shown);
}

async function requireUser(tx: Tx, id: string): Promise<UserWithTraces> {
  const row = await findUserWithTraces(tx, id);
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
    if (await findUserByEmail(tx, email)) throw new AppError("conflict", `${email} has an account already.`);
    const { id } = await insertUser(tx, { id: newId("usr"), email, name, role });
    const link = await makeLink(tx, id, "invite");
    await record(tx, auditContext(ctx), {
      service: "accounts",
      action: "inviteUser",
      params: { userId: id, email, role },
      status: 200,
    });
    return { ...link, user: shown(await requireUser(tx, id)) };
  });
}

/** A new link for somebody who lost theirs or forgot a password; earlier links stop working. */
export async function makeResetLink(ctx: Context, id: string): Promise<OneTimeLink> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id });
  return (await db()).write(async (tx) => {
    const row = await requireUser(tx, id);
    if (row.disabledAt) throw new AppError("conflict", `${row.email} is switched off. Switch it on first.`);
    const purpose = isPending(row) ? "invite" : "reset";
    const link = await makeLink(tx, id, purpose);
    await record(tx, auditContext(ctx), {
      service: "accounts",
      action: "makeResetLink",
      params: { userId: id, purpose },
      status: 200,
    });
    return link;
  });
}

/** Somebody has to be able to let people in again. */
async function requireOtherAdministrator(tx: Tx, row: UserWithTraces): Promise<void> {
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
  const user = await (await db()).write(async (tx) => {
    const row = await requireUser(tx, id);
    const losesRights = patch.disabled === true || patch.role === "member";
    if (losesRights) await requireOtherAdministrator(tx, row);
    const at = new Date();
    const disabledAt =
      patch.disabled === undefined ? undefined : patch.disabled ? (row.disabledAt ?? at) : null;
    await changeUser(tx, id, { role: patch.role, disabledAt });
    if (patch.disabled) {
      await revokeSessionsOf(tx, id, at);
      await revokeKeysOf(tx, id, at);
      await dropOpenInvitesOf(tx, id);
    }
    await record(tx, auditContext(ctx), {
      service: "accounts",
      action: "updateUser",
      params: { userId: id, ...patch },
      status: 200,
    });
    return shown(await requireUser(tx, id));
  });
  forgetVerifiedKeys();
  return user;
}
