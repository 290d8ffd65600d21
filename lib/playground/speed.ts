/** Figures of a stream while it runs; null is "not measured yet". */
export interface Figures {
  firstTokenMs: number | null;
  tokensPerSecond: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** The engine did not count: each piece of text stands for one token until the usage arrives. */
  estimated: boolean;
}

export interface Meter {
  delta(at: number, tokens: number): void;
  usage(inputTokens: number, outputTokens: number): void;
  figures(): Figures;
}

/**
 * Measures one answer; all times in milliseconds of one monotonic clock.
 *
 * First token: from `submittedAt` to the first text.
 * Tokens/s, of the decode phase alone: the tokens after the first piece of text, divided by the time from
 * the first piece to the last. The first piece is left out because its time is the prompt's, not decoding's.
 * An answer that came in one piece has no decode phase to measure.
 */
export function createMeter(submittedAt: number): Meter {
  let firstAt: number | null = null;
  let lastAt = submittedAt;
  let firstTokens = 0;
  let counted = 0;
  let estimated = false;
  let usage: { input: number; output: number } | null = null;

  return {
    delta(at, tokens) {
      if (tokens === 0) estimated = true;
      const amount = tokens === 0 ? 1 : tokens;
      if (firstAt === null) {
        firstAt = at;
        firstTokens = amount;
      }
      lastAt = at;
      counted += amount;
    },
    usage(input, output) {
      usage = { input, output };
      estimated = false;
    },
    figures() {
      const output = usage?.output ?? counted;
      const seconds = firstAt === null ? 0 : (lastAt - firstAt) / 1000;
      const decoded = output - firstTokens;
      return {
        firstTokenMs: firstAt === null ? null : firstAt - submittedAt,
        tokensPerSecond: seconds > 0 && decoded > 0 ? decoded / seconds : null,
        inputTokens: usage?.input ?? null,
        outputTokens: firstAt === null && usage === null ? null : output,
        estimated,
      };
    },
  };
}
