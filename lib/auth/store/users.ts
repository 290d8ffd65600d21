import "server-only";
import { bumpPolicyEpoch, createPersonalSchema } from "@/lib/access/server";
import type { Tx } from "@/lib/db/server";
import type { GrantSource } from "../group-schema";
import type { PrincipalRef, Role } from "../schema";

/** The person with this address; never a service principal, which nobody signs in as. */
export function findPersonByEmail(tx: Tx, email: string) {
  return tx.user.findUnique({ where: { email, kind: "person" } });
}

const withTraces = {
  identities: { select: { subject: true }, take: 1 },
  sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: "desc" }, take: 1 },
} as const;

/** All people, with what tells whether they ever came in. */
export function findPeopleWithTraces(tx: Tx) {
  return tx.user.findMany({ where: { kind: "person" }, orderBy: { createdAt: "asc" }, include: withTraces });
}

export function findPersonWithTraces(tx: Tx, id: string) {
  return tx.user.findUnique({ where: { id, kind: "person" }, include: withTraces });
}

export type PersonWithTraces = NonNullable<Awaited<ReturnType<typeof findPersonWithTraces>>>;

/** A person or service principal. */
export function findPrincipal(tx: Pick<Tx, "user">, id: string) {
  return tx.user.findUnique({ where: { id } });
}

/** People and service principals by id, with their state. */
export function findPrincipals(tx: Pick<Tx, "user">, ids: Iterable<string>) {
  return tx.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, kind: true, name: true, email: true, disabledAt: true },
  });
}

/** The principal as it is shown beside what is its own. */
export function refOf({ id, kind, name, email }: PrincipalRef & { email: string }): PrincipalRef {
  return { id, kind, name: name || email };
}

/** People and service principals. */
export function countUsers(tx: Tx): Promise<number> {
  return tx.user.count();
}

interface NewUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  passwordHash?: string;
  createdById?: string;
}

/** A person, with a schema of their own. */
export async function insertPerson(tx: Tx, user: NewUser) {
  const made = await tx.user.create({ data: user });
  await bumpPolicyEpoch(tx, [{ kind: "principal", id: user.id }]);
  await createPersonalSchema(tx, user);
  return made;
}

interface UserChange {
  name?: string;
  role?: Role;
  roleSource?: GrantSource;
  passwordHash?: string;
  disabledAt?: Date | null;
}

export async function changeUser(tx: Tx, id: string, change: UserChange) {
  const changed = await tx.user.update({ where: { id }, data: { ...change, revision: { increment: 1 } } });
  await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
  return changed;
}

/**
 * How many administrators there are that are not switched off; people only, for nobody else can let people in. Their rows are locked until the transaction ends, so that two
 * administrators who demote each other at the same moment cannot both find the other one still there.
 */
export async function countAdministratorsLocked(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT "id" FROM "User"
    WHERE "kind" = 'person' AND "role" = 'admin' AND "disabledAt" IS NULL ORDER BY "id" FOR UPDATE`;
  return rows.length;
}
