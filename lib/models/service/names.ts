import "server-only";
import { authorize } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import type { AppError } from "@/lib/core";
import { env } from "@/lib/core/server";
import { serverModels } from "@/lib/inference/server";
import { findCatalogueEntry } from "../catalogue";
import { nameOf } from "../files";
import { nameConflict } from "../name-conflict";
import { requireNoDownload } from "../partial";
import { type Dtype, modelName } from "../schema";

/** Whether the actor may know of a model of this server; one that is not registered yet is its administrators'. */
export function mayKnow({ actor }: Context, name: string): boolean {
  return authorize(actor, "BROWSE", { kind: "model", name }).allow;
}

/** What a variant is called here: after its catalogue entry, or its repository. */
export function variantName(repository: string, dtype: Dtype): string {
  const entry = findCatalogueEntry(repository);
  return entry ? `${entry.id}-${dtype}` : nameOf(repository, dtype);
}

/** @throws AppError `conflict` when a model of this name can be called already. */
export async function requireUnusedName(name: string): Promise<void> {
  if ((await serverModels()).some((model) => model.name === name)) {
    throw nameConflict(`There is a model ${name} on this server already.`);
  }
}

/** As `requireUnusedName`, for an import. @throws AppError `conflict` also where an unfinished download has the name */
export async function requireNewName(name: string): Promise<void> {
  await requireUnusedName(name);
  await requireNoDownload(env().modelsDir, name);
}

/** The name of a path's segment. @throws AppError `not_found` for what cannot be one. */
export function nameFromPath(text: string, absent: AppError): string {
  const parsed = modelName.safeParse(text);
  if (parsed.success) return parsed.data;
  throw absent;
}
