import { closeSync, openSync, writeSync } from "node:fs";
import { integerField, messageField, textField } from "@/lib/inference/core/protobuf";

const uint8 = 2;

interface GraphOptions {
  /** Elements that the tensor announces; as many as it holds when absent. */
  announced?: number;
  /** A file beside the graph that holds the weights. */
  location?: string;
  length?: number;
}

/** An ONNX file of one tensor of bytes: whole, but of no use. */
export function onnxGraph(values: Uint8Array, options: GraphOptions = {}): Buffer {
  const { announced = values.length, location, length = announced } = options;
  const entry = (key: string, value: string) => messageField(13, [textField(1, key), textField(2, value)]);
  const where =
    location === undefined
      ? [messageField(9, [values])]
      : [entry("location", location), entry("length", String(length)), integerField(14, 1)];
  const tensor = [integerField(1, announced), integerField(2, uint8), textField(8, "w"), ...where];
  const output = messageField(12, [textField(1, "y")]);
  return Buffer.from(messageField(7, [messageField(5, tensor), output]));
}

/** As `onnxGraph`, with `bytes` bytes in all. */
export function onnxGraphOf(bytes: number): Buffer {
  const pattern = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255);
  const frame = onnxGraph(pattern(bytes)).length - bytes;
  for (let values = bytes - frame; values <= bytes; values += 1) {
    const graph = onnxGraph(pattern(values));
    if (graph.length === bytes) return graph;
  }
  throw new Error(`No graph has ${bytes} bytes.`);
}

function lengthPrefix(field: number, length: number): Buffer {
  const bytes = [field * 8 + 2];
  let rest = length;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** A whole graph with one tensor of `values` zeros in front of its output, in a file that takes no room on the disk. Returns its size. */
export function writeSparseGraph(path: string, values: number, announced = values): number {
  const raw = lengthPrefix(9, values);
  const about = Buffer.concat([integerField(1, announced), integerField(2, uint8), textField(8, "w")]);
  const output = messageField(12, [textField(1, "y")]);
  const inTensor = about.length + raw.length + values;
  const tensor = lengthPrefix(5, inTensor);
  const graph = lengthPrefix(7, tensor.length + inTensor + output.length);
  const head = Buffer.concat([graph, tensor, about, raw]);
  const file = openSync(path, "w");
  writeSync(file, head, 0, head.length, 0);
  writeSync(file, output, 0, output.length, head.length + values);
  closeSync(file);
  return head.length + values + output.length;
}

/** An ONNX file whose graph has `fields` beside its output, and whose model has `around` beside its graph. */
export function onnxGraphWith(fields: readonly Uint8Array[], around: readonly Uint8Array[] = []): Buffer {
  const output = messageField(12, [textField(1, "y")]);
  return Buffer.concat([messageField(7, [...fields, output]), ...around]);
}
