/** A set of token ids, 32 to a word. */
export type TokenMask = Uint32Array;

export function emptyMask(size: number): TokenMask {
  return new Uint32Array((size + 31) >>> 5);
}

export function hasToken(mask: TokenMask, token: number): boolean {
  return (((mask[token >>> 5] ?? 0) >>> (token & 31)) & 1) === 1;
}

/** The tokens of a set of `size` tokens that are in it, or those that are not. */
export function tokensOf(mask: TokenMask, size: number, isIn: boolean): Int32Array {
  const tokens: number[] = [];
  for (let token = 0; token < size; token++) if (hasToken(mask, token) === isIn) tokens.push(token);
  return Int32Array.from(tokens);
}

export function countTokens(mask: TokenMask): number {
  let count = 0;
  for (let word = 0; word < mask.length; word++)
    for (let bits = mask[word] as number; bits !== 0; bits &= bits - 1) count++;
  return count;
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

/** As `applyMask` for a list of the allowed tokens, or of the forbidden ones among `size`. */
export function applyList(tokens: Int32Array, areAllowed: boolean, size: number, logits: Float32Array): void {
  if (!areAllowed) {
    for (let i = 0; i < tokens.length; i++) logits[tokens[i] as number] = Number.NEGATIVE_INFINITY;
    logits.fill(Number.NEGATIVE_INFINITY, Math.min(size, logits.length));
    return;
  }
  const kept = new Float32Array(tokens.length);
  for (let i = 0; i < tokens.length; i++) kept[i] = logits[tokens[i] as number] as number;
  logits.fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < tokens.length; i++) logits[tokens[i] as number] = kept[i] as number;
}
