import { AppError } from "@/lib/core";
import type { ModelManifest } from "./schema";

type ModelFile = ModelManifest["files"][number];

/** The graph that the manifest names, else fp32 where there is a choice. @throws AppError `unprocessable` */
export function graphFileOf(manifest: ModelManifest): string {
  const graphs = manifest.files.map((file) => file.path).filter((path) => path.endsWith(".onnx"));
  const wanted = manifest.graph ?? "onnx/model.onnx";
  const chosen = graphs.find((path) => path === wanted) ?? graphs[0];
  if (chosen === undefined)
    throw new AppError("unprocessable", `${manifest.name} has no ONNX graph among its files.`);
  return chosen;
}

/**
 * The graph and what holds weights of it: the file that the manifest says, or what is called so.
 * @throws AppError `unprocessable` where there is no graph
 */
export function weightFilesOf(manifest: ModelManifest): ModelFile[] {
  const graph = graphFileOf(manifest);
  const shared = manifest.graphs?.find(({ path }) => path === graph)?.weights;
  return manifest.files.filter(({ path }) =>
    shared === undefined
      ? path === graph || path.startsWith(`${graph}_data`)
      : [graph, shared].includes(path),
  );
}

/** As a processor runs it: by the graph with grouped attention of the same weights, where there is one. */
export function onProcessor(manifest: ModelManifest): ModelManifest {
  if (!manifest.graphs) return manifest;
  const usual = graphFileOf(manifest);
  const grouped = manifest.graphs.find(
    ({ weights, attention }) => weights === usual && attention === "grouped",
  );
  return grouped ? { ...manifest, graph: grouped.path } : manifest;
}

/** Bytes of the weights that loading this model reads; 0 where it has no graph. */
export function weightBytesOf(manifest: ModelManifest): number {
  if (!manifest.files.some(({ path }) => path.endsWith(".onnx"))) return 0;
  return weightFilesOf(manifest).reduce((sum, { size }) => sum + size, 0);
}

/** A model takes twice its weights, and WebAssembly addresses 4 GiB, all else included. */
const mostWeightBytes = 1.5 * 2 ** 30;

/** Whether weights of so many bytes fit into a tab. */
export const fitsInTab = (bytes: number): boolean => bytes > 0 && bytes <= mostWeightBytes;

/** Whether a browser can run it: a chat model whose weights fit into a tab. */
export function runsInBrowser(manifest: ModelManifest): boolean {
  return manifest.task === "chat" && fitsInTab(weightBytesOf(manifest));
}
