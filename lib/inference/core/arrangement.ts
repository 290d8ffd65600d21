/** What a run costs, in bytes that move through memory: decoding is bound by it. */
export interface RunCosts {
  /** Read once a run, however many sequences it carries. */
  weightBytes: number;
  /** Per sequence and slot, whether the slot is used or only padding. */
  slotBytes: number;
  /** Slots for a sequence of this length. */
  capacity(length: number): number;
}

/**
 * Which sequences are to share a run: long ones make short ones carry padding, while every further run reads
 * the weights once more. `lengths` in descending order; gives the ends of the groups, the cheapest partition
 * of them (dynamic programming over the last group's beginning).
 */
export function arrange(lengths: readonly number[], costs: RunCosts): number[] {
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= lengths.length; end++) {
    let found = { cost: Number.POSITIVE_INFINITY, from: 0 };
    for (let from = 0; from < end; from++) {
      const padded = (end - from) * costs.capacity(lengths[from] ?? 0) * costs.slotBytes;
      const cost = (best[from]?.cost ?? 0) + costs.weightBytes + padded;
      if (cost < found.cost) found = { cost, from };
    }
    best.push(found);
  }
  const ends: number[] = [];
  for (let end = lengths.length; end > 0; end = best[end]?.from ?? 0) ends.unshift(end);
  return ends;
}
