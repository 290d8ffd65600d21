/** A set of token ids, 32 to a word. */
export type TokenMask = Uint32Array;

export function emptyMask(size: number): TokenMask {
  return new Uint32Array((size + 31) >>> 5);
}

export function hasToken(mask: TokenMask, token: number): boolean {
  return (((mask[token >>> 5] ?? 0) >>> (token & 31)) & 1) === 1;
}

/** Sets the logits of all tokens outside the mask to -Infinity, those beyond the vocabulary included. */
export function applyMask(mask: TokenMask, logits: Float32Array): void {
  const size = logits.length;
  for (let word = 0; word < mask.length; word++) {
    const bits = mask[word] as number;
    if (bits === 0xffffffff) continue;
    const from = word << 5;
    const to = Math.min(from + 32, size);
    if (bits === 0) {
      logits.fill(Number.NEGATIVE_INFINITY, from, to);
      continue;
    }
    for (let token = from; token < to; token++) {
      if (((bits >>> (token & 31)) & 1) === 0) logits[token] = Number.NEGATIVE_INFINITY;
    }
  }
  logits.fill(Number.NEGATIVE_INFINITY, Math.min(mask.length << 5, size));
}
