import "server-only";
import { AppError, newId, now } from "@/lib/core";
import { isUniqueViolation, type Tx } from "@/lib/db/server";
import { kindNoun, type StoredKind } from "../kinds";
import { nameKey } from "../names";
import { bumpPolicyEpoch } from "./epoch";

type Reader = Pick<Tx, "securable" | "$queryRaw">;

const prefixes: Partial<Record<StoredKind, string>> = {
  catalog: "cat",
  schema: "sch",
  connection: "con",
  model: "mdl",
  prompt: "pmt",
};

export interface NewSecurable {
  /** The id of the row that another domain keeps about it, where there is one. */
  id?: string;
  kind: StoredKind;
  parentId: string;
  name: string;
  ownerId: string;
  /** Null: the workbench itself. */
  createdById: string | null;
  comment?: string;
  properties?: Record<string, string>;
  details?: Record<string, unknown>;
}

type Json = NonNullable<Parameters<Tx["securable"]["create"]>[0]["data"]["details"]>;

export function findSecurable(reader: Reader, id: string) {
  return reader.securable.findFirst({ where: { id, droppedAt: null } });
}
export type SecurableRow = NonNullable<Awaited<ReturnType<typeof findSecurable>>>;

export function findSecurables(reader: Reader, ids: readonly string[]): Promise<SecurableRow[]> {
  return reader.securable.findMany({ where: { id: { in: [...ids] }, droppedAt: null } });
}

/** The live child of that name, whatever its case and form. */
export function findChild(reader: Reader, parentId: string, name: string): Promise<SecurableRow | null> {
  return reader.securable.findFirst({ where: { parentId, nameKey: nameKey(name), droppedAt: null } });
}

/** Everything in an object, however deep, itself included; live ones, or those of one drop. */
export async function findWithin(
  reader: Reader,
  id: string,
  dropId: string | null = null,
): Promise<SecurableRow[]> {
  const ids = await reader.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE inside AS (
      SELECT "id" FROM "Securable" WHERE "id" = ${id}
      UNION ALL
      SELECT s."id" FROM "Securable" s JOIN inside i ON s."parentId" = i."id"
    )
    SELECT s."id" FROM "Securable" s JOIN inside USING ("id")
    WHERE s."dropId" IS NOT DISTINCT FROM ${dropId}`;
  return reader.securable.findMany({ where: { id: { in: ids.map((row) => row.id) } } });
}

const taken = (kind: StoredKind, name: string, cause?: unknown) =>
  new AppError("conflict", `The name ${name} is taken: ${kindNoun(kind)} names differ in more than case.`, {
    cause,
  });

type Row = Omit<NewSecurable, "details"> & { id: string; nameKey: string; details: Json };

/** Adds objects and tells everybody. @throws AppError `conflict` when a name is taken. */
export async function insertSecurables(tx: Tx, rows: readonly NewSecurable[]): Promise<SecurableRow[]> {
  const data = rows.map((row) => ({
    ...row,
    id: row.id ?? newId(prefixes[row.kind] ?? "obj"),
    nameKey: nameKey(row.name),
    updatedById: row.createdById,
    details: (row.details ?? {}) as Json,
    properties: row.properties ?? {},
  }));
  await requireFreeNames(tx, data);
  const made = await createRows(tx, data);
  await bumpPolicyEpoch(
    tx,
    made.map(({ id }) => ({ kind: "securable", id })),
  );
  return made;
}

async function createRows(tx: Tx, data: readonly Row[]): Promise<SecurableRow[]> {
  try {
    return await tx.securable.createManyAndReturn({ data: [...data] });
  } catch (error) {
    const [first] = data;
    // Another writer was quicker.
    if (first && isUniqueViolation(error)) throw taken(first.kind, first.name, error);
    throw error;
  }
}

/** Asked before anything is written: a failed statement would spoil the caller's transaction. */
async function requireFreeNames(tx: Tx, rows: readonly Row[]): Promise<void> {
  const place = (parentId: string | null, key: string) => `${parentId}\n${key}`;
  const holders = await tx.securable.findMany({
    select: { parentId: true, nameKey: true },
    where: {
      droppedAt: null,
      parentId: { in: [...new Set(rows.map(({ parentId }) => parentId))] },
      nameKey: { in: rows.map(({ nameKey }) => nameKey) },
    },
  });
  const held = new Set(holders.map(({ parentId, nameKey }) => place(parentId, nameKey)));
  for (const { kind, name, parentId, nameKey } of rows) {
    const at = place(parentId, nameKey);
    if (held.has(at)) throw taken(kind, name);
    held.add(at);
  }
}

export interface SecurableChange {
  name?: string;
  parentId?: string;
  ownerId?: string;
  comment?: string;
  properties?: Record<string, string>;
  details?: Record<string, unknown>;
}

/** Changes the row if its revision is still the one seen. @throws AppError `conflict`. */
export async function changeSecurable(
  tx: Tx,
  row: SecurableRow,
  change: SecurableChange,
  by: { id: string; revision?: number },
): Promise<SecurableRow> {
  const { name = row.name, parentId = row.parentId, details, ...rest } = change;
  if (parentId !== null && (name !== row.name || parentId !== row.parentId)) {
    const holder = await findChild(tx, parentId, name);
    if (holder && holder.id !== row.id) throw taken(row.kind as StoredKind, name);
  }
  const { count } = await tx.securable.updateMany({
    where: { id: row.id, droppedAt: null, ...(by.revision === undefined ? {} : { revision: by.revision }) },
    data: {
      ...rest,
      ...(details ? { details: details as Json } : {}),
      name,
      nameKey: nameKey(name),
      parentId,
      updatedById: by.id,
      updatedAt: now(),
      revision: { increment: 1 },
    },
  });
  if (count === 0) {
    throw new AppError(
      "conflict",
      `Somebody else has changed ${row.name} meanwhile. Load it again to see how.`,
    );
  }
  const decides = name !== row.name || parentId !== row.parentId || change.ownerId !== undefined;
  if (decides) await bumpPolicyEpoch(tx, [{ kind: "securable", id: row.id }]);
  const changed = await findSecurable(tx, row.id);
  if (!changed) throw new Error("A changed object is gone");
  return changed;
}

/** Hides objects and frees their names; they can be brought back under the same drop. */
export async function markDropped(
  tx: Tx,
  rows: readonly SecurableRow[],
  drop: { id: string; byId: string; at: Date },
): Promise<void> {
  await tx.securable.updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: { droppedAt: drop.at, droppedById: drop.byId, dropId: drop.id },
  });
  await bumpPolicyEpoch(
    tx,
    rows.map(({ id }) => ({ kind: "securable", id })),
  );
}

/** Brings back what one drop hid. */
export async function markRestored(tx: Tx, rows: readonly SecurableRow[]): Promise<void> {
  await tx.securable.updateMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    data: { droppedAt: null, droppedById: null, dropId: null },
  });
  await bumpPolicyEpoch(
    tx,
    rows.map(({ id }) => ({ kind: "securable", id })),
  );
}

/** What was dropped and can still be brought back: the objects that were dropped, not what went with them. */
export function findDropped(
  reader: Reader,
  since: Date,
  parentIds?: readonly string[],
): Promise<SecurableRow[]> {
  return reader.securable.findMany({
    where: {
      droppedAt: { gte: since },
      ...(parentIds ? { parentId: { in: [...parentIds] } } : {}),
      dropId: { equals: reader.securable.fields.id },
    },
    orderBy: { droppedAt: "desc" },
  });
}

/** Removes rows for good, with grants on them. */
export async function removeSecurables(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.grant.deleteMany({ where: { securableId: { in: [...ids] } } });
  await tx.attributePolicy.deleteMany({ where: { securableId: { in: [...ids] } } });
  await tx.securable.deleteMany({ where: { id: { in: [...ids] } } });
  await bumpPolicyEpoch(
    tx,
    ids.map((id) => ({ kind: "securable", id })),
  );
}

/** The ids whose time to be brought back has passed, the deepest first. */
export async function findExpired(reader: Reader, before: Date): Promise<SecurableRow[]> {
  return reader.securable.findMany({ where: { droppedAt: { lt: before } } });
}

/**
 * Makes calls by these names need a right on their objects. The first to claim a name keeps it: a second
 * object over the same model must not open it to others.
 */
export async function claimCalledNames(
  tx: Tx,
  claims: readonly { name: string; securableId: string }[],
): Promise<void> {
  const names = claims.map(({ name }) => name);
  const rows = await tx.calledName.findMany({ select: { name: true }, where: { name: { in: names } } });
  const held = new Set(rows.map(({ name }) => name));
  const fresh = new Map(claims.filter(({ name }) => !held.has(name)).map((claim) => [claim.name, claim]));
  if (fresh.size === 0) return;
  await tx.calledName.createMany({ data: [...fresh.values()] });
  const ids = new Set([...fresh.values()].map(({ securableId }) => securableId));
  await bumpPolicyEpoch(
    tx,
    [...ids].map((id) => ({ kind: "names", id })),
  );
}
