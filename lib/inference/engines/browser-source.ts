import { AppError } from "@/lib/core";
import { builtInModels } from "../built-in";
import { modelManifest } from "../schema";
import type { ModelSource } from "./protocol";

/** Where this origin serves the files of a model. */
export function baseOf(model: string): string {
  return builtInModels.includes(model) ? `/models/${model}` : `/api/models/${model}/files`;
}

/** A file's address; its path may hold any character. */
export function urlOf({ base }: Pick<ModelSource, "base">, path: string): string {
  return `${base}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** What a model of this workbench says of itself now. @throws AppError `not_found`, `unavailable` or `unprocessable` */
export async function fetchSource(model: string, signal?: AbortSignal): Promise<ModelSource> {
  const name = modelManifest.shape.name.safeParse(model);
  const absent = () =>
    new AppError("not_found", `There is no model ${model} for this browser.`, { param: "model" });
  if (!name.success) throw absent();
  const base = baseOf(name.data);
  const response = await fetch(`${base}/tessera.json`, { cache: "no-cache", signal }).catch(
    (cause: unknown) => {
      signal?.throwIfAborted();
      throw new AppError("unavailable", `${model} could not be fetched from the workbench.`, { cause });
    },
  );
  if (response.status === 404) throw absent();
  if (!response.ok) {
    throw new AppError("unavailable", `${model}: the workbench answered ${response.status}.`);
  }
  const manifest = modelManifest.safeParse(await response.json().catch(() => undefined));
  if (!manifest.success) throw new AppError("unprocessable", `${model}: tessera.json is not understood.`);
  return { manifest: manifest.data, base };
}
