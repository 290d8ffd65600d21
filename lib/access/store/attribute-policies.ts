import "server-only";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import { policyDefinition } from "../attributes/definition";
import type { AttributeRule } from "../attributes/resolve";
import { nameKey } from "../names";
import { bumpPolicyEpoch } from "./epoch";

type Reader = Pick<Tx, "attributePolicy">;

export interface AttributePolicyRow extends AttributeRule {
  comment: string;
  createdById: string;
  createdAt: Date;
  updatedById: string | null;
  updatedAt: Date;
  revision: number;
}

type Stored = NonNullable<Awaited<ReturnType<Reader["attributePolicy"]["findFirst"]>>>;

function toRow({ kind, nameKey: _, definition, ...row }: Stored): AttributePolicyRow {
  return { ...row, ...policyDefinition.parse({ ...(definition as object), type: kind }) };
}

/** Policies on these objects, by name. */
export async function findAttributePolicies(
  reader: Reader,
  securableIds: readonly string[],
): Promise<AttributePolicyRow[]> {
  const rows = await reader.attributePolicy.findMany({
    where: { securableId: { in: [...securableIds] } },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
  });
  return rows.map(toRow);
}

export async function findAttributePolicy(reader: Reader, id: string): Promise<AttributePolicyRow | null> {
  const row = await reader.attributePolicy.findUnique({ where: { id } });
  return row && toRow(row);
}

/** Names of policies that are set on these objects or apply one of these functions. */
export async function findPoliciesAbout(
  reader: Pick<Tx, "$queryRaw">,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT "name" FROM "AttributePolicy"
    WHERE "securableId" = ANY(${ids}) OR ("definition" ->> 'functionId') = ANY(${ids})
    ORDER BY "nameKey"`;
  return rows.map(({ name }) => name);
}

/** Names of policies meant for this principal by name: without it they would hold for fewer. */
export async function findPoliciesFor(reader: Reader, principalId: string): Promise<string[]> {
  const rows = await reader.attributePolicy.findMany({
    select: { name: true },
    where: { toIds: { has: principalId } },
    orderBy: { nameKey: "asc" },
  });
  return rows.map(({ name }) => name);
}

export type AttributePolicyFacts = Omit<AttributeRule, "id" | "securableId"> & { comment: string };

const stored = ({ type, name, toIds, exceptIds, comment, ...definition }: AttributePolicyFacts) => ({
  name,
  nameKey: nameKey(name),
  kind: type,
  toIds: [...toIds],
  exceptIds: [...exceptIds],
  comment,
  definition: { ...definition, match: [...definition.match], using: [...definition.using] },
});

async function requireFreeName(tx: Tx, securableId: string, name: string, id?: string): Promise<void> {
  const where = { securableId_nameKey: { securableId, nameKey: nameKey(name) } };
  const taken = await tx.attributePolicy.findUnique({ select: { id: true }, where });
  if (taken && taken.id !== id) throw new AppError("conflict", `There is a policy ${name} here already.`);
}

/** @throws AppError `conflict` for a taken name */
export async function insertAttributePolicy(
  tx: Tx,
  { id, securableId, ...facts }: AttributePolicyFacts & { id: string; securableId: string },
  byId: string,
): Promise<void> {
  await requireFreeName(tx, securableId, facts.name);
  await tx.attributePolicy.create({ data: { id, securableId, ...stored(facts), createdById: byId } });
  await bumpPolicyEpoch(tx, [{ kind: "grants", id: securableId }]);
}

/** @throws AppError `conflict` for a taken name, or when somebody changed it after `revision` */
export async function changeAttributePolicy(
  tx: Tx,
  { id, securableId, revision }: Pick<AttributePolicyRow, "id" | "securableId" | "revision">,
  facts: AttributePolicyFacts,
  byId: string,
): Promise<void> {
  await requireFreeName(tx, securableId, facts.name, id);
  const { count } = await tx.attributePolicy.updateMany({
    where: { id, revision },
    data: { ...stored(facts), updatedById: byId, revision: { increment: 1 } },
  });
  if (count === 0)
    throw new AppError("conflict", "Somebody changed this policy meanwhile. Look at it again.");
  await bumpPolicyEpoch(tx, [{ kind: "grants", id: securableId }]);
}

export async function removeAttributePolicy(
  tx: Tx,
  { id, securableId }: Pick<AttributePolicyRow, "id" | "securableId">,
): Promise<void> {
  await tx.attributePolicy.deleteMany({ where: { id } });
  await bumpPolicyEpoch(tx, [{ kind: "grants", id: securableId }]);
}
