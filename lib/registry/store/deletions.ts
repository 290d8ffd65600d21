import "server-only";
import { removeSecurables } from "@/lib/access/server";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "modelVersion">;

/** Versions outside of `ids` that are made of the same as any of `fingerprints`. */
export function findTwins(reader: Reader, fingerprints: readonly string[], ids: readonly string[]) {
  return reader.modelVersion.findMany({
    where: { fingerprint: { in: [...fingerprints] }, id: { notIn: [...ids] } },
    select: { fingerprint: true, number: true, model: { select: { id: true, name: true } } },
    orderBy: [{ model: { name: "asc" } }, { number: "asc" }],
  });
}
export type TwinRow = Awaited<ReturnType<typeof findTwins>>[number];

/** Its metrics and approvals go with it; its number stays taken. */
export async function deleteVersionRow(tx: Tx, id: string): Promise<void> {
  await tx.modelVersion.delete({ where: { id } });
}

/** Everything of a model but the last number of its name. */
export async function deleteModelRow(
  tx: Tx,
  { id, name, lastNumber }: { id: string; name: string; lastNumber: number },
): Promise<void> {
  await tx.registeredModel.delete({ where: { id } });
  await removeSecurables(tx, [id]);
  await tx.retiredModelName.upsert({
    where: { name },
    create: { name, lastNumber },
    update: { lastNumber },
  });
}

/** As `deleteModelRow`, for one that was dropped under `name` and cannot be brought back any more. */
export async function purgeModelRow(tx: Tx, id: string, name: string): Promise<void> {
  const row = await tx.registeredModel.findUnique({ select: { lastNumber: true }, where: { id } });
  if (row) await deleteModelRow(tx, { id, name, lastNumber: row.lastNumber });
}
