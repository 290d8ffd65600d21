/** The part of ONNX Runtime's interface that is used here; onnxruntime-node and onnxruntime-web both have it. */
export interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
  dispose(): void;
}

interface ValueMetadata {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

export interface OrtSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly ValueMetadata[];
  run(
    feeds: Record<string, OrtTensor>,
    fetches?: Record<string, OrtTensor | null>,
  ): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}

export type SessionOptions = Record<string, unknown>;

export interface Ort {
  Tensor: new (
    type: "int64" | "float32" | "float16",
    data: BigInt64Array | Float32Array | Uint16Array,
    dims: readonly number[],
  ) => OrtTensor;
  InferenceSession: { create(model: Uint8Array, options: SessionOptions): Promise<OrtSession> };
}
