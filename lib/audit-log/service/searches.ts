import "server-only";
import { record } from "@/lib/audit/server";
import { auditContext, type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { auditFilter, type SavedSearch, type searchInput, type searchPatch } from "../schema";
import {
  countSearches,
  deleteSearch,
  findSearch,
  findSearches,
  insertSearch,
  renameSearch,
} from "../store/searches";

const most = 100;

const shown = ({ id, name, filter }: { id: string; name: string; filter: unknown }): SavedSearch => ({
  id,
  name,
  filter: auditFilter.safeParse(filter).data ?? {},
});

const audit = (tx: Tx, ctx: Context, action: string, params: Record<string, unknown>) =>
  record(tx, auditContext(ctx), { service: "auditLog", action, params, status: 200 });

/** The caller's own, by name. */
export async function findSavedSearches(ctx: Context): Promise<SavedSearch[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "audit-search", ownerId: ctx.actor.userId });
  return (await findSearches((await db()).prisma, ctx.actor.userId)).map(shown);
}

export async function saveSearch(
  ctx: Context,
  input: ReturnType<typeof searchInput.parse>,
): Promise<SavedSearch> {
  const { userId } = ctx.actor;
  requirePrivilege(ctx, "MANAGE", { kind: "audit-search", ownerId: userId });
  return (await db()).write(async (tx) => {
    if ((await countSearches(tx, userId)) >= most) {
      throw new AppError("conflict", `You have ${most} saved searches. Delete one first.`);
    }
    const row = await insertSearch(tx, { id: newId("aus"), ownerId: userId, ...input });
    await audit(tx, ctx, "saveSearch", { searchId: row.id, name: row.name });
    return shown(row);
  });
}

async function requireOwn(tx: Tx, ctx: Context, id: string) {
  const row = /^\w{1,60}$/.test(id) ? await findSearch(tx, id) : null;
  if (!row) throw notFound("audit-search");
  requirePrivilege(ctx, "MANAGE", { kind: "audit-search", ownerId: row.ownerId, id });
  return row;
}

export async function updateSearch(
  ctx: Context,
  id: string,
  { name }: ReturnType<typeof searchPatch.parse>,
): Promise<SavedSearch> {
  return (await db()).write(async (tx) => {
    await requireOwn(tx, ctx, id);
    const row = await renameSearch(tx, id, name);
    await audit(tx, ctx, "updateSearch", { searchId: id, name });
    return shown(row);
  });
}

export async function deleteSavedSearch(ctx: Context, id: string): Promise<void> {
  await (await db()).write(async (tx) => {
    const { name } = await requireOwn(tx, ctx, id);
    await deleteSearch(tx, id);
    await audit(tx, ctx, "deleteSearch", { searchId: id, name });
  });
}
