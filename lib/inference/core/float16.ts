/** Bits of cache values: float32 as numbers, float16 as 16-bit patterns. */
export type CacheData = Float32Array | Uint16Array;

/** Float32 values of 16-bit patterns (IEEE 754 binary16), looked up: there are only 65,536. */
let table: Float32Array | undefined;

/** Widens `count` halves from `from` on. Exact: every half is a float32. */
export function widenHalves(halves: Uint16Array, from: number, count: number): Float32Array {
  table ??= makeTable();
  const wide = new Float32Array(count);
  for (let i = 0; i < count; i++) wide[i] = table[halves[from + i] ?? 0] ?? 0;
  return wide;
}

/** A tensor's data as its bits: a runtime may give halves as numbers (Float16Array). */
export function bitsOf(data: unknown): CacheData | undefined {
  if (data instanceof Float32Array || data instanceof Uint16Array) return data;
  if (ArrayBuffer.isView(data) && data.constructor.name === "Float16Array")
    return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return undefined;
}

function makeTable(): Float32Array {
  return Float32Array.from({ length: 65_536 }, (_, bits) => {
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
