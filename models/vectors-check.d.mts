export interface ReferenceVector {
  ids: number[];
  vector: Float32Array;
}
export declare function readVectors(model: string): ReferenceVector[];
export declare function compareVectors(
  model: string,
  file: string,
  samples: ReferenceVector[],
): Promise<number[]>;
