import { AppError } from "@/lib/core";
import { BrokenMessage, type Bytes, Fields } from "./protobuf";

/** An input or output of a graph; a dimension is a number where the file fixes it, else its name or "". */
export interface GraphValue {
  name: string;
  /** As ONNX Runtime names it: `float32`, `float16`, `int64`; `type <n>` for what has no name here. */
  type: string;
  shape: (number | string)[];
}

/** What an ONNX file says of itself, read without loading it. */
export interface OnnxFile {
  inputs: GraphValue[];
  outputs: GraphValue[];
  /** Operators used, with their domain when it is not ONNX's own: `MatMul`, `com.microsoft.MatMulNBits`. */
  operators: ReadonlySet<string>;
  /** Bytes of all weights, in the file and beside it. */
  weightBytes: number;
  /** Files with weights beside this one, and the bytes that each must have at least. */
  external: ReadonlyMap<string, number>;
  /** Tokens back that fused attention sees; 0 is all. */
  window: number;
}

// Names of TensorProto.DataType and bytes per element.
const elementTypes: Readonly<Record<number, readonly [name: string, bytes: number]>> = {
  1: ["float32", 4],
  2: ["uint8", 1],
  3: ["int8", 1],
  4: ["uint16", 2],
  5: ["int16", 2],
  6: ["int32", 4],
  7: ["int64", 8],
  9: ["bool", 1],
  10: ["float16", 2],
  11: ["float64", 8],
  12: ["uint32", 4],
  13: ["uint64", 8],
  16: ["bfloat16", 2],
  21: ["uint4", 0.5],
  22: ["int4", 0.5],
};

/** Fields of a tensor that hold its values. */
const valueFields: ReadonlySet<number> = new Set([4, 5, 6, 7, 10, 11]);

/** Deep nesting of subgraphs is an attack, not a model. */
const deepest = 8;

/**
 * Reads the structure of an ONNX file (protocol buffers of onnx.proto); weights are skipped over, not read.
 * @throws AppError `unprocessable` for a file that is cut, not ONNX, or leads outside its folder
 */
export function readOnnxFile(bytes: Bytes, name: string): OnnxFile {
  const reader = new GraphReader(name);
  try {
    reader.model(new Fields(bytes, 0, bytes.length));
  } catch (cause) {
    if (!(cause instanceof BrokenMessage)) throw cause;
    throw new AppError("unprocessable", `${name} is not a whole ONNX file.`, { cause });
  }
  return reader.found();
}

class GraphReader {
  readonly #name: string;
  readonly #inputs: GraphValue[] = [];
  readonly #outputs: GraphValue[] = [];
  readonly #initializers = new Set<string>();
  readonly #operators = new Set<string>();
  readonly #external = new Map<string, number>();
  #weightBytes = 0;
  #window = 0;
  #graphs = 0;

  constructor(name: string) {
    this.#name = name;
  }

  found(): OnnxFile {
    if (this.#graphs === 0 || this.#outputs.length === 0)
      throw new AppError("unprocessable", `${this.#name} holds no ONNX graph.`);
    return {
      // Old files list weights among the inputs too.
      inputs: this.#inputs.filter(({ name }) => !this.#initializers.has(name)),
      outputs: this.#outputs,
      operators: this.#operators,
      weightBytes: Math.ceil(this.#weightBytes),
      external: this.#external,
      window: this.#window,
    };
  }

  model(fields: Fields): void {
    while (fields.next()) {
      if (fields.field === 7) this.#graph(fields.inner(), 0);
      else if (fields.field === 25) this.#function(fields.inner());
    }
  }

  #graph(fields: Fields, depth: number): void {
    if (depth > deepest) throw new BrokenMessage("its subgraphs are nested too deep");
    this.#graphs++;
    while (fields.next()) {
      if (fields.field === 1) this.#node(fields.inner(), depth);
      else if (fields.field === 5) this.#tensor(fields.inner());
      else if (fields.field === 11 && depth === 0) this.#inputs.push(graphValue(fields.inner()));
      else if (fields.field === 12 && depth === 0) this.#outputs.push(graphValue(fields.inner()));
    }
  }

  #function(fields: Fields): void {
    while (fields.next()) if (fields.field === 7) this.#node(fields.inner(), 1);
  }

  #node(fields: Fields, depth: number): void {
    let operator = "";
    let domain = "";
    while (fields.next()) {
      if (fields.field === 4) operator = fields.text();
      else if (fields.field === 7) domain = fields.text();
      else if (fields.field === 5) this.#attribute(fields.inner(), depth);
    }
    this.#operators.add(domain === "" || domain === "ai.onnx" ? operator : `${domain}.${operator}`);
  }

  #attribute(fields: Fields, depth: number): void {
    let name = "";
    let integer = 0;
    while (fields.next()) {
      if (fields.field === 1) name = fields.text();
      else if (fields.field === 3) integer = fields.value;
      else if (fields.field === 5) this.#tensor(fields.inner());
      else if (fields.field === 6) this.#graph(fields.inner(), depth + 1);
    }
    // -1, as ten bytes, reads as a number beyond any window.
    if (name === "local_window_size" && integer < 2 ** 31) this.#window = Math.max(this.#window, integer);
  }

  #tensor(fields: Fields): void {
    let elements = 1;
    let type = 0;
    let external: Map<string, string> | undefined;
    let raw: number | undefined;
    let held = 0;
    while (fields.next()) {
      if (fields.field === 9) raw = fields.to - fields.from;
      if (valueFields.has(fields.field)) held += fields.wire === 2 ? fields.to - fields.from : 1;
      if (fields.field === 1) for (const size of fields.integers()) elements *= size;
      else if (fields.field === 2) type = fields.value;
      else if (fields.field === 8) this.#initializers.add(fields.text());
      else if (fields.field === 13) external = new Map([...(external ?? []), keyAndValue(fields.inner())]);
    }
    const bytes = elements * (elementTypes[type]?.[1] ?? 1);
    if (!Number.isFinite(bytes) || bytes > 2 ** 42)
      throw new AppError("unprocessable", `${this.#name} announces a tensor of ${elements} elements.`);
    this.#weightBytes += bytes;
    if (external) this.#outside(external, bytes);
    // Raw values have their full length; others may be written shorter, but none in less than a byte.
    else if (
      type in elementTypes &&
      (raw ?? held) < Math.floor(raw === undefined ? Math.min(elements, bytes) : bytes)
    )
      throw new AppError(
        "unprocessable",
        `${this.#name} announces a tensor of ${Math.ceil(bytes)} bytes and holds ${raw ?? held} of them.`,
      );
  }

  #outside(external: ReadonlyMap<string, string>, bytes: number): void {
    const location = external.get("location") ?? "";
    if (!/^[\w][\w.-]*$/.test(location)) {
      throw new AppError(
        "unprocessable",
        `${this.#name} wants its weights from ${JSON.stringify(location.slice(0, 100))}, which is not a file beside it.`,
      );
    }
    const offset = Number(external.get("offset") ?? 0);
    const length = Number(external.get("length") ?? bytes);
    if (!(offset >= 0) || !(length >= 0) || !Number.isFinite(offset + length))
      throw new BrokenMessage("a place of weights is no number");
    this.#external.set(location, Math.max(this.#external.get(location) ?? 0, offset + length));
  }
}

function keyAndValue(fields: Fields): [string, string] {
  let key = "";
  let value = "";
  while (fields.next()) {
    if (fields.field === 1) key = fields.text();
    else if (fields.field === 2) value = fields.text();
  }
  return [key, value];
}

function graphValue(fields: Fields): GraphValue {
  const value: GraphValue = { name: "", type: "unknown", shape: [] };
  while (fields.next()) {
    if (fields.field === 1) value.name = fields.text();
    else if (fields.field === 2) readType(fields.inner(), value);
  }
  return value;
}

function readType(fields: Fields, value: GraphValue): void {
  while (fields.next()) {
    if (fields.field !== 1) continue;
    const tensor = fields.inner();
    while (tensor.next()) {
      if (tensor.field === 1) value.type = elementTypes[tensor.value]?.[0] ?? `type ${tensor.value}`;
      else if (tensor.field === 2) {
        const shape = tensor.inner();
        while (shape.next()) if (shape.field === 1) value.shape.push(dimension(shape.inner()));
      }
    }
  }
}

function dimension(fields: Fields): number | string {
  let size: number | string = "";
  while (fields.next()) {
    if (fields.field === 1) size = fields.value;
    else if (fields.field === 2) size = fields.text();
  }
  return size;
}
