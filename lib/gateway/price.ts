import { z } from "zod";

const perMillion = z
  .number("Enter a price as a number.")
  .min(0, "A price is 0 or more.")
  .max(1_000_000, "A price is at most $1,000,000 per million tokens.");

/** What a model's tokens cost, in US dollars per million. */
export const price = z.strictObject({
  input: perMillion,
  output: perMillion,
  /** Of input tokens that the upstream had from an earlier call; absent: as `input`. */
  cachedInput: perMillion.optional(),
});
export type Price = z.infer<typeof price>;

/** Models that run on this server or in a browser: on the reader's own hardware. */
export const ownHardware: Price = { input: 0, output: 0 };

const isCount = (tokens: number) => Number.isFinite(tokens) && tokens >= 0;

/**
 * What a call costs, in US dollars: tokens × price ÷ 1,000,000. `cachedTokens` are among `inputTokens`,
 * as OpenAI counts them. Undefined where the price or a count is not known: unknown is not free.
 */
export function costOf(
  price: Price | undefined,
  inputTokens: number,
  outputTokens: number,
  cachedTokens = 0,
): number | undefined {
  if (!price || ![inputTokens, outputTokens, cachedTokens].every(isCount)) return undefined;
  const cached = Math.min(cachedTokens, inputTokens);
  const input = (inputTokens - cached) * price.input + cached * (price.cachedInput ?? price.input);
  return (input + outputTokens * price.output) / 1_000_000;
}
