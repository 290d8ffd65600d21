import { AppError } from "@/lib/core";
import { MeteredBytes } from "./metered-bytes";
import { readTensor } from "./onnx-tensor";
import { type GraphValue, readGraphValue } from "./onnx-value";
import { BrokenMessage, type Bytes, Fields } from "./protobuf";

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

/** Deep nesting of subgraphs is an attack, not a model. */
const deepest = 8;

/** Of each, several times what the largest models have: more would only fill the memory. */
const most = { nodes: 1_000_000, tensors: 500_000, "inputs and outputs": 50_000 };

/** Of all names, numbers and lengths beside the weights: the largest models have a fifth, and it is read in a second. */
const mostStructure = 2 ** 25;

/**
 * Reads the structure of an ONNX file (protocol buffers of onnx.proto); weights are skipped over, not read.
 * @throws AppError `unprocessable` for a file that is cut, not ONNX, larger than any model, or leads outside its folder
 */
export function readOnnxFile(bytes: Bytes, name: string): OnnxFile {
  const reader = new GraphReader(name);
  const metered = new MeteredBytes(
    bytes,
    mostStructure,
    () => new AppError("unprocessable", `${name} has more beside its weights than any model.`),
  );
  try {
    reader.model(new Fields(metered, 0, metered.length));
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
  readonly #counts = { nodes: 0, tensors: 0, "inputs and outputs": 0 };
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
      else if (fields.field === 20) throw this.#unread("steps of training");
      else if (fields.field === 25) this.#function(fields.inner());
    }
  }

  #graph(fields: Fields, depth: number): void {
    if (depth > deepest) throw new BrokenMessage("its subgraphs are nested too deep");
    this.#graphs++;
    while (fields.next()) {
      if (fields.field === 1) this.#node(fields.inner(), depth);
      else if (fields.field === 5) this.#initializers.add(this.#tensor(fields.inner()));
      else if (fields.field === 11 && depth === 0) this.#inputs.push(this.#value(fields.inner()));
      else if (fields.field === 12 && depth === 0) this.#outputs.push(this.#value(fields.inner()));
      else if (fields.field === 15) throw this.#unread("sparse tensors");
    }
  }

  #function(fields: Fields): void {
    while (fields.next()) {
      if (fields.field === 7) this.#node(fields.inner(), 1);
      else if (fields.field === 11) this.#attribute(fields.inner(), 1);
    }
  }

  #value(fields: Fields): GraphValue {
    this.#count("inputs and outputs");
    return readGraphValue(fields);
  }

  #node(fields: Fields, depth: number): void {
    this.#count("nodes");
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
      const { field } = fields;
      if (field === 1) name = fields.text();
      else if (field === 3) integer = fields.value;
      else if (field === 5 || field === 10) this.#tensor(fields.inner());
      else if (field === 6 || field === 11) this.#graph(fields.inner(), depth + 1);
      else if (field === 22 || field === 23) throw this.#unread("sparse tensors");
    }
    // -1, as ten bytes, reads as a number beyond any window.
    if (name === "local_window_size" && integer < 2 ** 31) this.#window = Math.max(this.#window, integer);
  }

  /** Its name. */
  #tensor(fields: Fields): string {
    this.#count("tensors");
    const { name, bytes, outside } = readTensor(fields, this.#name);
    this.#weightBytes += bytes;
    if (outside) {
      const { location, end } = outside;
      this.#external.set(location, Math.max(this.#external.get(location) ?? 0, end));
    }
    return name;
  }

  #count(what: keyof typeof most): void {
    this.#counts[what]++;
    if (this.#counts[what] > most[what])
      throw new AppError("unprocessable", `${this.#name} has more than ${most[what]} ${what}.`);
  }

  #unread(what: string): AppError {
    return new AppError("unprocessable", `${this.#name} has ${what}, which no engine here reads.`);
  }
}
