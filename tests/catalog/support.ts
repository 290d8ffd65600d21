import type { Privilege, SchemaKind } from "@/lib/access";
import { currentPolicy, insertSecurables } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import {
  type CatalogObject,
  type GrantChanges,
  grantChanges,
  objectCreation,
  treeFilter,
} from "@/lib/catalog";
import { changeGrants, createObject, findTree, getObject, previewGrants } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";

export const makeCatalog = (ctx: Context, name: string): Promise<CatalogObject> =>
  createObject(ctx, objectCreation.parse({ kind: "catalog", name }));

export const makeSchema = (ctx: Context, name: string, parentId = "cat_main"): Promise<CatalogObject> =>
  createObject(ctx, objectCreation.parse({ kind: "schema", name, parentId }));

/** An object in a schema, as its own domain would put it there. */
export async function put(
  ctx: Context,
  parentId: string,
  name: string,
  kind: SchemaKind = "table",
): Promise<CatalogObject> {
  const ownerId = ctx.actor.userId;
  const [made] = await (await db()).write((tx) =>
    insertSecurables(tx, [{ kind, parentId, name, ownerId, createdById: ownerId }]),
  );
  await currentPolicy();
  if (!made) throw new Error("Nothing was put there");
  return getObject(ctx, made.id);
}

export const parsed = (body: GrantChanges) => grantChanges.parse(body);

/** A grant of some privileges on an object to one principal. */
export const granting = (objectId: string, principalId: string, ...add: Privilege[]) =>
  parsed({ objectIds: [objectId], changes: [{ principalId, add }] });

export const revoking = (objectId: string, principalId: string, ...remove: Privilege[]) =>
  parsed({ objectIds: [objectId], changes: [{ principalId, remove }] });

export const grant = (ctx: Context, objectId: string, principalId: string, ...add: Privilege[]) =>
  changeGrants(ctx, granting(objectId, principalId, ...add));

export const preview = (ctx: Context, body: GrantChanges) => previewGrants(ctx, parsed(body));

/** The full names somebody finds in a container, or in all of the catalogue by a text. */
export async function found(ctx: Context, filter: { parent?: string; q?: string }): Promise<string[]> {
  const { entries } = await findTree(ctx, treeFilter.parse(filter));
  return entries.map(({ fullName }) => fullName);
}

/** Rows of the audit log about an object, oldest first. */
export async function rowsAbout(securableId: string) {
  const { prisma } = await db();
  return prisma.auditEvent.findMany({ where: { securableId }, orderBy: { seq: "asc" } });
}
