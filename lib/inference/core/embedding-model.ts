import type { EncoderGraph } from "./encoder";
import type { BatchLimits } from "./open-encoder";
import type { Tokenizer } from "./tokenizer";

/** An encoder ready to embed. */
export interface EmbeddingModel {
  name: string;
  graph: EncoderGraph;
  tokenizer: Tokenizer;
  dimensions: number;
  limits: BatchLimits;
  device: string;
  fallback?: string;
  /** Bytes of the weights. */
  memoryBytes: number;
  release(): Promise<void>;
}
