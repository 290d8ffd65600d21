import { AppError } from "@/lib/core";
import type { CacheBlock } from "./cache-block";
import { bitsOf, type CacheData } from "./float16";
import type { CacheForm } from "./graph-layout";
import type { OrtTensor } from "./ort";

/** How sequences lie in slots around a run, by what the run makes of them. */
export interface SlotRules {
  /** How often the bytes of a slot move in a run, used or not. */
  moves: number;
  /** Slots for a sequence of this length that decodes. */
  capacity(length: number): number;
  /** Slots for a sequence of this length, with `now` slots, that is fed the next `count` tokens of its prompt. */
  promptCapacity(length: number, count: number, now: number): number;
  /** For rows of these lengths with `count` new tokens each. */
  mask(lengths: readonly number[], capacity: number, count: number): BigInt64Array;
  /** Slots of an output; nothing where it may be written over the past. */
  outputSlots(capacity: number): number | undefined;
  /** Brings the keys and values of `count` new tokens of each row into its slots. */
  take(block: CacheBlock, present: readonly OrtTensor[], past: readonly OrtTensor[], count: number): void;
}

/** Slots are added in steps: growing copies the cache. */
const step = 64;

export function slotRules(form: CacheForm, context: number): SlotRules {
  // A graph may hold tables of just the context's size, and new tokens stand behind the slots.
  const inSteps = (length: number) =>
    Math.min(Math.ceil((length + 1) / step) * step, Math.max(length + 1, context - 1));
  if (form === "grouped") return grouped;
  if (form === "appended") return { ...appended, capacity: inSteps };
  return {
    ...fresh,
    capacity: inSteps,
    promptCapacity: (length, count) =>
      length === 0 ? 0 : Math.min(inSteps(length), Math.max(length, context - count)),
    take: (block, present, _, count) => {
      const longest = Math.max(...block.rows.map(({ tokens }) => tokens.length));
      if (longest + count > block.capacity) block.resize(inSteps(longest + count));
      block.write(present.map(dataOf), count, 0, count);
    },
  };
}

/** Fused attention skips padding, which then only takes room, and writes a new token into its own slot. */
const grouped: SlotRules = {
  moves: 0.1,
  capacity: (length) => Math.max(128, 2 ** Math.ceil(Math.log2(length + 1))),
  promptCapacity: (length, count, now) => Math.max(now, grouped.capacity(length + count)),
  mask: (lengths, _, count) => {
    const width = Math.max(...lengths) + count;
    return maskOf(lengths, width, (row) => [lengths[row] ?? 0, (lengths[row] ?? 0) + count]);
  },
  outputSlots: () => undefined,
  take: (block, present, past) => {
    if (present[0] !== past[0]) block.adopt(present.map(dataOf), present[0]?.dims[2] ?? 0);
  },
};

/** Slots are read, written longer, and read again; a prompt is given none to spare, so its longer cache is taken over. */
const appended: Omit<SlotRules, "capacity"> = {
  moves: 3,
  promptCapacity: (length) => length,
  mask: behindAll,
  outputSlots: (capacity) => capacity + 1,
  take: (block, present, _, count) => {
    const { rows, capacity } = block;
    if (rows.length === 1 && rows[0]?.tokens.length === capacity)
      block.adopt(present.map(dataOf), capacity + count);
    else block.write(present.map(dataOf), capacity + count, capacity, count);
  },
};

const fresh: Pick<SlotRules, "moves" | "mask" | "outputSlots"> = {
  moves: 1,
  mask: behindAll,
  outputSlots: () => 1,
};

/** New tokens stand behind the last slot of all. */
function behindAll(lengths: readonly number[], capacity: number, count: number): BigInt64Array {
  return maskOf(lengths, capacity + count, () => [capacity, capacity + count]);
}

function maskOf(
  lengths: readonly number[],
  width: number,
  placeOfNew: (row: number) => [from: number, to: number],
): BigInt64Array {
  const mask = new BigInt64Array(lengths.length * width);
  for (const [row, length] of lengths.entries()) {
    const [from, to] = placeOfNew(row);
    mask.fill(1n, row * width, row * width + length);
    mask.fill(1n, row * width + from, row * width + to);
  }
  return mask;
}

function dataOf(tensor: OrtTensor): CacheData {
  const data = bitsOf(tensor.data);
  if (!data) throw new AppError("unprocessable", "The graph's cache is not as it announced it.");
  return data;
}
