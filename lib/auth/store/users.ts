import "server-only";
import type { Tx } from "@/lib/db/server";
import type { Role } from "../schema";

export function findUserByEmail(tx: Tx, email: string) {
  return tx.user.findUnique({ where: { email } });
}

const withTraces = {
  identities: { select: { subject: true }, take: 1 },
  sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: "desc" }, take: 1 },
} as const;

/** Everybody, with what tells whether they ever came in. */
export function findUsersWithTraces(tx: Tx) {
  return tx.user.findMany({ orderBy: { createdAt: "asc" }, include: withTraces });
}

export function findUserWithTraces(tx: Tx, id: string) {
  return tx.user.findUnique({ where: { id }, include: withTraces });
}

export type UserWithTraces = NonNullable<Awaited<ReturnType<typeof findUserWithTraces>>>;

export function countUsers(tx: Tx): Promise<number> {
  return tx.user.count();
}

interface NewUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  passwordHash?: string;
}

export function insertUser(tx: Tx, user: NewUser) {
  return tx.user.create({ data: user });
}

interface UserChange {
  name?: string;
  role?: Role;
  passwordHash?: string;
  disabledAt?: Date | null;
}

export function changeUser(tx: Tx, id: string, change: UserChange) {
  return tx.user.update({ where: { id }, data: change });
}

/**
 * How many administrators can sign in. Their rows are locked until the transaction ends, so that two
 * administrators who demote each other at the same moment cannot both find the other one still there.
 */
export async function countAdministratorsLocked(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT "id" FROM "User" WHERE "role" = 'admin' AND "disabledAt" IS NULL ORDER BY "id" FOR UPDATE`;
  return rows.length;
}
