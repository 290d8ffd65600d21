import { readFileSync } from "node:fs";

/** Reads what train/export_weights.py wrote: { config, tensors: { name: { shape, data } } }. */
export function readWeights(path) {
  const file = readFileSync(path);
  const size = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.subarray(8, 8 + size).toString());
  // Copied, because a Float32Array cannot start at an odd offset.
  const body = new Uint8Array(file.subarray(8 + size)).buffer;
  const tensors = {};
  for (const [name, { shape, offset }] of Object.entries(header.tensors)) {
    tensors[name] = {
      shape,
      data: new Float32Array(
        body,
        offset,
        shape.reduce((a, b) => a * b, 1),
      ),
    };
  }
  return { config: header.config, tensors };
}
