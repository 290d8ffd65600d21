import type { Side } from "./use-prompt-view";

/** "v3", "draft" */
export const sideName = (side: Side) => (side === "draft" ? "draft" : `v${side}`);
