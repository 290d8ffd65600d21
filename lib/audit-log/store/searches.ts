import "server-only";
import { AppError } from "@/lib/core";
import { isUniqueViolation, type Tx } from "@/lib/db/server";
import type { AuditFilter } from "../schema";

type Reader = Pick<Tx, "auditSearch">;

async function named<T>(name: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause;
    throw new AppError("conflict", `You have a search named ${name} already. Choose another name.`, {
      cause,
    });
  }
}

export function findSearches(reader: Reader, ownerId: string) {
  return reader.auditSearch.findMany({ where: { ownerId }, orderBy: { name: "asc" } });
}

export function countSearches(reader: Reader, ownerId: string): Promise<number> {
  return reader.auditSearch.count({ where: { ownerId } });
}

export function findSearch(reader: Reader, id: string) {
  return reader.auditSearch.findUnique({ where: { id } });
}

/** @throws AppError `conflict` for a name that is taken. */
export function insertSearch(
  tx: Tx,
  search: { id: string; ownerId: string; name: string; filter: AuditFilter },
) {
  return named(search.name, tx.auditSearch.create({ data: search }));
}

/** @throws AppError `conflict` for a name that is taken. */
export function renameSearch(tx: Tx, id: string, name: string) {
  return named(name, tx.auditSearch.update({ where: { id }, data: { name } }));
}

export async function deleteSearch(tx: Tx, id: string): Promise<void> {
  await tx.auditSearch.delete({ where: { id } });
}
