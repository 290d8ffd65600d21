import "server-only";
import { AppError } from "@/lib/core";
import { isUniqueViolation, type Tx } from "@/lib/db/server";
import { groupNameKey } from "../group-name";
import { literally } from "./like";

type Reader = Pick<Tx, "group" | "groupMember">;

const matching = (q: string) => ({
  OR: [
    { nameKey: { contains: literally(groupNameKey(q)) } },
    { description: { contains: literally(q), mode: "insensitive" as const } },
    { externalName: { contains: literally(q), mode: "insensitive" as const } },
  ],
});

/** Groups by name, `most` at most; all of them where nothing is searched. */
export function listGroups(tx: Reader, q: string, most: number) {
  return tx.group.findMany({ where: q ? matching(q) : {}, orderBy: { nameKey: "asc" }, take: most });
}

export function countGroups(tx: Reader, q: string): Promise<number> {
  return tx.group.count({ where: q ? matching(q) : {} });
}

export function findGroup(tx: Reader, id: string) {
  return tx.group.findUnique({ where: { id } });
}

export type GroupRow = NonNullable<Awaited<ReturnType<typeof findGroup>>>;

/** Names of groups by id. */
export async function groupNames(tx: Reader, ids: Iterable<string>): Promise<Map<string, string>> {
  const rows = await tx.group.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Groups that a value of the identity provider's claim puts people in. */
export function findMappedGroups(tx: Reader, values?: readonly string[]) {
  return tx.group.findMany({
    where: { externalName: values ? { in: [...values] } : { not: null } },
    orderBy: { nameKey: "asc" },
  });
}

/** Which of two unique values is taken, asked before the insert: a failed statement would end the transaction. */
async function requireFree(
  tx: Reader,
  { name, externalName }: { name?: string; externalName?: string | null },
  exceptId?: string,
): Promise<void> {
  const taken = (path: string, message: string) =>
    new AppError("conflict", message, { details: [{ path, message }] });
  if (name !== undefined) {
    const row = await tx.group.findUnique({ where: { nameKey: groupNameKey(name) } });
    if (row && row.id !== exceptId) throw taken("name", `There is a group “${row.name}” already.`);
  }
  if (externalName) {
    const row = await tx.group.findUnique({ where: { externalName } });
    if (row && row.id !== exceptId) {
      throw taken("externalName", `“${externalName}” leads to the group “${row.name}” already.`);
    }
  }
}

/** Two writers on PostgreSQL can both find a name free; the loser's statement is a conflict like any other. */
function translated(error: unknown): unknown {
  if (!isUniqueViolation(error)) return error;
  return new AppError("conflict", "Somebody took this name at the same moment. Choose another.", {
    cause: error,
  });
}

interface NewGroup {
  id: string;
  name: string;
  description?: string;
  externalName?: string | null;
  createdById: string;
}

/** @throws AppError `conflict` when the name or the claim's value is taken. */
export async function insertGroup(tx: Tx, group: NewGroup): Promise<void> {
  await requireFree(tx, group);
  try {
    await tx.group.create({
      data: { ...group, nameKey: groupNameKey(group.name), updatedById: group.createdById },
    });
  } catch (error) {
    throw translated(error);
  }
}

interface GroupChange {
  name?: string;
  description?: string;
  externalName?: string | null;
  updatedById: string;
}

/** @throws AppError `conflict` when another revision is there by now, or a name is taken. */
export async function changeGroup(tx: Tx, id: string, revision: number, change: GroupChange): Promise<void> {
  await requireFree(tx, change, id);
  const nameKey = change.name === undefined ? undefined : groupNameKey(change.name);
  try {
    const { count } = await tx.group.updateMany({
      where: { id, revision },
      data: { ...change, nameKey, revision: { increment: 1 } },
    });
    if (count === 1) return;
  } catch (error) {
    throw translated(error);
  }
  throw new AppError("conflict", "Not saved. Somebody changed this group meanwhile. Look at it again.");
}

/** With its members' rows, and its own in other groups. */
export async function deleteGroupRow(tx: Tx, id: string): Promise<void> {
  await tx.groupMember.deleteMany({ where: { memberId: id } });
  await tx.group.delete({ where: { id } });
}
