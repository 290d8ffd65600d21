import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/core";
import { chatParameters, responseFormat, tool } from "@/lib/inference";

export const maxChoices = 8;
/** Text of one prompt, in characters. */
export const maxPromptCharacters = 768 * 1024;
const deepestJson = 64;
/** Fields that hold a caller's own JSON. */
const nested: ReadonlySet<string> = new Set(["tools", "response_format"]);
/** Where a shape does not say that they may be absent. */
const required = ["model", "messages", "prompt", "input"];

type Shape = Record<string, z.ZodType>;
type Fields<S extends Shape> = z.infer<z.ZodObject<S>>;

const { max_tokens, stop, ...sampling } = chatParameters.shape;

const stopField = z
  .union([
    z
      .string()
      .min(1)
      .max(256)
      .transform((text) => [text]),
    stop.unwrap(),
  ])
  .optional();

/** Accepted and without effect here: they steer OpenAI's own accounting, storage and caching. */
const ignored = {
  user: z.string().optional(),
  safety_identifier: z.string().optional(),
  prompt_cache_key: z.string().optional(),
  prompt_cache_retention: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  store: z.boolean().optional(),
};

/** Honoured by an upstream, refused by every other engine. */
const passed = {
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high", "xhigh"]).optional(),
  verbosity: z.enum(["low", "medium", "high"]).optional(),
  logit_bias: z.record(z.string().regex(/^\d{1,9}$/), z.number().min(-100).max(100)).optional(),
  service_tier: z.enum(["auto", "default", "flex", "priority", "scale"]).optional(),
};

const common = {
  model: z.string().min(1).max(300),
  ...sampling,
  stop: stopField,
  max_tokens,
  n: z.number().int().min(1).max(maxChoices).optional(),
  stream: z.boolean().optional(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .optional(),
};

const notSupported = (what: string) => z.literal(false, `${what} is not supported.`).optional();

export const chatFields = {
  ...common,
  ...ignored,
  ...passed,
  /** Absent where the prompt names one. */
  model: common.model.optional(),
  /** Absent or empty where a prompt says all, as clients that ask for them send it; else they follow its own. */
  messages: z.array(z.unknown()).optional(),
  /** Of the prompt library, which reads it. */
  prompt: z.record(z.string(), z.unknown()).optional(),
  max_completion_tokens: max_tokens,
  response_format: responseFormat.optional(),
  tools: z.array(tool).max(128).optional(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: z.string() }) }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: z.number().int().min(0).max(20).optional(),
  modalities: z.array(z.literal("text", "Only text is supported.")).optional(),
};
export type ChatFields = Fields<typeof chatFields>;

export const completionFields = {
  ...common,
  prompt: z.union([z.string(), z.array(z.string()).min(1).max(maxChoices)]),
  user: z.string().optional(),
  logit_bias: passed.logit_bias,
  echo: notSupported("echo"),
  best_of: z.literal(1, "best_of above 1 is not supported.").optional(),
};
export type CompletionFields = Fields<typeof completionFields>;

export const embeddingFields = {
  model: common.model,
  input: z.union([
    z.string().min(1).max(maxPromptCharacters),
    z.array(z.string().min(1).max(maxPromptCharacters)).min(1).max(2048),
  ]),
  encoding_format: z.enum(["float", "base64"]).optional(),
  dimensions: z.number().int().min(1).max(16_384).optional(),
  user: z.string().optional(),
};

/** OpenAI takes null for an absent field. */
export function withoutNulls(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

/** The deepest nesting, found without recursion: a hostile depth must not overflow the stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestJson) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}

function paramOf(path: PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    "",
  );
}

function unknownField(name: string): AppError {
  const param = name.slice(0, 100);
  return new AppError("invalid", `Unrecognized or unsupported request argument: ${param}`, { param });
}

export function missing(param: string): AppError {
  return new AppError("invalid", `${param} is missing.`, { param });
}

/** zod's first complaint in OpenAI's words; `under` is where in the request it was found. */
export function refusalOf(error: z.ZodError, under: PropertyKey[] = []): AppError {
  const issue = error.issues[0];
  if (!issue) return new AppError("invalid", "The request was not understood.");
  if (issue.code === "unrecognized_keys")
    return unknownField(paramOf([...under, ...issue.path, issue.keys[0] ?? ""]));
  const param = paramOf([...under, ...issue.path]);
  return new AppError("invalid", `${param}: ${issue.message}`, { param });
}

/**
 * Validates the fields of a request, one by one: a request names few of the many there are.
 * @throws AppError `invalid` naming the field.
 */
export function parseFields<S extends Shape>(shape: S, body: Record<string, unknown>): Fields<S> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (value === null) continue;
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (!schema) throw unknownField(name);
    if (nested.has(name) && isTooDeep(value)) {
      throw new AppError("invalid", `${name} is nested more than ${deepestJson} levels deep.`, {
        param: name,
      });
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw refusalOf(parsed.error, [name]);
    fields[name] = parsed.data;
  }
  for (const name of required) {
    if (name in shape && !(name in fields) && !shape[name]?.safeParse(undefined).success) {
      throw missing(name);
    }
  }
  return fields as Fields<S>;
}
