import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import type { CatalogObject } from "@/lib/catalog";
import { getObjectByName } from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import type { ModelVersion } from "@/lib/registry";
import { createVersion, deleteVersion, getModel } from "@/lib/registry/server";
import type { modelVersionCreation, versionPage } from "../schema";
import { nextPage, readPage } from "./pages";

const toVersion = ({ name, path }: CatalogObject, version: ModelVersion) => ({
  model_name: name,
  catalog_name: path[0]?.name ?? "",
  schema_name: path[1]?.name ?? "",
  version: version.number,
  source: version.servedAs,
  status: version.state === "ready" ? "READY" : "FAILED_REGISTRATION",
  comment: version.description,
  created_at: Date.parse(version.createdAt),
  created_by: version.createdBy?.name ?? null,
  updated_at: Date.parse(version.createdAt),
  id: `${name}@${version.number}`,
});

/** The versions of a registered model, newest first. */
export async function findModelVersions(ctx: Context, name: string, query: z.output<typeof versionPage>) {
  const object = await getObjectByName(ctx, { name, kind: "model" });
  const { versions } = await getModel(ctx, object.id);
  const { limit, cursor = "0" } = readPage(query);
  const start = Number(cursor);
  if (!Number.isSafeInteger(start) || start < 0) {
    throw new AppError("invalid", "page_token: This is no token of ours.");
  }
  const end = start + limit;
  return {
    model_versions: versions.slice(start, end).map((version) => toVersion(object, version)),
    ...nextPage(end < versions.length ? String(end) : null),
  };
}

export async function getModelVersion(ctx: Context, name: string, number: string) {
  const object = await getObjectByName(ctx, { name, kind: "model" });
  const { versions } = await getModel(ctx, object.id);
  const version = versions.find((each) => String(each.number) === number);
  if (!version) throw new AppError("not_found", `${object.fullName} has no version ${number.slice(0, 20)}.`);
  return toVersion(object, version);
}

/** What is served under the name `source` as the next version. */
export async function createModelVersion(
  ctx: Context,
  { model_name, catalog_name, schema_name, source }: z.output<typeof modelVersionCreation>,
) {
  const name = `${catalog_name}.${schema_name}.${model_name}`;
  const object = await getObjectByName(ctx, { name, kind: "model" });
  const [made] = (await createVersion(ctx, object.id, { servedAs: source })).versions;
  if (!made) throw new Error("No version was made");
  return toVersion(object, made);
}

/** @throws AppError `conflict` while an alias points to it, or for a built-in one */
export async function deleteModelVersion(ctx: Context, name: string, number: string) {
  const { id } = await getObjectByName(ctx, { name, kind: "model" });
  const version = await getModelVersion(ctx, name, number);
  await deleteVersion(ctx, id, version.version, { files: false });
  return {};
}
