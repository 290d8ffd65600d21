import { bytes, float, integer, integers, message } from "./protobuf.mjs";

export const FLOAT = 1;
export const INT8 = 3;
export const INT64 = 7;
const OPSET = 17;
const IR_VERSION = 8;

const raw = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

function attribute(name, value) {
  const head = bytes(1, name);
  if (Array.isArray(value)) return message(5, head, integers(8, value), integer(20, 7));
  if (Number.isInteger(value)) return message(5, head, integer(3, value), integer(20, 2));
  return message(5, head, float(2, value), integer(20, 1));
}

function valueInfo(field, name, type, shape) {
  const dimension = (size) =>
    typeof size === "number" ? message(1, integer(1, size)) : message(1, bytes(2, size));
  const shaped = shape ? [message(2, ...shape.map(dimension))] : [];
  return message(field, bytes(1, name), message(2, message(1, integer(1, type), ...shaped)));
}

/** Collects nodes and constants and serialises them as an ONNX model. */
export class OnnxGraph {
  #nodes = [];
  #tensors = new Map();
  #inputs = [];
  #outputs = [];

  /** A name without shape accepts any rank. */
  input(name, type, shape) {
    this.#inputs.push(valueInfo(11, name, type, shape));
    return name;
  }

  output(name, type, shape) {
    this.#outputs.push(valueInfo(12, name, type, shape));
  }

  /** Adds a node; returns its output name, or a list of them when several are asked for. */
  add(op, inputs, { attributes = {}, outputs = 1, name } = {}) {
    const label = name ?? `${op}_${this.#nodes.length}`;
    const names = outputs === 1 ? [label] : Array.from({ length: outputs }, (_, i) => `${label}.${i}`);
    this.#nodes.push(
      message(
        1,
        ...inputs.map((input) => bytes(1, input)),
        ...names.map((output) => bytes(2, output)),
        bytes(3, `node_${this.#nodes.length}`),
        bytes(4, op),
        ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      ),
    );
    return outputs === 1 ? names[0] : names;
  }

  #constant(name, type, shape, data) {
    if (!this.#tensors.has(name)) {
      const dimensions = shape.map((size) => integer(1, size));
      this.#tensors.set(
        name,
        message(5, ...dimensions, integer(2, type), bytes(8, name), bytes(9, raw(data))),
      );
    }
    return name;
  }

  floats(name, shape, data) {
    return this.#constant(name, FLOAT, shape, Float32Array.from(data));
  }

  int8(name, shape, data) {
    return this.#constant(name, INT8, shape, Int8Array.from(data));
  }

  scalar(value) {
    return this.#constant(`scalar_${value}`, FLOAT, [], Float32Array.of(value));
  }

  /** A one-dimensional int64 constant: shapes, axes, starts. */
  list(...values) {
    return this.#constant(
      `list_${values.join("_")}`,
      INT64,
      [values.length],
      BigInt64Array.from(values.map(BigInt)),
    );
  }

  index(value) {
    return this.#constant(`index_${value}`, INT64, [], BigInt64Array.of(BigInt(value)));
  }

  serialize(name) {
    const graph = message(
      7,
      ...this.#nodes,
      bytes(2, name),
      ...this.#tensors.values(),
      ...this.#inputs,
      ...this.#outputs,
    );
    const opset = message(8, bytes(1, ""), integer(2, OPSET));
    return Buffer.concat([integer(1, IR_VERSION), bytes(2, "tessera"), opset, graph]);
  }
}
