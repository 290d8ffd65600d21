import { z } from "zod";
import { AppError } from "@/lib/core";
import type { ModelManifest } from "../schema";

/** How the vectors of a text's tokens become one. */
export type Pooling = "mean" | "cls" | "max";

/** What an encoder's configuration files say, in our words. */
export interface EncoderConfig {
  vocabulary: number;
  /** Tokens that an input may have, special ones included. */
  context: number;
  pooling: Pooling;
  padToken: number;
}

const config = z.object({
  vocab_size: z.number().int().positive(),
  model_type: z.string().nullish(),
  max_position_embeddings: z.number().int().positive().nullish(),
  n_positions: z.number().int().positive().nullish(),
  pad_token_id: z.number().int().min(0).nullish(),
  _name_or_path: z.string().nullish().catch(undefined),
});

/** The configuration files of an encoder; those that are absent are undefined. */
interface EncoderFiles {
  config: unknown;
  tokenizer: { model_max_length?: unknown };
  /** `1_Pooling/config.json` */
  pooling?: Record<string, unknown>;
}

/** Their first positions stand for padding. */
const countsFromPadding = /^(xlm-)?roberta|^camembert|^mpnet|^data2vec-text|^longformer/;

/**
 * Repositories that were converted for the browser come without `1_Pooling`; of these families it is known that
 * they were trained on the first token.
 */
const knownForCls = /(^|\/)(bge|snowflake-arctic-embed|mxbai-embed)-/i;

/** Of sentence-transformers' modes, those that we have. The square root is a factor, gone at unit length. */
const modes: Readonly<Record<string, Pooling>> = {
  mean_tokens: "mean",
  mean_sqrt_len_tokens: "mean",
  cls_token: "cls",
  max_tokens: "max",
};

/** @throws AppError `unprocessable` naming the file and the field, or the pooling that we do not have */
export function readEncoderConfig(
  manifest: Pick<ModelManifest, "name" | "context" | "source">,
  files: EncoderFiles,
  padToken: number | undefined,
): EncoderConfig {
  const { name, context, source } = manifest;
  const parsed = config.safeParse(files.config);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: "" };
    const field = path.join(".");
    throw new AppError(
      "unprocessable",
      `${name}: config.json is not that of an encoder: ${field} ${message}`,
    );
  }
  const model = parsed.data;
  const pad = padToken ?? model.pad_token_id ?? 0;
  const skipped = countsFromPadding.test(model.model_type ?? "") ? (model.pad_token_id ?? 1) + 1 : 0;
  const positions = model.max_position_embeddings ?? model.n_positions ?? Number.POSITIVE_INFINITY;
  const longest = files.tokenizer.model_max_length;
  const names = [source?.repository, model._name_or_path, name];
  return {
    vocabulary: model.vocab_size,
    context: Math.min(
      context,
      positions - skipped,
      typeof longest === "number" && longest >= 1 ? longest : context,
    ),
    pooling: files.pooling
      ? readPooling(name, files.pooling)
      : names.some((known) => knownForCls.test(known ?? ""))
        ? "cls"
        : "mean",
    padToken: pad,
  };
}

/** Reads `1_Pooling/config.json` of sentence-transformers. */
function readPooling(model: string, json: Record<string, unknown>): Pooling {
  const wanted = Object.entries(json)
    .filter(([key, value]) => key.startsWith("pooling_mode_") && value === true)
    .map(([key]) => key.slice("pooling_mode_".length));
  const [mode] = wanted;
  const pooling = modes[mode ?? ""];
  if (wanted.length === 1 && pooling) return pooling;
  const what = wanted.length > 1 ? `joins ${wanted.join(" and ")}` : `wants ${mode ?? "no known mode"}`;
  throw new AppError("unprocessable", `${model}: 1_Pooling/config.json ${what}, which we do not have.`);
}
