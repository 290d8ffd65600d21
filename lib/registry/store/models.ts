import "server-only";
import { administrators } from "@/lib/access";
import { defaultSchemaId, insertSecurables } from "@/lib/access/server";
import { AppError, newId, now } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import type { ModelTags } from "../schema";

type Reader = Pick<Tx, "registeredModel" | "modelVersion" | "user">;

const summaryParts = {
  owner: { select: { id: true, name: true } },
  aliases: { select: { alias: true, version: true }, orderBy: { alias: "asc" } },
  versions: {
    select: {
      number: true,
      servedAs: true,
      fingerprint: true,
      source: true,
      files: true,
      signature: true,
      license: true,
      deprecatedFrom: true,
      deprecation: true,
      createdAt: true,
      approvals: { select: { id: true }, where: { state: "pending" } },
    },
    orderBy: { number: "desc" },
  },
} as const;

const wholeParts = {
  owner: { select: { id: true, name: true } },
  aliases: { orderBy: { alias: "asc" } },
  versions: {
    include: { metrics: { orderBy: { name: "asc" } }, approvals: { orderBy: { requestedAt: "desc" } } },
    orderBy: { number: "desc" },
  },
} as const;

/** All models with what a catalogue shows of them, by name. */
export function listModelRows(reader: Reader) {
  return reader.registeredModel.findMany({ include: summaryParts, orderBy: { name: "asc" } });
}
export type SummaryRow = Awaited<ReturnType<typeof listModelRows>>[number];

export function findModelRow(reader: Reader, where: { id: string } | { name: string }) {
  return reader.registeredModel.findUnique({ where, include: wholeParts });
}
export type ModelRow = NonNullable<Awaited<ReturnType<typeof findModelRow>>>;

/** Model ids by name. */
export async function findModelIds(reader: Reader, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await reader.registeredModel.findMany({
    select: { id: true, name: true },
    where: { name: { in: [...names] } },
  });
  return new Map(rows.map(({ id, name }) => [name, id]));
}

interface NewModel {
  name: string;
  description: string;
  /** Null: the workbench itself. */
  createdById: string | null;
  /** Where it lies in the catalogue; the default schema when absent. */
  schemaId?: string;
}

/** Adds models; whoever made one owns it. @throws AppError `conflict` when a name is taken. */
export async function insertModels(tx: Tx, models: readonly NewModel[]): Promise<Map<string, string>> {
  const taken = await findModelIds(
    tx,
    models.map(({ name }) => name),
  );
  const [first] = taken.keys();
  if (first !== undefined)
    throw new AppError("conflict", `A registered model named ${first} exists already.`);
  const retired = await tx.retiredModelName.findMany({
    where: { name: { in: models.map(({ name }) => name) } },
  });
  const lastNumbers = new Map(retired.map(({ name, lastNumber }) => [name, lastNumber]));
  const rows = models.map((model) => ({ id: newId("mdl"), ...model }));
  await tx.registeredModel.createMany({
    data: rows.map(({ schemaId: _, ...row }) => ({
      ...row,
      ownerId: row.createdById,
      lastNumber: lastNumbers.get(row.name) ?? 0,
    })),
  });
  await insertSecurables(
    tx,
    rows.map(({ id, name, description, createdById, schemaId = defaultSchemaId }) => ({
      id,
      kind: "model",
      parentId: schemaId,
      name,
      ownerId: createdById ?? administrators,
      createdById,
      comment: description,
    })),
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}

interface ModelChange {
  description?: string;
  tags?: ModelTags;
  ownerId?: string | null;
  approvalRequired?: boolean;
  deprecatedAt?: Date | null;
  deprecation?: string;
}

/** Changes the row if its revision is still the one seen. @throws AppError `conflict`. */
export async function changeModel(tx: Tx, id: string, revision: number, change: ModelChange): Promise<void> {
  const { count } = await tx.registeredModel.updateMany({
    where: { id, revision },
    data: { ...change, revision: { increment: 1 } },
  });
  if (count === 0) {
    throw new AppError(
      "conflict",
      "Somebody else has changed this model meanwhile. Load it again to see how.",
    );
  }
}

/** Marks a model as changed without touching what a form holds. */
export async function touchModel(tx: Tx, id: string): Promise<void> {
  await tx.registeredModel.update({ where: { id }, data: { updatedAt: now() } });
}

/** Takes over owner and description from the catalogue; an owner who is a group is nobody's account. */
export async function describeModelRow(
  tx: Tx,
  id: string,
  { ownerId, comment }: { ownerId?: string; comment?: string },
): Promise<void> {
  const account = ownerId === undefined ? null : await tx.user.findUnique({ where: { id: ownerId } });
  await tx.registeredModel.updateMany({
    where: { id },
    data: {
      ...(ownerId === undefined ? {} : { ownerId: account?.id ?? null }),
      ...(comment === undefined ? {} : { description: comment }),
      revision: { increment: 1 },
    },
  });
}

/** @throws AppError `conflict` when another model has that name */
export async function renameModelRow(tx: Tx, id: string, name: string): Promise<void> {
  const other = await tx.registeredModel.findUnique({ where: { name } });
  if (other && other.id !== id)
    throw new AppError("conflict", `A registered model named ${name} exists already.`);
  await tx.registeredModel.updateMany({ where: { id }, data: { name, revision: { increment: 1 } } });
}
