import "server-only";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/core";
import { dropSingle, env, parseInput, safeDispatcher } from "@/lib/core/server";
import { callControl, db } from "@/lib/db/server";
import type { ModelManifest } from "@/lib/inference";
import { makeDownloads, type Plan } from "../downloads";
import { type HubAccess, normalisedHub } from "../hub-http";
import { importModel, planImport } from "../import-folder";
import { nameConflict } from "../name-conflict";
import { planDownload } from "../plan";
import { type Download, defaultHub, downloadInput, importInput, type LocalModel } from "../schema";
import { requireSpace } from "../space";
import { findHub } from "../store";
import { hubAccess } from "./hub";
import { localModels, removeModel, requireDeletable } from "./local";
import { requireNewName, requireUnusedName, variantName } from "./names";

// What follows is for whoever owns the machine: it works on the folder of models, beside a running server or without.

const setHub = z.object({
  address: z.string(),
  token: z.string().optional(),
  quotaBytes: z.number().nullish(),
});
type SetHub = z.infer<typeof setHub>;

/** What the server that runs answers; null where none does. */
function askServer(command: string, args: unknown) {
  return callControl(env().dataDir, command, args).catch((error: unknown) => {
    // A server of an older version knows no such command.
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  });
}

/** The hub that is set: told by the server that runs, or read from the database when none does. */
async function configuredHub(): Promise<SetHub> {
  const { dataDir, DATABASE_URL } = env();
  const told = await askServer("models.hub", null);
  if (told) return setHub.parse(told.result);
  if (!DATABASE_URL && !existsSync(join(dataDir, "db"))) return { address: defaultHub };
  const database = await db();
  try {
    const { address, token } = await hubAccess();
    return { address, token, quotaBytes: (await findHub()).quotaBytes };
  } finally {
    await database.close();
    dropSingle("db");
  }
}

interface PullOptions {
  repository: string;
  dtype?: string;
  revision?: string;
  /** Instead of the one made of repository and dtype. */
  name?: string;
  /** Another hub than the one that is set; its token stays here. */
  hub?: string;
  signal: AbortSignal;
  onProgress(download: Download): void;
}

const everyMs = 500;

/** Downloads a model into the folder of models, or goes on with it. @throws AppError with why it did not end. */
export async function pullModel(options: PullOptions): Promise<{ name: string; fetched: boolean }> {
  const { repository, dtype, revision, name: called, signal, onProgress } = options;
  const input = parseInput(downloadInput, { repository, dtype, revision, name: called });
  const configured = await configuredHub();
  const address = options.hub === undefined ? configured.address : normalisedHub(options.hub);
  const hub: HubAccess = {
    address,
    dispatcher: safeDispatcher(),
    ...(configured.token && address === configured.address ? { token: configured.token } : {}),
  };
  const plan = await planDownload(hub, input, variantName, signal);
  const { name } = plan;
  if (
    isThat(
      (await localModels()).find((model) => model.name === name),
      plan,
    )
  )
    return { name, fetched: false };
  await requireUnusedName(name);
  const downloads = makeDownloads(async () => hub);
  if (!(await downloads.list()).some((known) => known.name === name)) {
    const bytes = plan.files.reduce((sum, { size }) => sum + size, 0);
    await requireSpace(env().modelsDir, bytes, configured.quotaBytes);
  }
  onProgress(await downloads.start(plan));
  const pause = () => void downloads.pause(name).catch(() => undefined);
  signal.addEventListener("abort", pause, { once: true });
  const timer = setInterval(() => void downloads.get(name).then(onProgress, () => undefined), everyMs);
  const end = await downloads.ended(name);
  clearInterval(timer);
  onProgress(end);
  if (end.state === "done") return { name, fetched: true };
  const why = end.state === "paused" ? "It was stopped." : (end.reason?.message ?? "It did not end.");
  throw new AppError(
    "unavailable",
    `${name} is not complete. ${why} The same command goes on where it stopped.`,
  );
}

/** @throws AppError `conflict` where the model is another commit or other weights of the same repository. */
function isThat(model: LocalModel | undefined, { name, repository, sha, dtype }: Plan): boolean {
  if (model?.source?.repository !== repository) return false;
  if (model.source.revision === sha && model.dtype === dtype) return true;
  throw nameConflict(
    `${name} is ${repository} (${model.dtype}) at commit ${model.source.revision}. For commit ${sha} (${dtype}) delete it first, or give another name with --name.`,
  );
}

/** The models here and the downloads that are not complete. */
export async function listModels(): Promise<{ models: LocalModel[]; downloads: Download[] }> {
  const unfinished = await makeDownloads(hubAccess).list();
  return { models: await localModels(), downloads: unfinished };
}

/** Copies a model from a folder. @throws AppError `conflict` or `unprocessable`. */
export async function importFromFolder(
  folder: string,
  { dtype, name }: { dtype?: string; name?: string },
): Promise<ModelManifest> {
  const { modelsDir } = env();
  const plan = await planImport(modelsDir, parseInput(importInput, { folder, dtype, name }));
  await requireNewName(plan.name);
  await requireSpace(modelsDir, plan.variant.bytes, null);
  return importModel(modelsDir, plan, new AbortController().signal);
}

/**
 * Deletes a downloaded or imported model.
 * @throws AppError `not_found`, or `conflict` for a built-in one, or while an alias of the server that runs points to it
 */
export async function removeLocalModel(name: string): Promise<LocalModel> {
  const model = await requireDeletable(name);
  await askServer("models.unpointed", name);
  await removeModel(name);
  return model;
}
