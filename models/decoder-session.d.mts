import type { Tensor } from "onnxruntime-node";

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
  generate(prompt: number[], limit?: number): Promise<number[]>;
}
