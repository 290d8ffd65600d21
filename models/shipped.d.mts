import type { Tokenizer } from "../lib/inference/core/tokenizer";
import type { ModelManifest } from "../lib/inference/schema";

export declare function graphsOf(card: Pick<ModelManifest, "files">): Record<string, string>;
export declare function readCard(model: string): ModelManifest;
export declare function requireUnchanged(model: string): Promise<ModelManifest>;
export declare function loadTokenizer(model: string): Promise<Tokenizer>;
