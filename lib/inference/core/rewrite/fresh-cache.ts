import type { GraphLayout } from "../graph-layout";
import { BrokenMessage, Fields } from "../protobuf";
import { describe, GraphEditor, LeftAlone } from "./graph-editor";
import { GroupedAttention, isGrouped } from "./grouped-attention";
import { FLOAT, FLOAT16, type Model, type Node, readModel, writeModel } from "./onnx-model";
import { PlainAttention } from "./plain-attention";

/** A graph that gives only what new tokens add to the cache, or why there is none. */
export type FreshGraph = { bytes: Uint8Array; layout: GraphLayout } | { reason: string };

/** Axes as inputs, and not in attributes, are from here on. */
const oldestOpset = 13;

/**
 * Rewrites a decoder so that its outputs `present.*` hold the keys and values of the new tokens only: it does not
 * copy the past. All else stays, larger weights too: they are read from `location`, the file that `bytes` came
 * from, and only from there on.
 */
export function withFreshCache(bytes: Uint8Array, location: string, layout: GraphLayout): FreshGraph {
  try {
    const { model, declared } = rewrite(readModel(new Fields(bytes, 0, bytes.length)), layout);
    return { bytes: writeModel(model, location), layout: { ...layout, declared, cacheForm: "fresh" } };
  } catch (error) {
    if (error instanceof LeftAlone || error instanceof BrokenMessage) return { reason: error.message };
    throw error;
  }
}

/** The same graph, with larger weights read from `location`, the file that `bytes` came from. */
export function withWeightsOutside(bytes: Uint8Array, location: string): Uint8Array {
  try {
    return writeModel(readModel(new Fields(bytes, 0, bytes.length)), location);
  } catch (error) {
    if (error instanceof BrokenMessage) return bytes;
    throw error;
  }
}

function rewrite(model: Model, layout: GraphLayout): { model: Model; declared: ReadonlySet<string> } {
  if (model.opset < oldestOpset) throw new LeftAlone(`its operators are of version ${model.opset}`);
  const files = new Set(model.nodes);
  const edit = new GraphEditor(model);
  const [firstPast] = layout.cache;
  if (!firstPast) throw new LeftAlone("it has no cache");
  const slots = edit.sizeOf(firstPast.past, 2);
  /** Values that are not made any more, or mean something else now: nobody may read them. */
  const gone = new Set<string>();
  const plain = new PlainAttention(edit, slots, gone);
  const grouped = new GroupedAttention(edit, layout, slots);
  const partner = new Map(layout.cache.map((names) => [names.present, names]));
  for (const names of layout.cache) {
    const maker = edit.makerOf(names.present);
    if (maker?.op === "Concat") plain.replace(maker, names.past, names.heads);
    else if (maker && isGrouped(maker)) {
      gone.add(names.present);
      const [key, value] = maker.outputs.slice(1, 3).map((name) => partner.get(name));
      if (!key || !value) throw new LeftAlone(`${names.present} has no partner`);
      if (key === names) grouped.replace(maker, key, value);
    } else throw new LeftAlone(`${names.present} comes from ${maker?.op ?? "nowhere"}`);
    const type = layout.cacheType === "float32" ? FLOAT : FLOAT16;
    const shape = ["batch_size", names.heads, "fresh_length", names.headSize];
    model.outputs.set(names.present, describe(12, names.present, type, shape));
  }
  const finished = edit.finish();
  const left = finished.nodes.filter((node) => files.has(node));
  requireUnread(left, gone);
  // How long the past is may be asked: slots without a token count, as they did.
  const lookingIn = left.filter((node) => node.op !== "Shape");
  requireUnread(lookingIn, new Set(layout.cache.map(({ past }) => past)));
  const added = model.inputs.has("position_ids") ? ["position_ids"] : [];
  return { model: finished, declared: new Set([...layout.declared, ...added]) };
}

/** @throws LeftAlone where something is still made from extended keys or values, or from a cache in another way than ours */
function requireUnread(nodes: readonly Node[], names: ReadonlySet<string>): void {
  for (const node of nodes) {
    const read = [...node.inputs, ...node.captured].find((name) => names.has(name));
    if (read !== undefined) throw new LeftAlone(`${node.op} reads ${read}`);
  }
}
