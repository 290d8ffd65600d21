export type ModelState = "idle" | "loading" | "ready" | "failed";

export interface ModelStatus {
  name: string;
  state: ModelState;
  /** `CPU`, `CUDA`, `WebGPU` or `WASM`, once loaded. */
  device?: string;
  /** Why a better device was not taken. */
  fallback?: string;
  /** Bytes of the model's weights. */
  memoryBytes?: number;
  /** Share of the files read, 0 to 1, while loading. */
  progress?: number;
  /** Why it failed. */
  reason?: string;
}

/** What an ONNX engine is doing now. */
export interface EngineStatus {
  /** The device of the models loaded, or the one that will be tried first. */
  device: string;
  threads: number;
  /** Calls that generate now. */
  busy: number;
  /** Calls of one model that generate at once. */
  slots: number;
  /** Calls in the queue. */
  waiting: number;
  models: ModelStatus[];
}
