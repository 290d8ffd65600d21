import {
  Fields,
  floatField,
  integerField,
  integersField,
  joined,
  messageField,
  type Piece,
  textField,
} from "../protobuf";

/** Of TensorProto.DataType. */
export const FLOAT = 1;
export const INT64 = 7;
export const BOOL = 9;
export const FLOAT16 = 10;

/** What is read of an attribute here; others are only carried on. */
export type AttributeValue = number | readonly number[] | Tensor | undefined;

export interface Node {
  op: string;
  /** `""` is ONNX's own. */
  domain: string;
  inputs: string[];
  outputs: string[];
  attributes: ReadonlyMap<string, AttributeValue>;
  /** Names from outside that its subgraphs use. */
  captured: ReadonlySet<string>;
  /** All its fields but inputs and outputs. */
  rest: readonly Piece[];
}

export interface Tensor {
  name: string;
  dims: readonly number[];
  type: number;
  /** Where its values lie in the file, for those that lie there in one piece. */
  values?: { from: number; to: number };
  fields: readonly Piece[];
}

/** A model whose graph can be changed; what is not changed is carried on as it stands. */
export interface Model {
  /** Version of ONNX's own operators. */
  opset: number;
  imports: ReadonlySet<string>;
  /** Fields around the graph. */
  rest: Piece[];
  nodes: Node[];
  tensors: Map<string, Tensor>;
  /** Descriptions, by name. */
  inputs: Map<string, Piece>;
  outputs: Map<string, Piece>;
  /** Descriptions of inner values. */
  described: Piece[];
  /** Other fields of the graph. */
  graphRest: Piece[];
}

export function readModel(fields: Fields): Model {
  const model: Model = {
    opset: 0,
    imports: new Set(),
    rest: [],
    nodes: [],
    tensors: new Map(),
    inputs: new Map(),
    outputs: new Map(),
    described: [],
    graphRest: [],
  };
  const imports = new Set<string>();
  while (fields.next()) {
    if (fields.field === 7) readGraph(fields.inner(), model);
    else model.rest.push(fields.raw());
    if (fields.field !== 8) continue;
    const { domain, version } = readImport(fields.inner());
    imports.add(domain);
    if (domain === "") model.opset = version;
  }
  return { ...model, imports };
}

function readImport(fields: Fields): { domain: string; version: number } {
  let domain = "";
  let version = 0;
  while (fields.next()) {
    if (fields.field === 1) domain = fields.text();
    else if (fields.field === 2) version = fields.value;
  }
  return { domain: domain === "ai.onnx" ? "" : domain, version };
}

function readGraph(fields: Fields, model: Model): void {
  while (fields.next()) {
    if (fields.field === 1) model.nodes.push(readNode(fields.inner()));
    else if (fields.field === 5) {
      const tensor = readTensor(fields.inner());
      model.tensors.set(tensor.name, tensor);
    } else if (fields.field === 11) model.inputs.set(nameOf(fields.inner()), fields.raw());
    else if (fields.field === 12) model.outputs.set(nameOf(fields.inner()), fields.raw());
    else if (fields.field === 13) model.described.push(fields.raw());
    else model.graphRest.push(fields.raw());
  }
}

function nameOf(fields: Fields): string {
  while (fields.next()) if (fields.field === 1) return fields.text();
  return "";
}

function readNode(fields: Fields): Node {
  const captured = new Set<string>();
  const attributes = new Map<string, AttributeValue>();
  const node = { op: "", domain: "", inputs: [] as string[], outputs: [] as string[], rest: [] as Piece[] };
  while (fields.next()) {
    if (fields.field === 1) node.inputs.push(fields.text());
    else if (fields.field === 2) node.outputs.push(fields.text());
    else node.rest.push(fields.raw());
    if (fields.field === 4) node.op = fields.text();
    else if (fields.field === 7) node.domain = fields.text() === "ai.onnx" ? "" : fields.text();
    else if (fields.field === 5) readAttribute(fields.inner(), attributes, captured);
  }
  return { ...node, attributes, captured };
}

function readAttribute(fields: Fields, attributes: Map<string, AttributeValue>, captured: Set<string>): void {
  let name = "";
  let value: AttributeValue;
  const list: number[] = [];
  while (fields.next()) {
    if (fields.field === 1) name = fields.text();
    else if (fields.field === 2) value = fields.float();
    else if (fields.field === 3) value = fields.signed;
    else if (fields.field === 5) value = readTensor(fields.inner());
    else if (fields.field === 8) list.push(...fields.signedIntegers());
    else if (fields.field === 6 || fields.field === 11) readNames(fields.inner(), captured);
  }
  attributes.set(name, value ?? (list.length > 0 ? list : undefined));
}

/** All names that the nodes and outputs of a subgraph use, its own included: one too many does no harm. */
function readNames(graph: Fields, names: Set<string>): void {
  while (graph.next()) {
    if (graph.field === 12) names.add(nameOf(graph.inner()));
    if (graph.field !== 1) continue;
    const node = readNode(graph.inner());
    for (const name of [...node.inputs, ...node.captured]) names.add(name);
  }
}

function readTensor(fields: Fields): Tensor {
  const tensor: Tensor & { dims: number[]; fields: Piece[] } = { name: "", dims: [], type: 0, fields: [] };
  while (fields.next()) {
    if (fields.field === 1) tensor.dims.push(...fields.integers());
    else if (fields.field === 2) tensor.type = fields.value;
    else if (fields.field === 8) tensor.name = fields.text();
    else if (fields.field === 9) tensor.values = { from: fields.from, to: fields.to };
    tensor.fields.push(fields.raw());
  }
  return tensor;
}

/** The values of a small tensor of int64. */
export function integersIn({ fields }: Tensor): number[] {
  const bytes = joined(fields);
  const all = new Fields(bytes, 0, bytes.length);
  const values: number[] = [];
  while (all.next()) {
    if (all.field === 7) values.push(...all.signedIntegers());
    if (all.field !== 9) continue;
    const view = new DataView(bytes.buffer, all.from, all.to - all.from);
    for (let at = 0; at + 8 <= view.byteLength; at += 8) values.push(Number(view.getBigInt64(at, true)));
  }
  return values;
}

/** Shapes and scalars are needed to check a graph and stay inside. */
const smallest = 1024;

/** The model as a file whose larger weights stay where they are: in the file `location` that it was read from. */
export function writeModel(model: Model, location: string): Uint8Array {
  const graph = messageField(7, [
    ...model.nodes.map(writeNode),
    ...model.graphRest,
    ...[...model.tensors.values()].map((tensor) => writeTensor(tensor, location)),
    ...model.inputs.values(),
    ...model.outputs.values(),
    ...model.described,
  ]);
  return joined([...model.rest, graph]);
}

function writeNode({ inputs, outputs, rest }: Node): Piece {
  return messageField(1, [
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    ...rest,
  ]);
}

function writeTensor({ name, dims, type, values, fields }: Tensor, location: string): Piece {
  if (!values || values.to - values.from <= smallest) return messageField(5, fields);
  const entry = (key: string, value: string) => messageField(13, [textField(1, key), textField(2, value)]);
  return messageField(5, [
    ...dims.map((size) => integerField(1, size)),
    integerField(2, type),
    textField(8, name),
    entry("location", location),
    entry("offset", String(values.from)),
    entry("length", String(values.to - values.from)),
    integerField(14, 1),
  ]);
}

export function attributeField(name: string, value: number | readonly number[], isFloat: boolean): Piece {
  const head = textField(1, name);
  if (typeof value !== "number") return messageField(5, [head, integersField(8, value), integerField(20, 7)]);
  return isFloat
    ? messageField(5, [head, floatField(2, value), integerField(20, 1)])
    : messageField(5, [head, integerField(3, value), integerField(20, 2)]);
}
