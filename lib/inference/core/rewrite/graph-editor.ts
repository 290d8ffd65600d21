import { integerField, integersField, messageField, type Piece, textField } from "../protobuf";
import {
  type AttributeValue,
  attributeField,
  FLOAT,
  INT64,
  integersIn,
  type Model,
  type Node,
  type Tensor,
} from "./onnx-model";

/** Why a graph is left as it is. */
export class LeftAlone extends Error {}

interface NodeOptions {
  /** Integers and lists of them. */
  attributes?: Record<string, number | readonly number[]>;
  /** Numbers with a fraction. */
  floats?: Record<string, number>;
  domain?: string;
  /** Its name where it must have a certain one. */
  output?: string;
}

/** A reader of a value: which input of which node it is; -1 is inside a subgraph. */
export interface Use {
  node: Node;
  index: number;
}

/** Of a shape or of axes. */
const longestList = 16;

/** As far as a slice can go. */
export const END = Number.MAX_SAFE_INTEGER;

/** Looks through a graph and puts nodes in the place of others. */
export class GraphEditor {
  readonly model: Model;
  readonly #makers = new Map<string, Node>();
  readonly #uses = new Map<string, Use[]>();
  readonly #front: Node[] = [];
  readonly #instead = new Map<Node, Node[]>();
  readonly #prefix: string;
  #target = this.#front;
  #count = 0;

  constructor(model: Model) {
    this.model = model;
    const names = new Set([...model.tensors.keys(), ...model.inputs.keys()]);
    for (const node of model.nodes) {
      for (const [index, name] of node.inputs.entries()) this.#use(name, { node, index });
      for (const name of node.captured) this.#use(name, { node, index: -1 });
      for (const name of node.outputs) {
        this.#makers.set(name, node);
        names.add(name);
      }
      for (const name of node.captured) names.add(name);
    }
    let prefix = "fresh";
    while ([...names].some((name) => name.startsWith(`${prefix}.`))) prefix += "_";
    this.#prefix = prefix;
  }

  /** The node of the file that gives a value. */
  makerOf(name: string): Node | undefined {
    return this.#makers.get(name);
  }

  /** Who reads a value in the file. */
  usesOf(name: string): readonly Use[] {
    return this.#uses.get(name) ?? [];
  }

  /** A constant of the file, be it a weight or a node. */
  constantOf(name: string): Tensor | undefined {
    const maker = this.makerOf(name);
    const value = maker?.op === "Constant" ? maker.attributes.get("value") : undefined;
    return this.model.tensors.get(name) ?? (isTensor(value) ? value : undefined);
  }

  /** The integers of a constant of the file. */
  integersOf(name: string): readonly number[] | undefined {
    const list = this.makerOf(name)?.attributes.get("value_ints");
    if (Array.isArray(list)) return list;
    const tensor = this.constantOf(name);
    return tensor?.type === INT64 && (tensor.dims[0] ?? 1) <= longestList ? integersIn(tensor) : undefined;
  }

  /** New nodes go before all others. */
  atFront(): void {
    this.#target = this.#front;
  }

  /** New nodes stand in the place of this one. */
  inPlaceOf(node: Node): void {
    this.#target = [];
    this.#instead.set(node, this.#target);
  }

  /** Adds a node with one output, at the front unless told otherwise. */
  add(
    op: string,
    inputs: readonly string[],
    { attributes = {}, floats = {}, domain = "", output }: NodeOptions = {},
  ): string {
    const name = output ?? this.#name();
    const rest: Piece[] = [
      textField(3, `${this.#prefix}.node.${this.#count++}`),
      textField(4, op),
      ...(domain === "" ? [] : [textField(7, domain)]),
      ...Object.entries(attributes).map(([key, value]) => attributeField(key, value, false)),
      ...Object.entries(floats).map(([key, value]) => attributeField(key, value, true)),
    ];
    const node = { op, domain, inputs: [...inputs], outputs: [name], rest };
    this.#target.push({ ...node, attributes: new Map(), captured: new Set() });
    return name;
  }

  /** A list of integers, for shapes, axes and the like. */
  list(...values: number[]): string {
    const name = `${this.#prefix}.list.${values.join("_")}`;
    if (!this.model.tensors.has(name)) this.#constant(name, [values.length], INT64, integersField(7, values));
    return name;
  }

  integer(value: number): string {
    const name = `${this.#prefix}.integer.${value}`;
    if (!this.model.tensors.has(name)) this.#constant(name, [], INT64, integersField(7, [value]));
    return name;
  }

  /** A float32. */
  scalar(value: number): string {
    const name = `${this.#prefix}.scalar.${value}`;
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    if (!this.model.tensors.has(name)) this.#constant(name, [], FLOAT, messageField(9, [bytes]));
    return name;
  }

  reshape(x: string, ...shape: number[]): string {
    return this.add("Reshape", [x, this.list(...shape)]);
  }

  transpose(x: string, ...perm: number[]): string {
    return this.add("Transpose", [x], { attributes: { perm } });
  }

  concat(axis: number, ...parts: string[]): string {
    return this.add("Concat", parts, { attributes: { axis } });
  }

  /** Part of a value along one axis; bounds are lists of one integer. */
  slice(x: string, axis: number, from: string, to: string): string {
    return this.add("Slice", [x, from, to, this.list(axis)]);
  }

  /** Size of one dimension, as a list of one integer. */
  sizeOf(x: string, axis: number): string {
    return this.slice(this.add("Shape", [x]), 0, this.list(axis), this.list(axis + 1));
  }

  /** The model with what was put in, and without what is not needed any more. */
  finish(): Model {
    const placed = this.model.nodes.flatMap((node) => this.#instead.get(node) ?? [node]);
    const live = new Set(this.model.outputs.keys());
    const nodes: Node[] = [];
    for (const node of [...this.#front, ...placed].toReversed()) {
      if (!node.outputs.some((name) => live.has(name))) continue;
      nodes.unshift(node);
      for (const name of [...node.inputs, ...node.captured]) live.add(name);
    }
    const tensors = new Map([...this.model.tensors].filter(([name]) => live.has(name)));
    // What the file says of inner values may no longer hold.
    return { ...this.model, nodes, tensors, described: [] };
  }

  #use(name: string, use: Use): void {
    if (name === "") return;
    const uses = this.#uses.get(name);
    if (uses) uses.push(use);
    else this.#uses.set(name, [use]);
  }

  #name(): string {
    return `${this.#prefix}.${this.#count}`;
  }

  #constant(name: string, dims: readonly number[], type: number, values: Piece): void {
    const fields = [
      ...dims.map((size) => integerField(1, size)),
      integerField(2, type),
      textField(8, name),
      values,
    ];
    this.model.tensors.set(name, { name, dims, type, fields });
  }
}

function isTensor(value: AttributeValue): value is Tensor {
  return typeof value === "object" && "fields" in value;
}

/** Description of an input or output. */
export function describe(
  field: 11 | 12,
  name: string,
  type: number,
  shape: readonly (number | string)[],
): Piece {
  const dimension = (size: number | string) =>
    messageField(1, [typeof size === "number" ? integerField(1, size) : textField(2, size)]);
  const tensor = messageField(1, [integerField(1, type), messageField(2, shape.map(dimension))]);
  return messageField(field, [textField(1, name), messageField(2, [tensor])]);
}
