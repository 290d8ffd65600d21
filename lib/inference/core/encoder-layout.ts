import { AppError } from "@/lib/core";
import type { OnnxFile } from "./onnx-file";

/** How an encoder's graph is fed, and what it gives. */
export interface EncoderLayout {
  /** Inputs that the graph declares. */
  declared: ReadonlySet<string>;
  output: string;
  /** The output is one vector for a text; else one for each token. */
  pooled: boolean;
  /** Texts in one run, where the file fixes it. */
  rows: number;
}

const known = ["input_ids", "attention_mask", "token_type_ids"];

/** The model's own vector of a text first: what makes it may be more than pooling. */
const outputs = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

/**
 * Reads how a graph of Optimum's layout is fed, before it is loaded.
 * @throws AppError `unprocessable` naming what the graph asks for and we do not feed, or does not give
 */
export function readEncoderLayout(file: OnnxFile, model: string): EncoderLayout {
  const unusable = (why: string) =>
    new AppError("unprocessable", `The graph of ${model} cannot be run: ${why}.`);
  const unknown = file.inputs.filter(({ name }) => !known.includes(name)).map(({ name }) => name);
  if (unknown.length > 0) throw unusable(`it asks for ${unknown.join(", ")}`);
  const declared = new Set(file.inputs.map(({ name }) => name));
  for (const name of ["input_ids", "attention_mask"])
    if (!declared.has(name)) throw unusable(`it has no ${name}`);
  const odd = file.inputs.find(({ type }) => type !== "int64");
  if (odd) throw unusable(`its ${odd.name} is ${odd.type}`);
  const [rows, length] = file.inputs.find(({ name }) => name === "input_ids")?.shape ?? [];
  if (isFixed(length)) throw unusable(`its input_ids always have ${length} tokens`);
  if (isFixed(rows) && rows !== 1) throw unusable(`its input_ids always have ${rows} rows`);
  const output = outputs.map((name) => file.outputs.find((given) => given.name === name)).find(Boolean);
  if (!output) {
    const given = file.outputs.map(({ name }) => name).join(", ");
    throw unusable(`it gives ${given}, and none of ${outputs.join(", ")}`);
  }
  const { name, type, shape } = output;
  if (type !== "float32" && type !== "float16") throw unusable(`its ${name} is ${type}`);
  const pooled = name === "sentence_embedding";
  if (shape.length > 0 && shape.length !== (pooled ? 2 : 3))
    throw unusable(`its ${name} has ${shape.length} dimensions`);
  return { declared, output: name, pooled, rows: isFixed(rows) ? 1 : Number.POSITIVE_INFINITY };
}

function isFixed(dimension: number | string | undefined): dimension is number {
  return typeof dimension === "number" && dimension > 0;
}
