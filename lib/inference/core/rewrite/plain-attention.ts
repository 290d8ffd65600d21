import { splitMix, splitScores } from "./attention";
import { END, type GraphEditor, LeftAlone, type Use } from "./graph-editor";
import { isOneNumber } from "./one-number";
import type { Node } from "./onnx-model";

/** What happens to keys or values on their way to a product. */
interface Way {
  /** `Cast` and `Transpose`: they can as well be done to past and new apart. */
  steps: readonly Node[];
  /** Factors of one number, which can as well be put to the other side of the product. */
  factors: readonly { op: string; by: string }[];
  /** Heads are repeated for the query heads of their group. */
  isRepeated: boolean;
  /** The axis of the tokens. */
  tokens: number;
}

interface Cached {
  past: string;
  /** What the new tokens add. */
  fresh: string;
  heads: number;
}

/** Replaces attention spelled out: new keys and values are put behind the past, then multiplied. */
export class PlainAttention {
  readonly #gone: Set<string>;
  readonly #edit: GraphEditor;
  /** Length of the past, as a list of one integer. */
  readonly #slots: string;

  /** Collects in `gone` what nobody may read any more. */
  constructor(edit: GraphEditor, slots: string, gone: Set<string>) {
    this.#edit = edit;
    this.#slots = slots;
    this.#gone = gone;
  }

  /** `extend` puts what is new behind `past`; from now on it gives only what is new. @throws LeftAlone */
  replace(extend: Node, past: string, heads: number): void {
    const axis = extend.attributes.get("axis");
    const [first, fresh = ""] = extend.inputs;
    if (first !== past || extend.inputs.length !== 2 || (axis !== 2 && axis !== -2))
      throw new LeftAlone(`new tokens are not put behind ${past}`);
    const [present = ""] = extend.outputs;
    const edit = this.#edit;
    edit.inPlaceOf(extend);
    edit.add("Identity", [fresh], { output: present });
    const cached = { past, fresh, heads };
    for (const { node } of edit.usesOf(present)) if (isOwn(node, "Shape")) this.#shape(node, cached);
    const products = this.#follow(present, { steps: [], factors: [], isRepeated: false, tokens: 2 }, cached);
    if (products === 0) throw new LeftAlone(`${present} does not go into a product`);
  }

  /** Follows a value to the products it goes into and replaces these; tells how many. */
  #follow(name: string, way: Way, cached: Cached): number {
    if (this.#gone.has(name)) throw new LeftAlone(`${name} is reached twice`);
    this.#gone.add(name);
    let products = 0;
    for (const use of this.#edit.usesOf(name)) {
      if (isOwn(use.node, "MatMul") && use.index === 1) {
        this.#product(use.node, way, cached);
        products++;
        continue;
      }
      const next = this.#step(use, way) ?? this.#factor(use, way) ?? this.#repeat(use, way);
      if (next) products += this.#follow(next.name, next.way, cached);
    }
    return products;
  }

  #step({ node, index }: Use, way: Way): { name: string; way: Way } | undefined {
    const [name = ""] = node.outputs;
    if (index !== 0) return undefined;
    // Factors are of the type that the value has where they are applied.
    if (isOwn(node, "Cast") && way.factors.length === 0)
      return { name, way: { ...way, steps: [...way.steps, node] } };
    const perm = node.attributes.get("perm");
    if (!isOwn(node, "Transpose") || !Array.isArray(perm) || perm.join() !== "0,1,3,2") return undefined;
    return { name, way: { ...way, steps: [...way.steps, node], tokens: 5 - way.tokens } };
  }

  #factor({ node, index }: Use, way: Way): { name: string; way: Way } | undefined {
    const isFactor = isOwn(node, "Mul") || (isOwn(node, "Div") && index === 0);
    const by = node.inputs[1 - index];
    if (!isFactor || by === undefined || !isOneNumber(this.#edit, by)) return undefined;
    return { name: node.outputs[0] ?? "", way: { ...way, factors: [...way.factors, { op: node.op, by }] } };
  }

  /** Unsqueeze, Expand and Reshape, which give each query head of a group a copy. */
  #repeat({ node, index }: Use, way: Way): { name: string; way: Way } | undefined {
    const isPlain = way.tokens === 2 && !way.isRepeated;
    if (!isPlain || index !== 0 || !isOwn(node, "Unsqueeze") || !this.#isList(node.inputs[1], 2))
      return undefined;
    const expand = this.#onlyReader(node, "Expand");
    const reshape = expand && this.#onlyReader(expand, "Reshape");
    if (!reshape) return undefined;
    for (const { outputs } of [node, expand]) this.#gone.add(outputs[0] ?? "");
    return { name: reshape.outputs[0] ?? "", way: { ...way, isRepeated: true } };
  }

  /** The only node that reads a node's value, apart from its shape. */
  #onlyReader(node: Node, op: string): Node | undefined {
    const uses = this.#edit.usesOf(node.outputs[0] ?? "").filter((use) => !isOwn(use.node, "Shape"));
    const [use] = uses;
    return uses.length === 1 && use?.index === 0 && isOwn(use.node, op) ? use.node : undefined;
  }

  #isList(name: string | undefined, value: number): boolean {
    return name !== undefined && this.#edit.integersOf(name)?.join() === String(value);
  }

  /** What was the shape of past and new together. */
  #shape(node: Node, { past, fresh }: Cached): void {
    const edit = this.#edit;
    edit.inPlaceOf(node);
    const more = edit.add("Mul", [edit.add("Shape", [fresh]), edit.list(0, 0, 1, 0)]);
    const all = edit.add("Add", [edit.add("Shape", [past]), more]);
    const [from, to] = [node.attributes.get("start") ?? 0, node.attributes.get("end") ?? END];
    edit.add("Slice", [all, edit.list(Number(from)), edit.list(Number(to)), edit.list(0)], {
      output: node.outputs[0],
    });
  }

  #product(node: Node, way: Way, { past, fresh, heads }: Cached): void {
    const edit = this.#edit;
    const [given = ""] = node.inputs;
    const [output = ""] = node.outputs;
    edit.inPlaceOf(node);
    const scaled = way.factors.reduce((x, { op, by }) => edit.add(op, [x, by]), given);
    const split: [string, string] = [this.#walk(past, way), this.#walk(fresh, way)];
    const rows = way.isRepeated ? edit.reshape(scaled, 0, heads, -1, 0) : scaled;
    const own = way.isRepeated ? undefined : output;
    const product =
      way.tokens === 3 ? splitScores(edit, rows, split, own) : splitMix(edit, rows, this.#slots, split, own);
    if (!way.isRepeated) return;
    const outer = edit.slice(edit.add("Shape", [given]), 0, edit.list(0), edit.list(3));
    edit.add("Reshape", [product, edit.concat(0, outer, edit.list(-1))], { output });
  }

  #walk(from: string, { steps }: Way): string {
    return steps.reduce((x, node) => {
      const to = node.attributes.get("to");
      const perm = [0, 1, 3, 2];
      return this.#edit.add(node.op, [x], { attributes: node.op === "Cast" ? { to: Number(to) } : { perm } });
    }, from);
  }
}

function isOwn(node: Node, op: string): boolean {
  return node.op === op && node.domain === "";
}
