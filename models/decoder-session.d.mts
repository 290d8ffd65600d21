import type { Tensor } from "onnxruntime-node";
import type { TokenConstraint } from "../lib/inference/core/token-constraint";

export type Cache = Record<string, Tensor>;
export interface DecoderStep {
  ids: number[][];
  mask: number[][];
  positions: number[][];
  cache: Cache;
  keep?: number;
}
export declare const modelFolder: (model: string) => string;
export declare class DecoderSession {
  static open(model: string, file?: string): Promise<DecoderSession>;
  emptyCache(batch?: number): Cache;
  run(step: DecoderStep): Promise<{ logits: Tensor; cache: Cache }>;
  generate(prompt: number[], options?: { limit?: number; constraint?: TokenConstraint }): Promise<number[]>;
  answers(prompt: number[], answer: number[]): Promise<boolean>;
}
