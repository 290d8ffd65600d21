import { AppError } from "@/lib/core";
import { type Random, randomSeed, seededRandom } from "./random";

/** Fully decided sampling: request over model default over "off". */
export interface Sampling {
  /** 0 takes the most likely token. */
  temperature: number;
  /** 0 is off. */
  topK: number;
  /** 1 is off. */
  topP: number;
  /** 0 is off. */
  minP: number;
  presencePenalty: number;
  frequencyPenalty: number;
  /** 1 is off. */
  repetitionPenalty: number;
  seed?: number;
}

/**
 * Draws tokens from logits (length: vocabulary). In this order:
 *
 * 1. repetition (CTRL, Keskar et al. 2019), over prompt and answer: `l = l > 0 ? l / r : l * r`;
 * 2. presence and frequency (OpenAI), over the answer: `l -= presence * [count > 0] + frequency * count`;
 * 3. temperature 0: the largest logit, the lowest id on a tie. Otherwise `l /= temperature`, and of the tokens
 *    ordered by logit, then id:
 * 4. top_k: the first k; softmax over these gives p;
 * 5. top_p (nucleus, Holtzman et al. 2020): the shortest beginning whose sum of p reaches top_p;
 * 6. min_p (Nguyen et al. 2024): of it, those with `p >= min_p * max(p)`;
 * 7. one draw in proportion to p.
 */
export class Sampler {
  readonly #sampling: Sampling;
  readonly #random: Random;
  readonly #counts = new Map<number, number>();
  readonly #seen: Set<number> | undefined;

  constructor(sampling: Sampling, prompt: readonly number[]) {
    this.#sampling = sampling;
    this.#random = seededRandom(sampling.seed ?? randomSeed());
    this.#seen = sampling.repetitionPenalty === 1 ? undefined : new Set(prompt);
  }

  /** Chooses the next token and notes it. Changes `logits`. */
  next(logits: Float32Array): number {
    const token = this.choose(logits);
    this.note(token);
    return token;
  }

  /** Chooses a token, which may still be refused. Changes `logits`. */
  choose(logits: Float32Array): number {
    this.#penalise(logits);
    return this.#sampling.temperature === 0 ? largest(logits) : this.#draw(logits);
  }

  /** Counts a token as chosen. */
  note(token: number): void {
    this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
    this.#seen?.add(token);
  }

  #penalise(logits: Float32Array): void {
    const { presencePenalty, frequencyPenalty, repetitionPenalty } = this.#sampling;
    for (const token of this.#seen ?? []) {
      const logit = logits[token];
      if (logit !== undefined)
        logits[token] = logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
    }
    if (presencePenalty === 0 && frequencyPenalty === 0) return;
    for (const [token, count] of this.#counts) {
      logits[token] = (logits[token] ?? 0) - presencePenalty - frequencyPenalty * count;
    }
  }

  #draw(logits: Float32Array): number {
    const { tokens, weights, total } = this.#candidates(logits);
    const target = this.#random() * total;
    let at = 0;
    for (let sum = weights[0] ?? 0; sum <= target && at < weights.length - 1; ) sum += weights[++at] ?? 0;
    return tokens === undefined ? at : (tokens[at] ?? 0);
  }

  /** The tokens that may be drawn (all when absent) and their weights `exp((l - max) / temperature)`. */
  #candidates(logits: Float32Array): { tokens?: number[]; weights: Float64Array; total: number } {
    const { temperature, topK, topP, minP } = this.#sampling;
    const peak = logits[largest(logits)] ?? 0;
    const weightOf = (logit: number) => Math.exp((logit - peak) / temperature);
    if (topK === 0 && topP === 1 && minP === 0) {
      const weights = Float64Array.from(logits, weightOf);
      return { weights, total: sumOf(weights) };
    }
    const ordered = topK > 0 ? { tokens: strongest(logits, topK) } : this.#nucleusSuperset(logits, weightOf);
    const weights = Float64Array.from(ordered.tokens, (token) => weightOf(logits[token] ?? 0));
    const mass = "mass" in ordered ? ordered.mass : sumOf(weights);
    let kept = 0;
    let total = 0;
    // The most likely token has weight 1, so min_p compares with min_p itself.
    while (kept < weights.length && (kept === 0 || (total < topP * mass && (weights[kept] ?? 0) >= minP))) {
      total += weights[kept] ?? 0;
      kept++;
    }
    return { tokens: ordered.tokens, weights: weights.subarray(0, kept), total };
  }

  /**
   * Ordered tokens that surely hold the nucleus, without sorting the whole vocabulary: all tokens of weight
   * below `(1 - top_p) * mass / size` together weigh less than `(1 - top_p) * mass`, so none is in it.
   */
  #nucleusSuperset(
    logits: Float32Array,
    weightOf: (logit: number) => number,
  ): { tokens: number[]; mass: number } {
    const { topP, minP } = this.#sampling;
    const weights = Float64Array.from(logits, weightOf);
    const mass = sumOf(weights);
    const floor = Math.max(minP, topP < 1 ? ((1 - topP) * mass) / logits.length : 0);
    const tokens: number[] = [];
    for (let token = 0; token < weights.length; token++)
      if ((weights[token] ?? 0) >= floor) tokens.push(token);
    return { tokens: tokens.sort(byLogit(logits)), mass };
  }
}

function byLogit(logits: Float32Array): (a: number, b: number) => number {
  return (a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum;
}

/** The id of the largest logit, the lowest on a tie; NaN never wins. */
function largest(logits: Float32Array): number {
  let best = 0;
  let value = Number.NEGATIVE_INFINITY;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token] ?? Number.NEGATIVE_INFINITY;
    if (logit > value) {
      value = logit;
      best = token;
    }
  }
  if (value === Number.NEGATIVE_INFINITY)
    throw new AppError("unprocessable", "The model gave no usable logits: its weights are broken.");
  return best;
}

/** The `count` tokens of the largest logits in order, by a heap whose root is the weakest one kept. */
function strongest(logits: Float32Array, count: number): number[] {
  const weaker = byLogit(logits);
  const heap: number[] = [];
  const sink = (from: number) => {
    for (let i = from; ; ) {
      let worst = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && weaker(heap[child] ?? 0, heap[worst] ?? 0) > 0) worst = child;
      }
      if (worst === i) return;
      [heap[i], heap[worst]] = [heap[worst] ?? 0, heap[i] ?? 0];
      i = worst;
    }
  };
  const size = Math.min(count, logits.length);
  for (let token = 0; token < size; token++) heap.push(token);
  for (let i = (size >> 1) - 1; i >= 0; i--) sink(i);
  for (let token = size; token < logits.length; token++) {
    // Ids only grow, so on a tie the one already kept is the stronger.
    if ((logits[token] ?? 0) > (logits[heap[0] ?? 0] ?? 0)) {
      heap[0] = token;
      sink(0);
    }
  }
  return heap.sort(weaker);
}
