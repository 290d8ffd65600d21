import "server-only";
import { bumpPolicyEpoch } from "@/lib/access/server";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "user">;

const facts = {
  keys: { where: { revokedAt: null }, select: { lastUsedAt: true } },
} as const;

export function findServicePrincipals(tx: Reader) {
  return tx.user.findMany({ where: { kind: "service" }, orderBy: { createdAt: "asc" }, include: facts });
}

export function findServicePrincipal(tx: Reader, id: string) {
  return tx.user.findUnique({ where: { id, kind: "service" }, include: facts });
}

export type ServicePrincipalRow = NonNullable<Awaited<ReturnType<typeof findServicePrincipal>>>;

interface NewServicePrincipal {
  id: string;
  applicationId: string;
  name: string;
  createdById: string;
}

export async function insertServicePrincipal(tx: Tx, { applicationId, ...rest }: NewServicePrincipal) {
  const made = await tx.user.create({ data: { ...rest, email: applicationId, kind: "service" } });
  await bumpPolicyEpoch(tx, [{ kind: "principal", id: made.id }]);
  return made;
}

/** @throws AppError `conflict` when another revision is there by now. */
export async function changeServicePrincipal(
  tx: Tx,
  id: string,
  revision: number,
  change: { name?: string; disabledAt?: Date | null },
): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { id, kind: "service", revision },
    data: { ...change, revision: { increment: 1 } },
  });
  if (count === 1) return;
  throw new AppError(
    "conflict",
    "Not saved. Somebody changed this service principal meanwhile. Look at it again.",
  );
}

/** What a principal owns that would be lost or orphaned with it, by noun; nothing where it owns nothing. */
export async function findOwned(tx: Reader, id: string): Promise<{ noun: string; count: number }[]> {
  const row = await tx.user.findUnique({
    where: { id },
    select: {
      _count: {
        select: {
          keys: { where: { revokedAt: null } },
          sessions: { where: { revokedAt: null, expiresAt: { gt: new Date() } } },
          models: true,
          playground: true,
          snapshots: true,
        },
      },
    },
  });
  const { keys = 0, sessions = 0, models = 0, playground = 0, snapshots = 0 } = row?._count ?? {};
  return [
    { noun: "keys", count: keys },
    { noun: "sessions", count: sessions },
    { noun: "registered models", count: models },
    { noun: "playground sessions", count: playground },
    { noun: "shared snapshots", count: snapshots },
  ].filter(({ count }) => count > 0);
}

export function deleteServicePrincipalRow(tx: Tx, id: string) {
  return tx.user.delete({ where: { id, kind: "service" } });
}
