/** How two texts are shown. */
export type DiffMode = "side" | "inline";
