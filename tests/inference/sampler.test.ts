import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/inference/core/random";
import { Sampler, type Sampling } from "@/lib/inference/core/sampler";

const off: Sampling = {
  temperature: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  presencePenalty: 0,
  frequencyPenalty: 0,
  repetitionPenalty: 1,
  seed: 1,
};

const logitsOf = (...values: number[]) => Float32Array.from(values);

function draws(sampling: Partial<Sampling>, logits: Float32Array, count: number): number[] {
  const sampler = new Sampler({ ...off, ...sampling }, []);
  return Array.from({ length: count }, () => sampler.next(logits.slice()));
}

/** The definition, written down without regard to speed. */
function expectedShares(sampling: Partial<Sampling>, logits: Float32Array): number[] {
  const { temperature, topK, topP, minP } = { ...off, ...sampling };
  const order = Array.from(logits.keys()).sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
  const kept = topK > 0 ? order.slice(0, topK) : order;
  const weights = kept.map((token) => Math.exp((logits[token] ?? 0) / temperature));
  const mass = weights.reduce((a, b) => a + b, 0);
  const shares = new Array<number>(logits.length).fill(0);
  let sum = 0;
  for (const [i, token] of kept.entries()) {
    const share = (weights[i] ?? 0) / mass;
    if (i > 0 && (sum >= topP || share < minP * ((weights[0] ?? 0) / mass))) break;
    shares[token] = share;
    sum += share;
  }
  return shares.map((share) => share / sum);
}

describe("Sampler", () => {
  it("takes the largest logit at temperature 0, and the lowest id on a tie", () => {
    expect(draws({ temperature: 0 }, logitsOf(1, 3, 3, 2), 5)).toEqual([1, 1, 1, 1, 1]);
  });

  it("draws by the definition whatever the settings", () => {
    const random = seededRandom(11);
    const pick = <T>(...values: T[]) => values[Math.floor(random() * values.length)] as T;
    for (let round = 0; round < 40; round++) {
      const size = pick(2, 7, 40);
      const logits = Float32Array.from({ length: size }, () => Math.round(random() * 12) / 2 - 3);
      const sampling = {
        temperature: pick(0.3, 1, 1.7),
        topK: pick(0, 1, 3, 100),
        topP: pick(1, 0.9, 0.5, 0.01),
        minP: pick(0, 0.05, 0.4, 1),
        seed: round,
      };
      const shares = expectedShares(sampling, logits);
      const count = 1500;
      const counts = new Array<number>(size).fill(0);
      for (const token of draws(sampling, logits, count)) counts[token] = (counts[token] ?? 0) + 1;
      for (const [token, share] of shares.entries()) {
        const seen = (counts[token] ?? 0) / count;
        if (share === 0) expect(seen, JSON.stringify(sampling)).toBe(0);
        // Five standard deviations of a share seen in 1,500 draws.
        else
          expect(Math.abs(seen - share), JSON.stringify(sampling)).toBeLessThan(
            5 * Math.sqrt((share * (1 - share)) / count) + 1e-9,
          );
      }
    }
  });

  it("repeats itself for the same seed and not for another", () => {
    const logits = Float32Array.from({ length: 500 }, (_, i) => Math.sin(i));
    const seeded = (seed: number) => draws({ seed }, logits, 50);
    expect(seeded(5)).toEqual(seeded(5));
    expect(seeded(5)).not.toEqual(seeded(6));
  });

  it("subtracts presence once and frequency per occurrence, counting the answer only", () => {
    const sampler = new Sampler({ ...off, temperature: 0, presencePenalty: 1, frequencyPenalty: 0.25 }, [0]);
    const logits = logitsOf(2, 1.1, 0);
    expect(sampler.next(logits.slice())).toBe(0);
    // 2 - 1 - 0.25 = 0.75 is now below 1.1.
    expect(sampler.next(logits.slice())).toBe(1);
    // 1.1 - 1 - 0.25 is below 0.75.
    expect(sampler.next(logits.slice())).toBe(0);
    const left = logits.slice();
    sampler.next(left);
    expect(left[0]).toBeCloseTo(2 - 1 - 0.25 * 2);
  });

  it("divides positive and multiplies negative logits of repeated tokens, the prompt's included", () => {
    const logits = logitsOf(2, -1, 1.5);
    new Sampler({ ...off, temperature: 0, repetitionPenalty: 2 }, [0, 1]).next(logits);
    expect(Array.from(logits)).toEqual([1, -2, 1.5]);
  });

  it("stays finite at a tiny temperature and with infinite logits", () => {
    expect(draws({ temperature: 1e-6 }, logitsOf(1, 2, Number.NEGATIVE_INFINITY), 3)).toEqual([1, 1, 1]);
  });

  it("refuses logits that are all not numbers instead of choosing something", () => {
    expect(() => draws({}, logitsOf(Number.NaN, Number.NaN), 1)).toThrowError(/no usable logits/);
  });
});
