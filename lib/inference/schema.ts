import { z } from "zod";

const textPart = z.strictObject({ type: z.literal("text"), text: z.string() });
const imagePart = z.strictObject({
  type: z.literal("image_url"),
  image_url: z.strictObject({ url: z.string(), detail: z.enum(["auto", "low", "high"]).optional() }),
});

export const toolCall = z.strictObject({
  id: z.string(),
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
});

/** One turn in OpenAI's shape. */
export const chatMessage = z.strictObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: z
    .union([z.string(), z.array(z.union([textPart, imagePart]))])
    .nullable()
    .optional(),
  name: z.string().optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** Sampling parameters; an absent one is not sent and the model's own default holds. */
export const chatParameters = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().gt(0).max(1).optional(),
  top_k: z.number().int().min(1).max(10_000).optional(),
  min_p: z.number().min(0).max(1).optional(),
  max_tokens: z.number().int().min(1).max(131_072).optional(),
  stop: z.array(z.string().min(1).max(256)).max(4).optional(),
  seed: z.number().int().min(-9_007_199_254_740_991).max(9_007_199_254_740_991).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
});
export type ChatParameters = z.infer<typeof chatParameters>;

export const responseFormat = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text") }),
  z.strictObject({ type: z.literal("json_object") }),
  // Not OpenAI's: the whole answer must match the pattern.
  z.strictObject({ type: z.literal("regex"), pattern: z.string().min(1).max(10_000) }),
  z.strictObject({
    type: z.literal("json_schema"),
    json_schema: z.strictObject({
      name: z.string(),
      description: z.string().optional(),
      schema: z.record(z.string(), z.unknown()),
      strict: z.boolean().nullable().optional(),
    }),
  }),
]);
export type ResponseFormat = z.infer<typeof responseFormat>;

export const tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: z.string().regex(/^[\w-]{1,64}$/),
    description: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    strict: z.boolean().nullable().optional(),
  }),
});
export type Tool = z.infer<typeof tool>;

const scoredToken = z.object({
  token: z.string(),
  logprob: z.number(),
  /** UTF-8 bytes of the token, which may be part of a character. */
  bytes: z.array(z.number()).nullable().default(null),
});

/** A token's probability as the model gives it, in OpenAI's shape. Natural logarithms. */
export const tokenLogProbability = scoredToken.extend({ top_logprobs: z.array(scoredToken).default([]) });
export type TokenLogProbability = z.infer<typeof tokenLogProbability>;

/** A chat call as every engine takes it. */
export interface ChatCall {
  /** The engine's own name of the model: a folder for ONNX, the upstream's id for an API. */
  model: string;
  messages: ChatMessage[];
  parameters: ChatParameters;
  responseFormat?: ResponseFormat;
  tools?: Tool[];
  toolChoice?: "none" | "auto" | "required" | { type: "function"; function: { name: string } };
  /** False: at most one call of a tool. */
  parallelToolCalls?: boolean;
  /** Log-probabilities are wanted, with this many alternatives for each token. */
  logprobs?: number;
  /** Who asks: of those who wait, nobody is served twice before everybody once. */
  caller?: string;
}

export const engineKinds = ["browser", "server", "remote"] as const;
export type EngineKind = (typeof engineKinds)[number];

/** Where a call runs. `device` is what is shown: `WebGPU`, `WASM`, `CPU`, or the upstream's host. */
export interface EngineInfo {
  kind: EngineKind;
  device: string;
  /** Why a better device was not taken, in words. */
  fallback?: string;
}

export type FinishReason = "stop" | "length" | "tool_calls" | "content_filter" | "aborted";

/** Failures an engine reports, each also an `ErrorCode` of core. */
export type EngineErrorCode =
  | "invalid"
  | "unprocessable"
  /** Not an engine's own: the caller lost the right to the answer while it came. */
  | "forbidden"
  | "not_found"
  | "rate_limited"
  | "upstream"
  | "unavailable"
  | "timeout"
  | "internal";

/**
 * What an engine streams. Order: `start`, any of `delta` and `tool_call`, `usage`, then exactly one of
 * `finish` and `error` as the last event. An engine never throws after `start`.
 */
export type ChatEvent =
  | { type: "start"; engine: EngineInfo }
  | {
      type: "delta";
      text: string /** Tokens this text stands for; 0 when unknown. */;
      tokens: number;
      logprobs?: TokenLogProbability[];
    }
  | {
      type: "tool_call";
      index: number;
      id?: string;
      name?: string /** A fragment to append. */;
      arguments: string;
    }
  | {
      type: "usage";
      inputTokens: number;
      outputTokens: number /** False when counted by us instead of the upstream. */;
      reported: boolean /** Of the input, tokens that an earlier call had computed already. */;
      cachedTokens?: number;
    }
  | { type: "finish"; reason: FinishReason }
  | {
      type: "error";
      code: EngineErrorCode;
      message: string /** Upstream's HTTP status. */;
      status?: number /** Seconds. */;
      retryAfter?: number;
      /** What the upstream answered, cut and without secrets. */
      body?: string;
    };

export interface ChatEngine {
  /** Streams one answer. Aborting `signal` ends it within a token with `finish: aborted`. */
  chat(call: ChatCall, signal: AbortSignal): AsyncIterable<ChatEvent>;
}

export interface EmbeddingCall {
  model: string;
  input: string[];
  dimensions?: number;
  /** Who asks: those who wait take turns. */
  caller?: string;
}

export interface EmbeddingResult {
  engine: EngineInfo;
  /** One vector per input, in order; unit length for our own models. */
  vectors: Float32Array[];
  inputTokens: number;
}

export interface EmbeddingEngine {
  /** @throws AppError when the call cannot be served. */
  embed(call: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingResult>;
}

/** `public/models/<name>/tessera.json`: what a built-in or imported model says of itself. */
export const modelManifest = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  task: z.enum(["chat", "embedding"]),
  description: z.string(),
  license: z.string(),
  parameters: z.number().int().nonnegative(),
  /** Tokens for chat; for embeddings the longest input. */
  context: z.number().int().positive(),
  dimensions: z.number().int().positive().optional(),
  files: z.array(
    z.object({ path: z.string(), size: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
  scores: z.record(z.string(), z.unknown()).optional(),
  /** Where it was downloaded from; `revision` is a commit. */
  source: z.object({ hub: z.string(), repository: z.string(), revision: z.string() }).optional(),
  /** Of the weights, such as `q4`. */
  dtype: z.string().optional(),
  /** The `.onnx` file to open, where the folder's names leave a choice. */
  graph: z.string().optional(),
  /** Further graphs of the same weights, which lie in another one's file. */
  graphs: z
    .array(z.object({ path: z.string(), weights: z.string(), attention: z.enum(["plain", "grouped"]) }))
    .optional(),
});
export type ModelManifest = z.infer<typeof modelManifest>;
