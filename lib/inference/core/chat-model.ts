import type { AnswerFormats } from "./answer-format";
import type { Decoder } from "./decoder";
import type { ModelConfig } from "./model-config";
import type { Tokenizer } from "./tokenizer";

/** A loaded model: what it knows, and the graph on the device it runs on. */
export interface ChatModel {
  name: string;
  config: ModelConfig;
  tokenizer: Tokenizer;
  decoder: Decoder;
  formats: AnswerFormats;
  /** `CPU`, `CUDA`, `WebGPU` or `WASM`. */
  device: string;
  /** Why a better device was not taken. */
  fallback?: string;
  memoryBytes: number;
  release(): Promise<void>;
}
