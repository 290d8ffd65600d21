import type { DecoderSession } from "./decoder-session.mjs";

export interface ReferenceSample {
  ids: number[];
  logits: Float32Array;
}
export declare function readReference(model: string): ReferenceSample[];
export declare function compareLogits(
  decoder: DecoderSession,
  samples: ReferenceSample[],
): Promise<{ way: string; length: number; difference: number }[]>;
