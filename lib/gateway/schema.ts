import { z } from "zod";
import { engineKinds } from "@/lib/inference";
import { price } from "./price";

/** That something is not to be used. */
export const deprecation = z.object({
  /** From then on. */
  from: z.iso.datetime(),
  why: z.string(),
  isInForce: z.boolean(),
});
export type Deprecation = z.infer<typeof deprecation>;

/** A model that calls may name, from whichever engine. */
export const servedModel = z.object({
  /** A built-in model's name, or `<connection>/<upstream id>`. */
  id: z.string(),
  task: z.enum(["chat", "embedding"]),
  engine: z.enum(["server", "remote"]),
  /** A browser may run it too. */
  inBrowser: z.boolean(),
  description: z.string(),
  /** Tokens. */
  context: z.number().int().optional(),
  parameters: z.number().int().optional(),
  license: z.string().optional(),
  /** The connection's name. */
  connection: z.string().optional(),
  ownedBy: z.string(),
  /** Since when it is served, in Unix seconds. */
  created: z.number().int(),
  /** Absent is unknown; 0 for what runs on own hardware. */
  price: price.optional(),
  /** For a name such as `triage@champion`: the version of the registry that it means now. */
  version: z.object({ model: z.string(), number: z.number().int() }).optional(),
  /** What the registry says of it; absent as long as it is to be used. */
  deprecation: deprecation.optional(),
});
export type ServedModel = z.infer<typeof servedModel>;

export const connectionName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    "Use lower-case letters, digits, - and _, 63 at most, the first a letter or digit.",
  );

const baseUrl = z.string().trim().min(1, "Enter the URL.").max(2000);
const apiKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,4096}$/, "A key has visible ASCII characters only, without spaces.");
const modelId = z
  .string()
  .regex(/^[^\s\p{Cc}]{1,200}$/u, "A model id has 1 to 200 characters and no spaces.");
const models = z
  .array(modelId)
  .max(500)
  .refine((ids) => new Set(ids).size === ids.length, "A model is listed twice.");

/** By model id; a model without one has an unknown price. */
export const modelPrices = z.record(modelId, price);
export type ModelPrices = z.infer<typeof modelPrices>;

export const connectionInput = z.strictObject({
  name: connectionName,
  baseUrl,
  apiKey: apiKey.optional(),
  models,
  prices: modelPrices.optional(),
});
export type ConnectionInput = z.infer<typeof connectionInput>;

/** `apiKey: null` removes the stored key; a changed `baseUrl` removes it too, unless a new one is given. */
export const connectionPatch = z.strictObject({
  /** The version that was shown; another one saved meanwhile is a conflict. */
  version: z.number().int().positive(),
  name: connectionName.optional(),
  baseUrl: baseUrl.optional(),
  apiKey: apiKey.nullable().optional(),
  models: models.optional(),
  /** In place of all that were set; absent keeps those of the models that stay. */
  prices: modelPrices.optional(),
});
export type ConnectionPatch = z.infer<typeof connectionPatch>;

export const connection = z.object({
  id: z.string(),
  name: z.string(),
  models: z.array(z.string()),
  version: z.number().int(),
  updatedAt: z.iso.datetime(),
  /** For administrators only. */
  baseUrl: z.string().optional(),
  /** For administrators only; null when no key is stored. */
  keyLast4: z.string().nullable().optional(),
  /** For administrators only; everyone sees a model's price where its models are listed. */
  prices: modelPrices.optional(),
});
export type Connection = z.infer<typeof connection>;

/** `id` names a saved connection whose stored key is used, as long as the base URL is still its own. */
export const connectionTest = z.strictObject({
  baseUrl,
  apiKey: apiKey.optional(),
  id: z.string().max(64).optional(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const connectionTestResult = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), models: z.array(z.string()) }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
]);
export type ConnectionTestResult = z.infer<typeof connectionTestResult>;

const milliseconds = z.number().min(0).max(86_400_000);
const tokens = z.number().int().min(0).max(100_000_000);

const reportedPrompt = z.strictObject({
  name: z.string().min(1).max(800),
  version: z.number().int().positive().max(1_000_000),
  /** By which it was named; null for a version by its number. */
  alias: z.string().min(1).max(36).nullable(),
  variables: z.record(z.string().max(64), z.union([z.string().max(200_000), z.number(), z.boolean()])),
});

/** What a browser tells of a run that no server saw. Never a text but values of a prompt's variables. */
export const invocationReport = z.strictObject({
  model: z.string().min(1).max(300),
  device: z.string().min(1).max(40),
  durationMs: milliseconds,
  firstTokenMs: milliseconds.optional(),
  inputTokens: tokens.optional(),
  outputTokens: tokens.optional(),
  outcome: z.enum(["ok", "error", "client_closed"]),
  finishReason: z.enum(["stop", "length", "tool_calls", "content_filter", "aborted"]).optional(),
  errorCode: z.string().max(40).optional(),
  parameters: z
    .record(
      z.string().max(40),
      z.union([z.number(), z.boolean(), z.string().max(300), z.array(z.string().max(300)).max(8)]),
    )
    .refine((record) => Object.keys(record).length <= 20, "Too many parameters."),
  /** The prompt of the library that the messages were made from. */
  prompt: reportedPrompt.optional(),
});
export type InvocationReport = z.infer<typeof invocationReport>;

/** What this server has, and what its engine and gateway do now. */
export const system = z.object({
  machine: z.object({
    cores: z.number().int(),
    memoryBytes: z.number().int(),
    /** Of the volume of the data folder. */
    freeDiskBytes: z.number().int(),
    /** Address and port. */
    listens: z.string(),
  }),
  engine: z.object({
    device: z.string(),
    threads: z.number().int(),
    busy: z.number().int(),
    slots: z.number().int(),
    waiting: z.number().int(),
    models: z.array(
      z.object({
        name: z.string(),
        state: z.enum(["idle", "loading", "ready", "failed"]),
        device: z.string().optional(),
        fallback: z.string().optional(),
        memoryBytes: z.number().optional(),
        progress: z.number().optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
  gateway: z.object({
    /** Calls that run now. */
    active: z.number().int(),
    limit: z.number().int(),
    /** Rows written to the journal that are not in the database yet. */
    unsettled: z.number().int(),
    /** Why calls are refused, when they are. */
    refusing: z.string().optional(),
  }),
});
export type System = z.infer<typeof system>;

/** One invocation row, as the journal carries it and as the table holds it. */
export const invocationRow = z.strictObject({
  id: z.string(),
  requestId: z.string(),
  traceId: z.string(),
  userId: z.string(),
  keyId: z.string().nullable(),
  source: z.enum(["api", "playground"]),
  task: z.enum(["chat", "completion", "embedding"]),
  model: z.string(),
  /** Rows that an older version left in the journal have none of the next seven. */
  calledAs: z.string().nullable().default(null),
  registeredModel: z.string().nullable().default(null),
  registeredVersion: z.number().int().nullable().default(null),
  promptId: z.string().nullable().default(null),
  promptVersion: z.number().int().nullable().default(null),
  promptAlias: z.string().nullable().default(null),
  promptVariables: z.record(z.string(), z.string()).nullable().default(null),
  connectionId: z.string().nullable(),
  engine: z.enum(engineKinds),
  device: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  stream: z.boolean(),
  startedAt: z.iso.datetime(),
  durationMs: z.number(),
  firstTokenMs: z.number().nullable(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  /** US dollars. Rows that an older version left in the journal have none. */
  cost: z.number().nullable().default(null),
  outcome: z.enum(["ok", "error", "client_closed"]),
  statusCode: z.number().int(),
  finishReason: z.string().nullable(),
  errorCode: z.string().nullable(),
  clientReported: z.boolean(),
});
export type InvocationRow = z.infer<typeof invocationRow>;

/** The calls of one model in one place, summed up. Absent figures were not measured. */
export const modelUsage = z.object({
  model: z.string(),
  engine: z.enum(engineKinds),
  calls: z.number().int(),
  failed: z.number().int(),
  people: z.number().int(),
  inputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  /** Medians, in milliseconds. */
  firstTokenMs: z.number().optional(),
  durationMs: z.number().optional(),
  lastAt: z.iso.datetime(),
});
export type ModelUsage = z.infer<typeof modelUsage>;

/** The calls by one name of a version, by the version that it meant. */
export const namedUsage = z.object({
  /** Such as `triage@champion`. */
  calledAs: z.string(),
  number: z.number().int(),
  /** What answered. */
  model: z.string(),
  calls: z.number().int(),
  failed: z.number().int(),
  people: z.number().int(),
  lastAt: z.iso.datetime(),
});
export type NamedUsage = z.infer<typeof namedUsage>;
