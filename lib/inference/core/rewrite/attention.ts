import type { GraphEditor } from "./graph-editor";
import { END } from "./graph-editor";

/*
 * Softmax(q · [past, new]ᵀ) · [past, new], without ever putting past and new together: products distribute over
 * both. Past keys and values are [batch, heads, slots, size], so are the new ones.
 */

/** Products of rows with keys along the last axis, those of the past first. Keys are transposed: [.., size, slots]. */
export function splitScores(
  edit: GraphEditor,
  rows: string,
  [past, fresh]: readonly [string, string],
  output?: string,
): string {
  const parts = [edit.add("MatMul", [rows, past]), edit.add("MatMul", [rows, fresh])];
  return edit.add("Concat", parts, { attributes: { axis: -1 }, output });
}

/** Sums of values weighted by shares, of which the first `slots` (a list of one integer) are of the past. */
export function splitMix(
  edit: GraphEditor,
  shares: string,
  slots: string,
  [past, fresh]: readonly [string, string],
  output?: string,
): string {
  const ofPast = edit.add("MatMul", [edit.slice(shares, -1, edit.list(0), slots), past]);
  const ofFresh = edit.add("MatMul", [edit.slice(shares, -1, slots, edit.list(END)), fresh]);
  return edit.add("Add", [ofPast, ofFresh], { output });
}
