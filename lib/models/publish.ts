import "server-only";
import { lstat, mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError, byteCount } from "@/lib/core";
import type { ModelManifest } from "@/lib/inference";
import { forgetServerModels } from "@/lib/inference/server";
import { requireSoundGraph } from "./graph-check";
import { nameConflict } from "./name-conflict";
import { isAbsent, partialFiles, syncFolder, writeDurably } from "./partial";
import { announcePublished } from "./published";

/** What is known of a model before its files are read. */
export interface About {
  name: string;
  dtype: string;
  graph: string;
  license: string;
  description?: string;
  task?: "chat" | "embedding";
  parameters?: number;
  context?: number;
  source?: ModelManifest["source"];
}

type Files = ModelManifest["files"];

const count = z.number().int().positive().optional().catch(undefined);

const config = z.object({
  model_type: z.string().optional().catch(undefined),
  architectures: z.array(z.string()).nullish().catch(undefined),
  max_position_embeddings: count,
  n_positions: count,
  hidden_size: count,
  dim: count,
});

/** Encoders by `model_type`: they make vectors, not text. */
const encoders =
  /^(bert|roberta|xlm-roberta|distilbert|mpnet|albert|electra|deberta|nomic_bert|modernbert|new)/;
/** For a configuration that does not say; every decoder of today takes as much. */
const safeContext = 2048;

/** With a name for each of a hundred thousand classes; those of chat models have a few thousand bytes. */
const mostConfigBytes = 8 * 1024 ** 2;

/** What a model says of itself, from what is known and its `config.json`. @throws AppError `unprocessable`. */
async function manifestOf(folder: string, about: About, files: Files): Promise<ModelManifest> {
  const model = await readConfig(folder, about.name);
  const isEncoder =
    encoders.test(model.model_type ?? "") && !model.architectures?.some((name) => /CausalLM/.test(name));
  const task = about.task ?? (isEncoder ? "embedding" : "chat");
  const dimensions = task === "embedding" ? (model.hidden_size ?? model.dim) : undefined;
  const { name, license, source, dtype, graph } = about;
  return {
    name,
    task,
    description:
      about.description ??
      (source ? `${source.repository}, ${dtype} weights.` : `Imported, ${dtype} weights.`),
    license,
    parameters: about.parameters ?? 0,
    context: model.max_position_embeddings ?? model.n_positions ?? about.context ?? safeContext,
    ...(dimensions ? { dimensions } : {}),
    files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    ...(source ? { source } : {}),
    dtype,
    graph,
  };
}

/** It is read whole by this process. */
function requireSmallConfig(name: string, files: Files): void {
  const size = files.find(({ path }) => path === "config.json")?.size ?? 0;
  if (size <= mostConfigBytes) return;
  throw new AppError("unprocessable", `${name}: config.json has ${byteCount(size)}: no model's has as many.`);
}

async function readConfig(folder: string, name: string): Promise<z.infer<typeof config>> {
  try {
    return config.parse(JSON.parse(await readFile(join(folder, "config.json"), "utf8")));
  } catch (cause) {
    throw new AppError("unprocessable", `${name}: config.json is not that of a model.`, { cause });
  }
}

/** Whether the folder of this name is taken, by a model or anything else. */
export async function isThere(modelsDir: string, name: string): Promise<boolean> {
  try {
    await lstat(join(modelsDir, name));
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** @throws AppError `conflict` when a model of this name is there already. */
export async function requireFree(modelsDir: string, name: string): Promise<void> {
  if (await isThere(modelsDir, name)) throw nameConflict(`There is a model ${name} on this server already.`);
}

/** Turns a folder of verified files into a model, in one step. The caller holds the name. */
export async function publish(modelsDir: string, about: About, files: Files): Promise<ModelManifest> {
  const folder = partialFiles(modelsDir, about.name);
  await requireSoundGraph(folder, about.graph, files);
  requireSmallConfig(about.name, files);
  const manifest = await manifestOf(folder, about, files);
  await writeDurably(join(folder, "tessera.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  const folders = new Set(files.map(({ path }) => join(folder, path, "..")));
  for (const path of folders) await syncFolder(path);
  await syncFolder(folder);
  await mkdir(modelsDir, { recursive: true, mode: 0o700 });
  await requireFree(modelsDir, about.name);
  await rename(folder, join(modelsDir, about.name));
  await syncFolder(modelsDir);
  forgetServerModels();
  announcePublished(about.name);
  return manifest;
}
