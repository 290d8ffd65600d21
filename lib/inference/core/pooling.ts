import type { Pooling } from "./encoder-config";

/** One vector of the `length` first tokens' vectors, which lie one behind the other from `from` on. */
export function pool(
  kind: Pooling,
  tokens: Float32Array,
  from: number,
  length: number,
  width: number,
): Float32Array {
  const vector = tokens.slice(from, from + width);
  if (kind === "cls") return vector;
  for (let token = 1; token < length; token++) {
    const start = from + token * width;
    for (let i = 0; i < width; i++) {
      const value = tokens[start + i] ?? 0;
      const before = vector[i] ?? 0;
      vector[i] = kind === "mean" ? before + value : Math.max(before, value);
    }
  }
  // The sum has the direction of the mean, and only that is kept.
  return vector;
}

/** Brings a vector to unit length, in place. False when it has no direction: not a number, infinite or zero. */
export function normalise(vector: Float32Array): boolean {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) return false;
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / length;
  return true;
}
