import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/server";
import { dropObject, getObject, getObjectByName } from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import { emptyRegistration } from "@/lib/registry";
import { createEmptyModel, getModel } from "@/lib/registry/server";
import type { deletion, modelCreation, modelUpdate } from "../schema";
import { toRegisteredModel } from "../view";
import { change } from "./containers";

/** A registered model without versions. @throws AppError `conflict` for a taken name */
export async function createRegisteredModel(
  ctx: Context,
  { name, catalog_name, schema_name, comment }: z.output<typeof modelCreation>,
) {
  const schema = await getObjectByName(ctx, { name: `${catalog_name}.${schema_name}`, kind: "schema" });
  const facts = { name, description: comment ?? "", schemaId: schema.id };
  const { id } = await createEmptyModel(ctx, parseInput(emptyRegistration, facts));
  return toRegisteredModel(await getObject(ctx, id));
}

export async function updateRegisteredModel(
  ctx: Context,
  name: string,
  update: z.output<typeof modelUpdate>,
) {
  return toRegisteredModel(await change(ctx, await getObjectByName(ctx, { name, kind: "model" }), update));
}

/** Drops a model; it can be brought back for some days. @throws AppError `conflict` where it has versions and `force` is not set */
export async function deleteRegisteredModel(
  ctx: Context,
  name: string,
  { force }: z.output<typeof deletion>,
) {
  const { id, fullName, may } = await getObjectByName(ctx, { name, kind: "model" });
  const isForced = force?.toLowerCase() === "true";
  const versions = isForced ? 0 : (await getModel(ctx, id)).versions.length;
  // Whoever may not drop it is told that, not what it holds.
  if (versions > 0 && may.manage) {
    throw new AppError("conflict", `${fullName} has ${versions} ${versions === 1 ? "version" : "versions"}.`);
  }
  await dropObject(ctx, id, { force: isForced });
  return {};
}
