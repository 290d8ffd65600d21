import { bytes, float, integer, integers, message } from "./protobuf.mjs";

export const FLOAT = 1;
export const UINT8 = 2;
export const INT8 = 3;
export const INT32 = 6;
export const INT64 = 7;
export const FLOAT16 = 10;
/** Domain of ONNX Runtime's own operators. */
export const MICROSOFT = "com.microsoft";
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
  /** Constants kept beside the file, when `externalData` names one. */
  #external = [];
  #externalLength = 0;
  #externalName;

  /** With `externalData` the constants go to a file of that name, which `externalBytes` gives. */
  constructor({ externalData } = {}) {
    this.#externalName = externalData;
  }

  /** A name without shape accepts any rank. */
  input(name, type, shape) {
    this.#inputs.push(valueInfo(11, name, type, shape));
    return name;
  }

  output(name, type, shape) {
    this.#outputs.push(valueInfo(12, name, type, shape));
  }

  /** Adds a node; returns its output name, or a list of them when several are asked for or named. */
  add(op, inputs, { attributes = {}, outputs = 1, name, domain } = {}) {
    const label = name ?? `${op}_${this.#nodes.length}`;
    const names = Array.isArray(label)
      ? label
      : outputs === 1
        ? [label]
        : Array.from({ length: outputs }, (_, i) => `${label}.${i}`);
    this.#nodes.push(
      message(
        1,
        ...inputs.map((input) => bytes(1, input)),
        ...names.map((output) => bytes(2, output)),
        bytes(3, `node_${this.#nodes.length}`),
        bytes(4, op),
        ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
        ...(domain === undefined ? [] : [bytes(7, domain)]),
      ),
    );
    return names.length === 1 ? names[0] : names;
  }

  /** `data` may be a function, called once per name, for what is costly to make. */
  #constant(name, type, shape, data) {
    if (!this.#tensors.has(name)) {
      const dimensions = shape.map((size) => integer(1, size));
      const content = raw(typeof data === "function" ? data() : data);
      this.#tensors.set(
        name,
        message(5, ...dimensions, integer(2, type), bytes(8, name), ...this.#content(content)),
      );
    }
    return name;
  }

  #content(content) {
    // Shapes and scalars are needed to check the graph and stay inside.
    if (this.#externalName === undefined || content.length < 1024) return [bytes(9, content)];
    const entry = (key, value) => message(13, bytes(1, key), bytes(2, String(value)));
    const offset = this.#externalLength;
    this.#external.push(content);
    this.#externalLength += content.length;
    return [
      entry("location", this.#externalName),
      entry("offset", offset),
      entry("length", content.length),
      integer(14, 1),
    ];
  }

  /** The content of the external file. */
  externalBytes() {
    return Buffer.concat(this.#external);
  }

  floats(name, shape, data) {
    return this.#constant(name, FLOAT, shape, Float32Array.from(data));
  }

  int8(name, shape, data) {
    return this.#constant(name, INT8, shape, Int8Array.from(data));
  }

  uint8(name, shape, data) {
    return this.#constant(name, UINT8, shape, data);
  }

  /** `data` holds the 16-bit patterns. */
  float16(name, shape, data) {
    return this.#constant(name, FLOAT16, shape, data);
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
    const own = message(8, bytes(1, MICROSOFT), integer(2, 1));
    return Buffer.concat([integer(1, IR_VERSION), bytes(2, "tessera"), opset, own, graph]);
  }
}
