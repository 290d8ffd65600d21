import "server-only";
import { record } from "@/lib/audit/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { type Context, notFound, requirePrivilege } from "../context";
import { keyHash, makeKey, readKey } from "../key-format";
import { auditContext } from "../origin";
import type { ApiKey, CreatedKey, keyInput } from "../schema";
import { countLiveKeys, findKey, findLiveKeys, insertKey, revokeKeyRow } from "../store/keys";
import { forgetVerifiedKeys } from "./key-check";

const maxKeys = 100;
const dayMs = 24 * 60 * 60 * 1000;

type Row = Awaited<ReturnType<typeof findLiveKeys>>[number];

const shown = (row: Row): ApiKey => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});

/** The person's own keys that were not revoked. */
export async function findKeys(ctx: Context): Promise<ApiKey[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "key", ownerId: ctx.actor.userId });
  return (await findLiveKeys((await db()).prisma, ctx.actor.userId)).map(shown);
}

/** A new key for the person themselves; this answer is the only place where it is ever shown. */
export async function createKey(ctx: Context, input: ReturnType<typeof keyInput.parse>): Promise<CreatedKey> {
  const ownerId = ctx.actor.userId;
  requirePrivilege(ctx, "MANAGE", { kind: "key", ownerId });
  const key = makeKey();
  const read = readKey(key);
  if ("wrong" in read) throw new Error("A made key does not read");
  const expiresAt = input.expiresInDays ? new Date(Date.now() + input.expiresInDays * dayMs) : null;
  const row = await (await db()).write(async (tx) => {
    if ((await countLiveKeys(tx, ownerId)) >= maxKeys) {
      throw new AppError("conflict", `You have ${maxKeys} keys already. Revoke those you do not use.`);
    }
    const created = await insertKey(tx, {
      id: read.id,
      ownerId,
      name: input.name,
      hash: keyHash(key),
      expiresAt,
    });
    await record(tx, auditContext(ctx), {
      service: "accounts",
      action: "createKey",
      params: { keyId: read.id, name: input.name, expiresAt: expiresAt?.toISOString() ?? null },
      status: 200,
    });
    return created;
  });
  return { ...shown(row), key };
}

/** Ends a key at once. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  const row = await findKey((await db()).prisma, id);
  if (!row) throw notFound("key");
  requirePrivilege(ctx, "MANAGE", { kind: "key", ownerId: row.ownerId });
  await (await db()).write(async (tx) => {
    if (!(await revokeKeyRow(tx, id, new Date()))) throw notFound("key");
    await record(tx, auditContext(ctx), {
      service: "accounts",
      action: "revokeKey",
      params: { keyId: id, ownerId: row.ownerId },
      status: 200,
    });
  });
  forgetVerifiedKeys();
}
