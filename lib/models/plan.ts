import "server-only";
import { AppError } from "@/lib/core";
import { findCatalogueEntry } from "./catalogue";
import type { Plan } from "./downloads";
import { required, variantsOf } from "./files";
import { getRepository, repositoryOf } from "./hub";
import type { HubAccess } from "./hub-http";
import type { DownloadInput, Dtype } from "./schema";

/** Asks the hub what a download would fetch. @throws AppError with what is missing. */
export async function planDownload(
  hub: HubAccess,
  input: DownloadInput,
  nameFor: (repository: string, dtype: Dtype) => string,
  signal: AbortSignal,
): Promise<Plan> {
  const repository = repositoryOf(input.repository);
  const entry = findCatalogueEntry(repository);
  const revision = input.revision ?? entry?.revision ?? "main";
  const found = await getRepository(hub, repository, revision, signal);
  const variants = variantsOf(found.files);
  const variant = input.dtype
    ? variants.find(({ dtype }) => dtype === input.dtype)
    : ((entry?.dtypes ?? []).map((dtype) => variants.find((each) => each.dtype === dtype)).find(Boolean) ??
      variants[0]);
  if (!variant) {
    const has = variants.map(({ dtype }) => dtype).join(", ");
    const message =
      variants.length === 0
        ? `${repository} has no ONNX files, so no engine here can run it.`
        : `${repository} has no ${input.dtype}; it has ${has}.`;
    throw new AppError("unprocessable", message, {
      details: [{ path: variants.length === 0 ? "repository" : "dtype", message }],
    });
  }
  const missing = required.filter((path) => !variant.files.some((file) => file.path === path));
  if (missing.length > 0) {
    const message = `${repository} has no ${missing.join(" and no ")}, so no engine here can run it.`;
    throw new AppError("unprocessable", message, { details: [{ path: "repository", message }] });
  }
  return {
    name: input.name ?? nameFor(repository, variant.dtype),
    hub: hub.address,
    repository,
    revision,
    sha: found.sha,
    dtype: variant.dtype,
    graph: variant.graph,
    license: entry?.license ?? found.license,
    task: entry?.task ?? found.task,
    parameters: entry?.parameters ?? found.parameters,
    context: entry?.context,
    description: entry?.description,
    files: variant.files,
  };
}
