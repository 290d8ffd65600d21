import type { GraphEditor } from "./graph-editor";
import type { Node } from "./onnx-model";

const ofOne = new Set(["Cast", "Sqrt", "Reciprocal", "Neg", "Identity", "Squeeze", "Unsqueeze"]);
const ofTwo = new Set(["Add", "Sub", "Mul", "Div", "Pow"]);

/** No exporter computes a scale in more steps. */
const deepest = 16;

/** Whether a value is certainly a single number, as far as the graph's constants tell. */
export function isOneNumber(edit: GraphEditor, name: string, depth = 0): boolean {
  const constant = edit.constantOf(name);
  if (constant) return constant.dims.length <= 1 && (constant.dims[0] ?? 1) === 1;
  const node = edit.makerOf(name);
  if (node?.domain !== "" || depth > deepest) return false;
  if (node.op === "Constant") return node.attributes.has("value_float") || node.attributes.has("value_int");
  const is = (input: string | undefined) => input !== undefined && isOneNumber(edit, input, depth + 1);
  if (ofOne.has(node.op)) return is(node.inputs[0]);
  if (ofTwo.has(node.op)) return is(node.inputs[0]) && is(node.inputs[1]);
  return isOneSize(edit, node);
}

/** One dimension of a shape. */
function isOneSize(edit: GraphEditor, { op, inputs }: Node): boolean {
  if (edit.makerOf(inputs[0] ?? "")?.op !== "Shape") return false;
  if (op === "Gather") return isOneNumber(edit, inputs[1] ?? "");
  const [from, to] = [inputs[1], inputs[2]].map((name) => edit.integersOf(name ?? "")?.[0]);
  if (op !== "Slice" || from === undefined || to === undefined) return false;
  return to === from + 1 || (from === -1 && to > 2 ** 31);
}
