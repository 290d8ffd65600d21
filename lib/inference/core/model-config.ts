import { z } from "zod";
import { AppError } from "@/lib/core";
import type { ModelManifest } from "../schema";

const tokenIds = z.union([z.number().int(), z.array(z.number().int())]).nullish();

const config = z.object({
  vocab_size: z.number().int().positive(),
  num_hidden_layers: z.number().int().positive(),
  num_attention_heads: z.number().int().positive(),
  num_key_value_heads: z.number().int().positive().nullish(),
  hidden_size: z.number().int().positive(),
  head_dim: z.number().int().positive().nullish(),
  max_position_embeddings: z.number().int().positive().nullish(),
  sliding_window: z.number().int().positive().nullish(),
  use_sliding_window: z.boolean().nullish(),
  eos_token_id: tokenIds,
});

const generationConfig = z.object({
  do_sample: z.boolean().nullish(),
  temperature: z.number().min(0).nullish(),
  top_k: z.number().int().min(0).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  min_p: z.number().min(0).max(1).nullish(),
  repetition_penalty: z.number().gt(0).nullish(),
  max_new_tokens: z.number().int().positive().nullish(),
  eos_token_id: tokenIds,
});

/** What a decoder's `config.json` and `generation_config.json` say, in our words. */
export interface ModelConfig {
  vocabulary: number;
  layers: number;
  cacheHeads: number;
  headSize: number;
  /** Tokens of prompt and answer together. */
  context: number;
  /** Tokens back that attention sees, in some layers at least; 0 is all. */
  window: number;
  endTokens: ReadonlySet<number>;
  /** What holds when a request says nothing. Sampling is off unless `do_sample` is set. */
  defaults: {
    temperature: number;
    topK: number;
    topP: number;
    minP: number;
    repetitionPenalty: number;
    maxTokens?: number;
  };
}

/**
 * Reads the configuration files; `endToken` is the tokenizer's own.
 * @throws AppError `unprocessable` naming the file and the field.
 */
export function readModelConfig(
  manifest: ModelManifest,
  configJson: unknown,
  generationJson: unknown,
  endToken: number | undefined,
): ModelConfig {
  const model = parseFile(manifest, "config.json", config, configJson);
  const generation = parseFile(manifest, "generation_config.json", generationConfig, generationJson ?? {});
  return {
    vocabulary: model.vocab_size,
    layers: model.num_hidden_layers,
    cacheHeads: model.num_key_value_heads ?? model.num_attention_heads,
    headSize: model.head_dim ?? model.hidden_size / model.num_attention_heads,
    context: Math.min(manifest.context, model.max_position_embeddings ?? manifest.context),
    window: model.use_sliding_window === false ? 0 : (model.sliding_window ?? 0),
    endTokens: new Set(
      [generation.eos_token_id, model.eos_token_id, endToken].flat().filter((id) => typeof id === "number"),
    ),
    defaults: {
      temperature: generation.do_sample ? (generation.temperature ?? 1) : 0,
      topK: generation.top_k ?? 0,
      topP: generation.top_p ?? 1,
      minP: generation.min_p ?? 0,
      repetitionPenalty: generation.repetition_penalty ?? 1,
      maxTokens: generation.max_new_tokens ?? undefined,
    },
  };
}

function parseFile<S extends z.ZodType>(
  manifest: ModelManifest,
  file: string,
  schema: S,
  json: unknown,
): z.output<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError(
    "unprocessable",
    `${manifest.name}: ${file} is not that of a decoder: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
  );
}
