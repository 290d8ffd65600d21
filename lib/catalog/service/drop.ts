import "server-only";
import { metastoreId } from "@/lib/access";
import {
  authorize,
  currentPolicy,
  findCalledNames,
  findChild,
  findDropped,
  findExpired,
  findGrants,
  findPoliciesAbout,
  findSecurable,
  findWithin,
  markDropped,
  markRestored,
  removeSecurables,
  type SecurableRow,
} from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import type { Context } from "@/lib/auth/server";
import { AppError, newId, now } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { hooksOf } from "../hooks";
import type { CatalogObject, DropPreview, DroppedObject, ObjectRef } from "../schema";
import { principalNames, storedKind, toRef } from "../view";
import { audit, noObject, requireOn } from "./context";
import { getObject } from "./objects";

/** How long a dropped object can be brought back. */
export const keptDays = 7;
const keptMs = keptDays * 86_400_000;
const mostSampled = 20;

/** What goes with an object. @throws AppError `forbidden` for whoever may not drop it. */
export async function getDropPreview(ctx: Context, id: string): Promise<DropPreview> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, id, "MANAGE");
  const { prisma } = await db();
  const rows = await findWithin(prisma, id);
  const inside = rows.filter((row) => row.id !== id);
  const ids = rows.map((row) => row.id);
  const counts = new Map<string, number>();
  for (const { kind } of inside) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const refs = inside.flatMap((row) => policy.node(row.id) ?? []).map(toRef);
  return {
    object: toRef(node),
    contents: [...counts].map(([kind, count]) => ({ kind: storedKind(kind), count })),
    sample: refs.slice(0, mostSampled),
    calledNames: (await findCalledNames(prisma, ids)).slice(0, mostSampled),
    grants: (await findGrants(prisma, { securableIds: ids })).length,
    policies: (await findPoliciesAbout(prisma, ids)).slice(0, mostSampled),
    keptDays,
  };
}

/** Hides an object and all that is in it; its name is free at once. @throws AppError `conflict` where it is not empty and `force` is not set. */
export async function dropObject(ctx: Context, id: string, { force }: { force: boolean }): Promise<void> {
  const node = requireOn(ctx, await currentPolicy(), id, "MANAGE");
  if (id === metastoreId) throw new AppError("unprocessable", "The metastore is not dropped.");
  await (await db()).write(async (tx) => {
    const rows = await findWithin(tx, id);
    const root = rows.find((row) => row.id === id);
    if (!root) throw noObject();
    const refused = rows
      .map((row) => hooksOf(storedKind(row.kind))?.refuseDrop)
      .find((why) => why !== undefined);
    if (refused) throw new AppError("conflict", refused);
    if (rows.length > 1 && !force) {
      throw new AppError(
        "conflict",
        `${root.name} is not empty: ${rows.length - 1} objects would go with it.`,
      );
    }
    await markDropped(tx, rows, { id, byId: ctx.actor.userId, at: now() });
    for (const row of rows) await hooksOf(storedKind(row.kind))?.dropped?.(tx, row.id);
    const params = { id, kind: root.kind, name: root.name, contents: rows.length - 1 };
    await audit(tx, ctx, "dropObject", params, toRef(node));
  });
}

/** The names of a dropped object's containers, as far as they are there. */
function nameOfDropped(row: SecurableRow, parent: ObjectRef | undefined): string {
  return parent && parent.kind !== "metastore" ? `${parent.fullName}.${row.name}` : row.name;
}

/** What the reader dropped or may manage the place of, the latest first. */
export async function findDroppedObjects(ctx: Context): Promise<DroppedObject[]> {
  const policy = await currentPolicy();
  const { prisma } = await db();
  const rows = await findDropped(prisma, new Date(now().getTime() - keptMs));
  const own = rows.filter((row) => mayRestore(ctx, policy, row));
  const people = await principalNames(
    prisma,
    policy,
    own.map((row) => row.droppedById),
  );
  return Promise.all(
    own.map(async (row) => {
      const parent = row.parentId === null ? undefined : policy.node(row.parentId);
      const at = row.droppedAt ?? now();
      return {
        id: row.id,
        kind: storedKind(row.kind),
        name: row.name,
        fullName: nameOfDropped(row, parent && toRef(parent)),
        droppedAt: at.toISOString(),
        droppedBy: row.droppedById === null ? null : people(row.droppedById),
        until: new Date(at.getTime() + keptMs).toISOString(),
        contents: (await findWithin(prisma, row.id, row.id)).length - 1,
      };
    }),
  );
}

/** Whoever owns it or may manage the place it was in. */
function mayRestore(
  ctx: Context,
  policy: Awaited<ReturnType<typeof currentPolicy>>,
  row: SecurableRow,
): boolean {
  if (policy.closure(ctx.actor.userId).includes(row.ownerId) && !ctx.actor.scopes) return true;
  return row.parentId !== null && authorize(ctx.actor, "MANAGE", { id: row.parentId }).allow;
}

/** Brings back an object with what went with it, its grants too. @throws AppError `conflict` when the name is taken by now. */
export async function restoreObject(ctx: Context, id: string): Promise<CatalogObject> {
  const policy = await currentPolicy();
  await (await db()).write(async (tx) => {
    const [row] = (await findDropped(tx, new Date(now().getTime() - keptMs))).filter(
      (each) => each.id === id,
    );
    if (!row || !mayRestore(ctx, policy, row)) throw noObject();
    const parent = row.parentId === null ? null : await findSecurable(tx, row.parentId);
    if (!parent) {
      throw new AppError(
        "conflict",
        `${row.name} cannot come back: what it lay in is dropped. Bring that back first.`,
      );
    }
    // Asked first: a failed statement would spoil the transaction and say nothing of names.
    if (await findChild(tx, parent.id, row.name)) {
      throw new AppError(
        "conflict",
        `${row.name} cannot come back: another object has its name. Rename or drop that first.`,
      );
    }
    const rows = await findWithin(tx, id, id);
    await markRestored(tx, rows);
    for (const each of rows) await hooksOf(storedKind(each.kind))?.restored?.(tx, each.id, each.name);
    const place = row.parentId === null ? undefined : policy.node(row.parentId);
    const fullName = nameOfDropped(row, place && toRef(place));
    await audit(
      tx,
      ctx,
      "restoreObject",
      { id, kind: row.kind, name: row.name, contents: rows.length - 1 },
      { id, kind: storedKind(row.kind), fullName },
    );
  });
  return getObject(ctx, id);
}

/** Removes for good what was dropped longer ago than it is kept. */
export async function purgeDropped(): Promise<number> {
  const before = new Date(now().getTime() - keptMs);
  const database = await db();
  if ((await findExpired(database.prisma, before)).length === 0) return 0;
  return database.write(async (tx: Tx) => {
    const rows = await findExpired(tx, before);
    for (const row of rows) await hooksOf(storedKind(row.kind))?.purged?.(tx, row.id, row.name);
    await removeSecurables(
      tx,
      rows.map((row) => row.id),
    );
    await record(
      tx,
      { requestId: newId("req"), ip: "local", userAgent: "tessera", userIdentity: "tessera" },
      {
        service: "unityCatalog",
        action: "purgeDropped",
        params: { count: rows.length, names: rows.slice(0, 50).map(({ kind, name }) => `${kind} ${name}`) },
        status: 200,
      },
    );
    return rows.length;
  });
}
