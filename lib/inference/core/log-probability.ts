import type { TokenLogProbability } from "../schema";
import type { Tokenizer } from "./tokenizer";

interface Scored {
  token: number;
  logprob: number;
}

/**
 * Natural logarithms of the probabilities that the model itself gives, before penalties, temperature and
 * constraints: `logit - log(sum(exp(logits)))`. Made before the sampler changes the logits.
 */
export class LogProbabilities {
  readonly #logits: Float32Array;
  readonly #norm: number;

  constructor(logits: Float32Array) {
    let peak = Number.NEGATIVE_INFINITY;
    for (const logit of logits) if (logit > peak) peak = logit;
    let sum = 0;
    for (const logit of logits) sum += Math.exp(logit - peak);
    this.#logits = logits.slice();
    this.#norm = peak + Math.log(sum);
  }

  of(token: number): number {
    return (this.#logits[token] ?? Number.NEGATIVE_INFINITY) - this.#norm;
  }

  /** The `count` likeliest tokens, the likeliest first. */
  top(count: number): Scored[] {
    const best: Scored[] = [];
    for (let token = 0; token < this.#logits.length; token++) {
      const logprob = this.of(token);
      if (best.length === count && logprob <= (best[count - 1]?.logprob ?? 0)) continue;
      const at = best.findIndex((other) => other.logprob < logprob);
      best.splice(at === -1 ? best.length : at, 0, { token, logprob });
      if (best.length > count) best.pop();
    }
    return best;
  }

  /** In OpenAI's shape, with the `count` likeliest alternatives. */
  describe(token: number, count: number, tokenizer: Tokenizer): TokenLogProbability {
    const shown = (scored: Scored) => ({
      ...tokenizer.describe(scored.token),
      logprob: finite(scored.logprob),
    });
    return {
      ...shown({ token, logprob: this.of(token) }),
      top_logprobs: count === 0 ? [] : this.top(count).map(shown),
    };
  }
}

/** JSON has no infinity; OpenAI writes this for "practically never". */
function finite(logprob: number): number {
  return Math.max(logprob, -9999);
}
