import "server-only";
import type { Tx } from "@/lib/db/server";
import type { KeyScopes } from "../schema";
import { literally } from "./like";

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

const matching = (q: string) => ({
  OR: [
    { name: { contains: literally(q), mode: "insensitive" as const } },
    { id: { startsWith: literally(q.replace(/^tsr_/, "")) } },
    { owner: { name: { contains: literally(q), mode: "insensitive" as const } } },
    { owner: { email: { contains: literally(q), mode: "insensitive" as const } } },
  ],
});

/** Everybody's keys that were not revoked, newest first, `most` at most. */
export function listLiveKeys(tx: Tx, q: string, most: number) {
  return tx.apiKey.findMany({
    where: { revokedAt: null, ...(q ? matching(q) : {}) },
    include: { owner: true },
    orderBy: { createdAt: "desc" },
    take: most,
  });
}

export function countAllLiveKeys(tx: Tx, q: string): Promise<number> {
  return tx.apiKey.count({ where: { revokedAt: null, ...(q ? matching(q) : {}) } });
}

interface NewKey {
  id: string;
  ownerId: string;
  name: string;
  hash: Buffer;
  expiresAt: Date | null;
  scopes?: KeyScopes;
  createdById?: string;
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
