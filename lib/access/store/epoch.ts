import "server-only";
import type { Tx } from "@/lib/db/server";
import { awaitEpoch } from "../awaited";

/** What a transaction changes about rights. */
export interface RightsChange {
  kind: "securable" | "grants" | "names" | "principal" | "group";
  id: string;
}

const keptEpochs = 10_000n;
/** Pruning now and then is enough. */
const pruneEvery = 500n;

/**
 * Lets one transaction at a time read and change rights: it holds until the transaction ends, and one that
 * waited for it reads what the other has written.
 */
export async function lockPolicy(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "PolicyEpoch" ("id", "epoch") VALUES (1, 0)
    ON CONFLICT ("id") DO UPDATE SET "epoch" = "PolicyEpoch"."epoch"`;
}

/**
 * Tells every process that rights have changed; in the transaction that changes them. A new right counts
 * as well: refusals are remembered too.
 */
export async function bumpPolicyEpoch(tx: Tx, changes: readonly RightsChange[]): Promise<void> {
  if (changes.length === 0) return;
  const { epoch } = await tx.policyEpoch.upsert({
    where: { id: 1 },
    create: { id: 1, epoch: 1n },
    update: { epoch: { increment: 1n } },
  });
  await tx.policyChange.createMany({
    data: changes.map(({ kind, id }, ordinal) => ({ epoch, ordinal, kind, subjectId: id })),
  });
  if (epoch % pruneEvery === 0n) {
    await tx.policyChange.deleteMany({ where: { epoch: { lte: epoch - keptEpochs } } });
  }
  awaitEpoch(epoch);
}

/** The present epoch: one cheap read. */
export async function readPolicyEpoch(reader: Pick<Tx, "policyEpoch">): Promise<bigint> {
  return (await reader.policyEpoch.findUnique({ where: { id: 1 } }))?.epoch ?? 0n;
}

/** What changed after an epoch, or null when too much did or it is no longer known. */
export async function findChanges(
  reader: Pick<Tx, "policyChange">,
  after: bigint,
  until: bigint,
  most: number,
): Promise<RightsChange[] | null> {
  const rows = await reader.policyChange.findMany({
    where: { epoch: { gt: after, lte: until } },
    select: { epoch: true, kind: true, subjectId: true },
    take: most + 1,
  });
  const epochs = new Set(rows.map(({ epoch }) => epoch));
  if (rows.length > most || BigInt(epochs.size) !== until - after) return null;
  return rows.map(({ kind, subjectId }) => ({ kind: kind as RightsChange["kind"], id: subjectId }));
}
