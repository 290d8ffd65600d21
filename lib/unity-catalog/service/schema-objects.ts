import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import { type CatalogObject, schemaObjectCreation } from "@/lib/catalog";
import { createInSchema, dropObject, findObjects, getObjectByName } from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import type { functionCreation, ObjectPage, tableCreation, volumeCreation, volumeUpdate } from "../schema";
import { toFunction, toRegisteredModel, toTable, toVolume } from "../view";
import { change } from "./containers";
import { nextPage, readPage } from "./pages";

type Kind = "table" | "volume" | "function" | "model";

interface Place {
  catalog_name: string;
  schema_name: string;
}

const schemaOf = (ctx: Context, { catalog_name, schema_name }: Place) =>
  getObjectByName(ctx, { name: `${catalog_name}.${schema_name}`, kind: "schema" });

async function listed<T>(ctx: Context, kind: Kind, query: ObjectPage, show: (object: CatalogObject) => T) {
  const { id } = await schemaOf(ctx, query);
  const { objects, next } = await findObjects(ctx, { parent: id, kind, ...readPage(query) });
  return { shown: objects.map(show), page: nextPage(next) };
}

interface New extends Place {
  name: string;
  comment?: string | null;
}

async function create(
  ctx: Context,
  kind: Exclude<Kind, "model">,
  { catalog_name, schema_name, name, comment, ...details }: New & Record<string, unknown>,
  properties: Record<string, string> | null = {},
): Promise<CatalogObject> {
  const schema = await schemaOf(ctx, { catalog_name, schema_name });
  const facts = { kind, name, comment: comment ?? "", properties: properties ?? {}, details };
  return createInSchema(ctx, schema.id, parseInput(schemaObjectCreation, facts));
}

async function drop(ctx: Context, kind: Kind, name: string) {
  const { id } = await getObjectByName(ctx, { name, kind });
  await dropObject(ctx, id, { force: false });
  return {};
}

export async function findTables(ctx: Context, query: ObjectPage) {
  const { shown, page } = await listed(ctx, "table", query, toTable);
  const tables = shown.map((table) => ({
    ...table,
    ...(query.omit_columns === "true" ? { columns: [] } : {}),
    ...(query.omit_properties === "true" ? { properties: {} } : {}),
  }));
  return { tables, ...page };
}

/** A table by what is known of it; its rows stay where they are. */
export async function createTable(ctx: Context, { properties, ...table }: z.output<typeof tableCreation>) {
  const columns = table.columns.map((column, at) => ({ ...column, position: column.position ?? at }));
  return toTable(await create(ctx, "table", { ...table, columns }, properties ?? {}));
}

export async function getTable(ctx: Context, name: string) {
  return toTable(await getObjectByName(ctx, { name, kind: "table" }));
}

export const deleteTable = (ctx: Context, name: string) => drop(ctx, "table", name);

export async function findVolumes(ctx: Context, query: ObjectPage) {
  const { shown, page } = await listed(ctx, "volume", query, toVolume);
  return { volumes: shown, ...page };
}

export async function createVolume(ctx: Context, volume: z.output<typeof volumeCreation>) {
  return toVolume(await create(ctx, "volume", volume));
}

export async function getVolume(ctx: Context, name: string) {
  return toVolume(await getObjectByName(ctx, { name, kind: "volume" }));
}

export async function updateVolume(ctx: Context, name: string, update: z.output<typeof volumeUpdate>) {
  return toVolume(await change(ctx, await getObjectByName(ctx, { name, kind: "volume" }), update));
}

export const deleteVolume = (ctx: Context, name: string) => drop(ctx, "volume", name);

export async function findFunctions(ctx: Context, query: ObjectPage) {
  const { shown, page } = await listed(ctx, "function", query, toFunction);
  return { functions: shown, ...page };
}

/** The form in which functions carry their properties: JSON in a text. */
function readProperties(text: string | null | undefined): Record<string, string> {
  if (!text) return {};
  try {
    return parseInput(schemaObjectCreation.shape.properties, JSON.parse(text));
  } catch (cause) {
    throw new AppError("invalid", "properties: Write a JSON object of texts.", { cause });
  }
}

export async function createFunction(
  ctx: Context,
  { function_info: { properties, ...info } }: z.output<typeof functionCreation>,
) {
  return toFunction(await create(ctx, "function", info, readProperties(properties)));
}

export async function getFunction(ctx: Context, name: string) {
  return toFunction(await getObjectByName(ctx, { name, kind: "function" }));
}

export const deleteFunction = (ctx: Context, name: string) => drop(ctx, "function", name);

export async function findRegisteredModels(ctx: Context, query: ObjectPage) {
  const { shown, page } = await listed(ctx, "model", query, toRegisteredModel);
  return { registered_models: shown, ...page };
}

export async function getRegisteredModel(ctx: Context, name: string) {
  return toRegisteredModel(await getObjectByName(ctx, { name, kind: "model" }));
}
