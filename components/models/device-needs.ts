import type { CatalogueEntry } from "@/lib/models";

/** Memory that a model takes at most while it loads: its graph is read twice, as it stands and rewritten. */
export const loadingBytes = (weightBytes: number): number => 2 * weightBytes;

/** Why a browser cannot run what this server can, by task. */
export const notInBrowser: Record<CatalogueEntry["task"], string> = {
  chat: "Not in a browser: its weights do not fit into a tab.",
  embedding: "Not in a browser: embeddings are made on the server.",
};
