/** Numbers from 0 to 1 that the seed decides (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The ids in an order that the seed decides, each order as likely as any other (Fisher and Yates). */
export function shuffled(ids: readonly string[], seed: number): string[] {
  const random = randomOf(seed);
  const rest = [...ids];
  return ids.flatMap(() => rest.splice(Math.floor(random() * rest.length), 1));
}
