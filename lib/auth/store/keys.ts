import "server-only";
import type { Tx } from "@/lib/db/server";

/** A key's row with its owner, for deciding whether it opens anything. */
export function findKeyWithOwner(tx: Tx, id: string) {
  return tx.apiKey.findUnique({ where: { id }, include: { owner: true } });
}

export function findLiveKeys(tx: Tx, ownerId: string) {
  return tx.apiKey.findMany({ where: { ownerId, revokedAt: null }, orderBy: { createdAt: "desc" } });
}

export function countLiveKeys(tx: Tx, ownerId: string) {
  return tx.apiKey.count({ where: { ownerId, revokedAt: null } });
}

export function findKey(tx: Tx, id: string) {
  return tx.apiKey.findUnique({ where: { id } });
}

interface NewKey {
  id: string;
  ownerId: string;
  name: string;
  hash: Buffer;
  expiresAt: Date | null;
}

export function insertKey(tx: Tx, key: NewKey) {
  return tx.apiKey.create({ data: { ...key, hash: new Uint8Array(key.hash) } });
}

/** Whether a live key was revoked by this call. */
export async function revokeKeyRow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  return count === 1;
}

export async function revokeKeysOf(tx: Tx, ownerId: string, at: Date): Promise<number> {
  const { count } = await tx.apiKey.updateMany({
    where: { ownerId, revokedAt: null },
    data: { revokedAt: at },
  });
  return count;
}

export function touchKey(tx: Tx, id: string, at: Date) {
  return tx.apiKey.updateMany({ where: { id }, data: { lastUsedAt: at } });
}
