import type { ScoredToken } from "./document";

export interface ProbabilitySummary {
  /** Arithmetic mean of the tokens' probabilities, 0 to 1. */
  mean: number;
  /** exp(−(1/n) · Σ logprob): among how many equally likely tokens the model chose on average. 1 is certainty. */
  perplexity: number;
  /** Index of the token with the lowest probability. */
  least: number;
}

/** exp(logprob), which is natural; rounding upstream may leave a little more than 1. */
export function probabilityOf(logprob: number): number {
  return Math.min(1, Math.exp(logprob));
}

/** Null where there is no token: nothing was measured. */
export function probabilitySummary(tokens: readonly ScoredToken[]): ProbabilitySummary | null {
  if (tokens.length === 0) return null;
  let probabilities = 0;
  let logarithms = 0;
  let least = 0;
  tokens.forEach((token, index) => {
    probabilities += probabilityOf(token.logprob);
    logarithms += token.logprob;
    if (token.logprob < (tokens[least]?.logprob ?? 0)) least = index;
  });
  return {
    mean: probabilities / tokens.length,
    perplexity: Math.exp(-logarithms / tokens.length),
    least,
  };
}

/** Five steps from 0, nearly certain, to 4, a guess: at least 90, 70, 40, 15 percent, and less. */
export function doubtOf(logprob: number): 0 | 1 | 2 | 3 | 4 {
  const probability = probabilityOf(logprob);
  if (probability >= 0.9) return 0;
  if (probability >= 0.7) return 1;
  if (probability >= 0.4) return 2;
  return probability >= 0.15 ? 3 : 4;
}

const signs: Record<string, string> = { " ": "␣", "\n": "⏎", "\r": "␍", "\t": "⇥", "\uFFFD": "▯" };

/** A token with its spaces, line ends and bytes of torn characters to be seen. */
export function visibleToken(token: string): string {
  if (token === "") return "∅";
  return token.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp} \uFFFD]/gu,
    (sign) => signs[sign] ?? `<${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/** "97.3 %"; below a tenth of a percent as a bound, never as 0. The space is thin. */
export function percent(probability: number): string {
  if (probability >= 0.9995) return probability >= 0.99995 ? "100\u2009%" : "> 99.9\u2009%";
  if (probability < 0.001) return "< 0.1\u2009%";
  return `${(probability * 100).toFixed(1)}\u2009%`;
}

export interface Alternative {
  token: string;
  probability: number;
  logprob: number;
  chosen: boolean;
}

/** The likeliest tokens at one place, the chosen one among them, likeliest first. */
export function alternativesOf({ token, logprob, top }: ScoredToken): Alternative[] {
  const others = top.filter(([other]) => other !== token);
  return [[token, logprob, true] as const, ...others.map(([other, score]) => [other, score, false] as const)]
    .map(([name, score, chosen]) => ({
      token: name,
      logprob: score,
      probability: probabilityOf(score),
      chosen,
    }))
    .sort((a, b) => b.logprob - a.logprob);
}
