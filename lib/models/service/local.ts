import "server-only";
import { lstat, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError, newId } from "@/lib/core";
import { env } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type { ModelManifest } from "@/lib/inference";
import { forgetServerModels, onnxEngine, serverModels } from "@/lib/inference/server";
import { importModel, planImport } from "../import-folder";
import { isAbsent, partialFolder } from "../partial";
import { requireUnpointed } from "../pointing";
import type { ImportInput, LocalModel, LocalModels } from "../schema";
import { bytesUnder, freeBytesOf, requireSpace } from "../space";
import { findHub } from "../store";
import { downloads } from "./downloads";
import { audit } from "./hub";
import { mayKnow, nameFromPath, requireNewName } from "./names";

/** The models of this server that the reader may know of, where each came from and the room it takes. */
export async function findLocalModels(ctx: Context): Promise<LocalModels> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const { modelsDir } = env();
  const { quotaBytes = null } = await findHub();
  return {
    models: (await localModels()).filter(({ name }) => mayKnow(ctx, name)),
    partialBytes: await bytesUnder(partialFolder(modelsDir)),
    freeBytes: await freeBytesOf(modelsDir),
    quotaBytes,
  };
}

/** As `findLocalModels`, for whoever owns the machine. */
export async function localModels(): Promise<LocalModel[]> {
  const manifests = await serverModels();
  return Promise.all(
    manifests.map(async (manifest) => {
      const { name, task, description, license, context, source, dtype, files } = manifest;
      const origin = await originOf(manifest);
      const isUnknown = manifest.parameters === 0 && origin !== "built-in";
      return {
        name,
        task,
        origin,
        description,
        license,
        context,
        bytes: files.reduce((sum, file) => sum + file.size, 0),
        ...(isUnknown ? {} : { parameters: manifest.parameters }),
        ...(dtype ? { dtype } : {}),
        ...(source ? { source } : {}),
      };
    }),
  );
}

/** A model that calls reach on this server, and how it came here. */
export interface UsableModel {
  manifest: ModelManifest;
  origin: LocalModel["origin"];
}

/** Every model of this server whose files are complete. */
export async function usableModels(): Promise<UsableModel[]> {
  const manifests = await serverModels();
  return Promise.all(manifests.map(async (manifest) => ({ manifest, origin: await originOf(manifest) })));
}

async function originOf({ name, source }: ModelManifest): Promise<LocalModel["origin"]> {
  if (source) return "downloaded";
  return (await isDeletable(name)) ? "imported" : "built-in";
}

/** Whether a model lies in the folder of models and not in the application. */
async function isDeletable(name: string): Promise<boolean> {
  try {
    await readFile(join(process.cwd(), "public/models", name, "tessera.json"));
    return false;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  try {
    await lstat(join(env().modelsDir, name, "tessera.json"));
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** Copies a model from a folder of the server's machine. @throws AppError `conflict` or `unprocessable`. */
export async function importFolder(ctx: Context, input: ImportInput): Promise<LocalModel> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const { modelsDir } = env();
  const plan = await planImport(modelsDir, input);
  const { name, variant } = plan;
  await requireNewName(name);
  await requireSpace(modelsDir, variant.bytes, (await findHub()).quotaBytes);
  await (await db()).write((tx) =>
    audit(tx, ctx, "importModel", { name, folder: input.folder, dtype: variant.dtype }),
  );
  await importModel(modelsDir, plan, ctx.signal);
  const made = (await localModels()).find((model) => model.name === name);
  if (!made) throw new Error(`${name} was imported and is not there.`);
  return made;
}

/** Loads a chat model into the server's memory, again after it had failed. @throws AppError as the engine, when it cannot be loaded */
export async function loadModel(ctx: Context, text: string): Promise<void> {
  const name = nameFromPath(text, notFound("model"));
  requirePrivilege(ctx, "EXECUTE", { kind: "model", name });
  await onnxEngine().retry(name);
}

/** Deletes a downloaded or imported model. @throws AppError `conflict` for a built-in one, or while an alias points to it. */
export async function deleteModel(ctx: Context, text: string): Promise<void> {
  const name = nameFromPath(text, notFound("model"));
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const model = await requireDeletable(name);
  await requireUnpointed(name);
  await (await db()).write((tx) =>
    audit(tx, ctx, "deleteModel", { name, source: model.source?.repository ?? model.origin }),
  );
  await removeModel(name);
}

/** @throws AppError `not_found`, or `conflict` for a built-in one. */
export async function requireDeletable(name: string): Promise<LocalModel> {
  const model = (await localModels()).find((each) => each.name === name);
  if (!model) throw notFound("model");
  if (model.origin === "built-in") {
    throw new AppError("conflict", `${name} is built in: it comes with the application and stays.`);
  }
  return model;
}

/** Takes a model away in one step, then frees its room. */
export async function removeModel(name: string): Promise<void> {
  const { modelsDir } = env();
  const aside = partialFolder(modelsDir, newId("deleted").toLowerCase().replaceAll("_", "-"));
  await mkdir(partialFolder(modelsDir), { recursive: true, mode: 0o700 });
  await rename(join(modelsDir, name), aside);
  forgetServerModels();
  downloads().forget(name);
  await rm(aside, { recursive: true, force: true });
}
