import "server-only";
import { db } from "@/lib/db/server";
import { allAccounts, type Context, notFound, requirePrivilege } from "../context";
import { type ApiKey, mostOwned, type OwnedFilter, type OwnedKey } from "../schema";
import { countAllLiveKeys, findLiveKeys, listLiveKeys } from "../store/keys";
import { findPrincipal, refOf } from "../store/users";
import { shownKey } from "./keys";

/** Everybody's keys that were not revoked, newest first; narrowed by key or owner. */
export async function findAllKeys(
  ctx: Context,
  { q = "" }: OwnedFilter,
): Promise<{ keys: OwnedKey[]; total: number }> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  const { prisma } = await db();
  const rows = await listLiveKeys(prisma, q.trim(), mostOwned);
  return {
    keys: rows.map((row) => ({ ...shownKey(row), owner: refOf(row.owner) })),
    total: rows.length < mostOwned ? rows.length : await countAllLiveKeys(prisma, q.trim()),
  };
}

/** One principal's keys that were not revoked. @throws AppError `not_found` */
export async function findKeysOf(ctx: Context, ownerId: string): Promise<ApiKey[]> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id: ownerId });
  const { prisma } = await db();
  if (!(await findPrincipal(prisma, ownerId))) throw notFound("user");
  return (await findLiveKeys(prisma, ownerId)).map(shownKey);
}
