import type { GraphBytes } from "./best-device";
import { withWeightsOutside } from "./rewrite/fresh-cache";

/** A graph's file and what lies beside it, read and verified. */
export interface GraphFiles {
  /** Of the graph, in its folder. */
  name: string;
  bytes: Uint8Array;
  /** Files of weights that the graph refers to. */
  beside: { path: string; data: Uint8Array }[];
  /** Where these files lie, if the runtime may map them into memory. */
  folder?: string;
}

type Loadable = Omit<GraphBytes, "ort" | "model">;

/** The graph as it is. */
export function asItIs(files: GraphFiles): Loadable {
  const { name, bytes, beside, folder } = files;
  // A copy of weights that can be mapped would be one too many.
  return folder === undefined
    ? { bytes, externalData: beside }
    : rewritten(files, withWeightsOutside(bytes, name));
}

/** Another graph that takes its weights from the same files, the first one's own included. */
export function rewritten({ name, bytes, beside, folder }: GraphFiles, other: Uint8Array): Loadable {
  return { bytes: other, externalData: [{ path: name, data: bytes }, ...beside], folder };
}
