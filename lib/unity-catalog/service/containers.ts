import "server-only";
import type { z } from "zod";
import { metastoreId, securableName } from "@/lib/access";
import { findPrincipal } from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { type CatalogObject, objectCreation } from "@/lib/catalog";
import {
  createObject,
  dropObject,
  findObjects,
  getObject,
  getObjectByName,
  transferOwner,
  updateObject,
} from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type {
  ContainerUpdate,
  catalogCreation,
  catalogPage,
  deletion,
  schemaCreation,
  schemaPage,
} from "../schema";
import { toCatalog, toSchema } from "../view";
import { nextPage, readPage } from "./pages";

type Force = z.output<typeof deletion>;

/** The metastore that every name here is relative to. */
export async function getMetastoreSummary(ctx: Context) {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const { id, name, owner, createdAt, updatedAt } = await getObject(ctx, metastoreId);
  return {
    metastore_id: id,
    name,
    owner: owner.handle,
    created_at: Date.parse(createdAt),
    updated_at: Date.parse(updatedAt),
  };
}

export async function findCatalogs(ctx: Context, query: z.output<typeof catalogPage>) {
  const { objects, next } = await findObjects(ctx, {
    parent: metastoreId,
    kind: "catalog",
    ...readPage(query),
  });
  return { catalogs: objects.map(toCatalog), ...nextPage(next) };
}

export async function createCatalog(
  ctx: Context,
  { name, comment, properties }: z.output<typeof catalogCreation>,
) {
  const facts = { kind: "catalog", name, comment: comment ?? "", properties: properties ?? {} };
  return toCatalog(await createObject(ctx, parseInput(objectCreation, facts)));
}

export async function getCatalog(ctx: Context, name: string) {
  return toCatalog(await getObjectByName(ctx, { name, kind: "catalog" }));
}

/** Renames, describes and hands over, in this order; the clients send no revision, so the last one counts. */
export async function change(
  ctx: Context,
  object: CatalogObject,
  { new_name, comment, properties, owner }: ContainerUpdate,
): Promise<CatalogObject> {
  const patch = {
    ...(new_name ? { name: parseInput(securableName, new_name) } : {}),
    ...(comment === undefined || comment === null ? {} : { comment }),
    ...(properties ? { properties } : {}),
  };
  const { id, revision } = object;
  const changed =
    Object.keys(patch).length > 0 ? await updateObject(ctx, id, { revision, ...patch }) : object;
  if (!owner || owner === changed.owner.handle) return changed;
  const principal = await findPrincipal((await db()).prisma, owner);
  if (!principal) throw new AppError("not_found", "There is no such user, service principal or group.");
  return transferOwner(ctx, id, { principalId: principal.id, revision: changed.revision });
}

export async function updateCatalog(ctx: Context, name: string, update: ContainerUpdate) {
  return toCatalog(await change(ctx, await getObjectByName(ctx, { name, kind: "catalog" }), update));
}

const isForced = ({ force }: Force) => force?.toLowerCase() === "true";

export async function deleteCatalog(ctx: Context, name: string, query: Force) {
  const { id } = await getObjectByName(ctx, { name, kind: "catalog" });
  await dropObject(ctx, id, { force: isForced(query) });
  return {};
}

export async function findSchemas(ctx: Context, query: z.output<typeof schemaPage>) {
  const { id } = await getObjectByName(ctx, { name: query.catalog_name, kind: "catalog" });
  const { objects, next } = await findObjects(ctx, { parent: id, kind: "schema", ...readPage(query) });
  return { schemas: objects.map(toSchema), ...nextPage(next) };
}

export async function createSchema(
  ctx: Context,
  { name, catalog_name, comment, properties }: z.output<typeof schemaCreation>,
) {
  const { id } = await getObjectByName(ctx, { name: catalog_name, kind: "catalog" });
  const facts = { kind: "schema", parentId: id, name, comment: comment ?? "", properties: properties ?? {} };
  return toSchema(await createObject(ctx, parseInput(objectCreation, facts)));
}

export async function getSchema(ctx: Context, name: string) {
  return toSchema(await getObjectByName(ctx, { name, kind: "schema" }));
}

export async function updateSchema(ctx: Context, name: string, update: ContainerUpdate) {
  return toSchema(await change(ctx, await getObjectByName(ctx, { name, kind: "schema" }), update));
}

export async function deleteSchema(ctx: Context, name: string, query: Force) {
  const { id } = await getObjectByName(ctx, { name, kind: "schema" });
  await dropObject(ctx, id, { force: isForced(query) });
  return {};
}
