import type { EmbeddingCall, EngineErrorCode, EngineInfo } from "../schema";
import type { ModelSource, WorkerReply } from "./protocol";

/** What the server asks of its embedding worker. */
export type EmbeddingRequest =
  | { type: "embed"; id: number; source: ModelSource; call: EmbeddingCall }
  | { type: "abort"; id: number };

export interface EmbeddingFailure {
  code: EngineErrorCode;
  message: string;
  param?: string;
  retryAfter?: number;
}

/** What the worker tells: of each call one `embedded` or `failed`, unless it was aborted. */
export type EmbeddingReply =
  | {
      type: "embedded";
      id: number;
      engine: EngineInfo;
      /** One vector behind the other. */
      vectors: Float32Array;
      inputTokens: number;
    }
  | { type: "failed"; id: number; failure: EmbeddingFailure }
  | Extract<WorkerReply, { type: "model" | "bug" }>;
