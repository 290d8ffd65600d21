import type { GraphLayout } from "../graph-layout";
import { splitMix, splitScores } from "./attention";
import { describe, type GraphEditor, LeftAlone } from "./graph-editor";
import { BOOL, FLOAT16, INT64, type Node, type Tensor } from "./onnx-model";

const microsoft = "com.microsoft";

type CacheNames = GraphLayout["cache"][number];

/** Small enough that its exponential is 0, large enough for the type. */
const masked = { float32: -1e9, float16: -6e4 };

export function isGrouped({ op, domain }: Node): boolean {
  return op === "GroupQueryAttention" && domain === microsoft;
}

/** Replaces nodes of ONNX Runtime's GroupQueryAttention. */
export class GroupedAttention {
  readonly #edit: GraphEditor;
  readonly #layout: GraphLayout;
  /** Length of the past, as a list of one integer. */
  readonly #slots: string;
  /** By window. */
  readonly #biases = new Map<number, string>();
  readonly #casts = new Map<number, string>();

  constructor(edit: GraphEditor, layout: GraphLayout, slots: string) {
    this.#edit = edit;
    this.#layout = layout;
    this.#slots = slots;
  }

  /** @throws LeftAlone for what it cannot express */
  replace(node: Node, key: CacheNames, value: CacheNames): void {
    const form = readForm(node);
    if (node.inputs[3] !== key.past || node.inputs[4] !== value.past || node.outputs[2] !== value.present)
      throw new LeftAlone("a GroupQueryAttention takes other caches than it gives");
    if (key.heads !== form.kvHeads || value.heads !== form.kvHeads)
      throw new LeftAlone("a GroupQueryAttention has other heads than its cache");
    const bias = this.#bias(form.window);
    const scale = this.#constant(form.scale || key.headSize ** -0.5);
    const softcap = form.softcap > 0 ? this.#constant(form.softcap) : undefined;
    const positions = form.isRotary ? this.#positions(node) : "";
    const edit = this.#edit;
    edit.inPlaceOf(node);
    const size = key.headSize;
    const apart = (x: string, count: number, output?: string) =>
      edit.add("Transpose", [edit.reshape(x, 0, 0, count, size)], {
        attributes: { perm: [0, 2, 1, 3] },
        output,
      });
    const turned = (x: string, count: number) =>
      form.isRotary ? this.#rotate(node, x, count, size, positions) : x;
    const [q, k, v] = this.#inputs(node, form, size);
    const queries = edit.add("Mul", [apart(turned(q, form.heads), form.heads), scale]);
    const keys = apart(turned(k, form.kvHeads), form.kvHeads, key.present);
    const values = apart(v, form.kvHeads, value.present);
    // The query heads of a group are folded into the length, so that keys need no copies.
    const folded = edit.reshape(queries, 0, form.kvHeads, -1, size);
    const transposed = (x: string) => edit.transpose(x, 0, 1, 3, 2);
    const products = splitScores(edit, folded, [transposed(key.past), transposed(keys)]);
    let scores = edit.reshape(products, 0, form.heads, -1, 0);
    if (softcap) scores = edit.add("Mul", [edit.add("Tanh", [edit.add("Div", [scores, softcap])]), softcap]);
    const shares = edit.add("Softmax", [edit.add("Add", [scores, bias])], { attributes: { axis: -1 } });
    const mixed = splitMix(edit, edit.reshape(shares, 0, form.kvHeads, -1, 0), this.#slots, [
      value.past,
      values,
    ]);
    const merged = edit.transpose(edit.reshape(mixed, 0, form.heads, -1, size), 0, 2, 1, 3);
    edit.add("Reshape", [merged, edit.list(0, 0, form.heads * size)], { output: node.outputs[0] });
  }

  #inputs(node: Node, { heads, kvHeads }: Form, size: number): [string, string, string] {
    const [query = "", key = "", value = ""] = node.inputs;
    if (key !== "" && value !== "") return [query, key, value];
    const ends = [0, heads * size, (heads + kvHeads) * size, (heads + 2 * kvHeads) * size];
    const part = (i: number) =>
      this.#edit.slice(query, -1, this.#edit.list(ends[i] ?? 0), this.#edit.list(ends[i + 1] ?? 0));
    return [part(0), part(1), part(2)];
  }

  #rotate(node: Node, x: string, heads: number, size: number, positions: string): string {
    const [cos = "", sin = ""] = node.inputs.slice(7, 9);
    const turned = 2 * (this.#table(cos)?.dims[1] ?? 0);
    if (turned === 0 || !this.#table(sin)) throw new LeftAlone("its rotary tables are no constants");
    const partial: Record<string, number> =
      turned === size ? {} : { num_heads: heads, rotary_embedding_dim: turned };
    const interleaved = Number(node.attributes.get("rotary_interleaved") ?? 0);
    return this.#edit.add("RotaryEmbedding", [x, positions, cos, sin], {
      attributes: { interleaved, ...partial },
      domain: microsoft,
    });
  }

  #table(name: string): Tensor | undefined {
    const maker = this.#edit.makerOf(name);
    return this.#edit.constantOf(maker?.op === "Cast" ? (maker.inputs[0] ?? "") : name);
  }

  /** True positions of the new tokens: the graph need not have asked for them, as fused attention counts itself. */
  #positions(node: Node): string {
    return node.inputs[9] || this.#positionInput();
  }

  #positionInput(): string {
    const name = "position_ids";
    const { inputs } = this.#edit.model;
    if (!inputs.has(name)) inputs.set(name, describe(11, name, INT64, ["batch_size", "sequence_length"]));
    return name;
  }

  /** A number of the type of the cache. */
  #constant(value: number): string {
    const known = this.#casts.get(value);
    if (known) return known;
    this.#edit.atFront();
    const made = this.#typed(this.#edit.scalar(value));
    this.#casts.set(value, made);
    return made;
  }

  #typed(x: string): string {
    if (this.#layout.cacheType === "float32") return x;
    return this.#edit.add("Cast", [x], { attributes: { to: FLOAT16 } });
  }

  /** [batch, 1, new, slots + new]: 0 where a query may look, else a large negative number. */
  #bias(window: number): string {
    const known = this.#biases.get(window);
    if (known) return known;
    const edit = this.#edit;
    if (!edit.model.inputs.has("attention_mask")) throw new LeftAlone("it takes no attention_mask");
    edit.atFront();
    const number = (size: string) => edit.add("Reshape", [size, edit.list()]);
    const range = (from: string, to: string) => edit.add("Range", [from, to, edit.integer(1)]);
    const total = number(edit.sizeOf("attention_mask", 1));
    const places = range(edit.integer(0), total);
    const ownPlaces = edit.reshape(range(number(this.#slots), total), -1, 1);
    const used = edit.add("Cast", [edit.reshape("attention_mask", 0, 1, 1, -1)], {
      attributes: { to: BOOL },
    });
    let visible = edit.add("And", [edit.add("LessOrEqual", [places, ownPlaces]), used]);
    if (window > 0)
      visible = edit.add("And", [visible, this.#near(window, range(edit.integer(0), number(this.#slots)))]);
    const { cacheType } = this.#layout;
    const bias = this.#typed(edit.add("Where", [visible, edit.scalar(0), edit.scalar(masked[cacheType])]));
    this.#biases.set(window, bias);
    return bias;
  }

  /** Which keys lie less than `window` tokens back. A past token lies in the slot of its position. */
  #near(window: number, slots: string): string {
    const edit = this.#edit;
    const positions = this.#positionInput();
    const rows = edit.concat(0, edit.sizeOf("attention_mask", 0), this.#slots);
    const all = edit.concat(1, edit.add("Expand", [slots, rows]), positions);
    const oldest = edit.add("Sub", [edit.reshape(positions, 0, 1, -1, 1), edit.integer(window)]);
    return edit.add("Greater", [edit.reshape(all, 0, 1, 1, -1), oldest]);
  }
}

interface Form {
  heads: number;
  kvHeads: number;
  /** 0 is the usual one. */
  scale: number;
  softcap: number;
  /** 0 is all. */
  window: number;
  isRotary: boolean;
}

/** Attributes whose effect is not known here must have these values. */
const unusual = ["smooth_softmax", "qk_output", "k_quant_type", "v_quant_type", "kv_cache_bit_width"];

function readForm(node: Node): Form {
  const number = (name: string) => Number(node.attributes.get(name) ?? 0);
  const set = unusual.find((name) => node.attributes.has(name) && !(number(name) <= 0));
  if (set) throw new LeftAlone(`a GroupQueryAttention uses ${set}`);
  if (node.inputs.slice(10).some((name) => name !== ""))
    throw new LeftAlone("a GroupQueryAttention has a bias, a sink or a quantised cache");
  if (node.outputs.slice(3).some((name) => name !== ""))
    throw new LeftAlone("a GroupQueryAttention gives its scores");
  const [heads, kvHeads] = [number("num_heads"), number("kv_num_heads")];
  if (!(heads > 0 && kvHeads > 0 && heads % kvHeads === 0))
    throw new LeftAlone("a GroupQueryAttention does not say its heads");
  return {
    heads,
    kvHeads,
    scale: number("scale"),
    softcap: number("softcap"),
    window: Math.max(0, number("local_window_size")),
    isRotary: number("do_rotary") > 0,
  };
}
