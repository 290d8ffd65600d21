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
/** Bytes from which on a constant may lie outside. */
const large = 1024;

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

/** A file of constants beside a graph. */
class ExternalWeights {
  #name;
  #parts = [];
  #length = 0;

  constructor(name) {
    this.#name = name;
  }

  place(_, content) {
    const offset = this.#length;
    this.#parts.push(content);
    this.#length += content.length;
    return { location: this.#name, offset, length: content.length };
  }

  bytes() {
    return Buffer.concat(this.#parts);
  }
}

/** The constants inside another graph's file, for what is the same there. */
class WeightsInside {
  #location;
  #places;

  constructor(location, places) {
    this.#location = location;
    this.#places = places;
  }

  place(name, content) {
    const known = this.#places.get(name);
    if (known === undefined || !known.content.equals(content)) return undefined;
    return { location: this.#location, offset: known.offset, length: content.length };
  }
}

/** Collects nodes and constants and serialises them as an ONNX model. */
export class OnnxGraph {
  #nodes = [];
  #tensors = new Map();
  #inputs = [];
  #outputs = [];
  #external;

  /**
   * With `externalData` larger constants lie outside: in a file of that name, which `externalBytes` gives, or where
   * `weightsIn` of another graph found the same.
   */
  constructor({ externalData } = {}) {
    this.#external = typeof externalData === "string" ? new ExternalWeights(externalData) : externalData;
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
      this.#tensors.set(name, {
        content,
        bytes: message(5, ...dimensions, integer(2, type), bytes(8, name), ...this.#content(name, content)),
      });
    }
    return name;
  }

  #content(name, content) {
    // Shapes and scalars are needed to check the graph and stay inside.
    const place = content.length < large ? undefined : this.#external?.place(name, content);
    if (place === undefined) return [bytes(9, content)];
    const entry = (key, value) => message(13, bytes(1, key), bytes(2, String(value)));
    return [...Object.entries(place).map(([key, value]) => entry(key, value)), integer(14, 1)];
  }

  /** The content of the external file. */
  externalBytes() {
    return this.#external?.bytes?.() ?? Buffer.alloc(0);
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
    const nodes = [...this.#nodes, bytes(2, name)];
    const tensors = [...this.#tensors.values()].map((tensor) => tensor.bytes);
    const graph = message(7, ...nodes, ...tensors, ...this.#inputs, ...this.#outputs);
    const opset = message(8, bytes(1, ""), integer(2, OPSET));
    const own = message(8, bytes(1, MICROSOFT), integer(2, 1));
    return Buffer.concat([integer(1, IR_VERSION), bytes(2, "tessera"), opset, own, graph]);
  }

  /** `externalData` for another graph, of the weights in this one's file as `serialize` gave it. */
  weightsIn(file, location) {
    const lengthOf = (parts) => parts.reduce((sum, part) => sum + part.length, 0);
    const tensors = [...this.#tensors];
    const behind = lengthOf([...this.#inputs, ...this.#outputs]);
    let end = file.length - behind - lengthOf(tensors.map(([, tensor]) => tensor.bytes));
    const places = new Map();
    for (const [name, { content, bytes: written }] of tensors) {
      end += written.length;
      // The values are a tensor's last field.
      if (content.length >= large) places.set(name, { content, offset: end - content.length });
    }
    return new WeightsInside(location, places);
  }
}
