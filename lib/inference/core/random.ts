/** A source of numbers in [0, 1). */
export type Random = () => number;

/** splitmix32: spreads a seed over the generator's state, so that near seeds give unrelated streams. */
function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

/**
 * xoshiro128** (Blackman and Vigna, 2018) over 32-bit integers only: the same seed gives the same numbers
 * in every runtime. `seed` is an integer of at most 53 bits.
 */
export function seededRandom(seed: number): Random {
  const low = splitMix32(seed);
  const high = splitMix32(Math.floor(seed / 2 ** 32) ^ 0x5bd1e995);
  let [a, b, c, d] = [low(), high(), low(), high()];
  const next32 = () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  return () => ((next32() >>> 5) * 2 ** 26 + (next32() >>> 6)) * 2 ** -53;
}

/** A seed nobody chose. */
export function randomSeed(): number {
  const words = crypto.getRandomValues(new Uint32Array(2));
  return ((words[0] ?? 0) & 0x1fffff) * 2 ** 32 + (words[1] ?? 0);
}
