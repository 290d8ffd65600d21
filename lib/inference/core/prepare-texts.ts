import { AppError } from "@/lib/core";
import type { EmbeddingCall } from "../schema";
import type { EmbeddingModel } from "./embedding-model";

/** Characters that a token stands for at most, where words of the vocabulary are no longer than that. */
const plausibleToken = 32;

/**
 * The texts of a call as tokens, one after another, so that the caller may let others in between.
 * @throws AppError `invalid` for what this model cannot do or hold, naming the input
 */
export function* prepareTexts(call: EmbeddingCall, model: EmbeddingModel): Generator<number[]> {
  requireDimensions(call, model);
  const { name, tokenizer, graph } = model;
  const { context, vocabulary } = graph.config;
  // Taking apart what is far too long would keep everybody waiting.
  const mostCharacters = context * Math.max(plausibleToken, tokenizer.longestToken);
  const refuse = (index: number, what: string) =>
    new AppError("invalid", `Input ${index} of ${name} has ${what}.`, { param: "input" });
  for (const [index, text] of call.input.entries()) {
    if (text.length > mostCharacters)
      throw refuse(index, `${text.length} characters; it reads ${context} tokens, at most ${mostCharacters}`);
    const tokens = tokenizer.encodeInput(text);
    if (tokens.length > context) throw refuse(index, `${tokens.length} tokens; it reads ${context}`);
    if (tokens.length === 0) throw refuse(index, "no tokens");
    if (tokens.some((token) => token >= vocabulary))
      throw new AppError(
        "unprocessable",
        `The tokenizer of ${name} has tokens that its graph does not know.`,
      );
    yield tokens;
  }
}

function requireDimensions({ dimensions }: EmbeddingCall, model: EmbeddingModel): void {
  if (dimensions === undefined || dimensions <= model.dimensions) return;
  throw new AppError("invalid", `${model.name} has ${model.dimensions} dimensions, not ${dimensions}.`, {
    param: "dimensions",
  });
}
