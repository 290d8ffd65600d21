import { type Dtype, dtypes } from "./schema";

/** Endings of a graph's name, the first that exists counts. */
const endings: Record<Dtype, readonly string[]> = {
  q4: ["_q4"],
  q4f16: ["_q4f16"],
  int8: ["_int8", "_quantized"],
  fp16: ["_fp16"],
  fp32: [""],
};

const always = [
  "config.json",
  "generation_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "chat_template.jinja",
  "modules.json",
  "sentence_bert_config.json",
  "1_Pooling/config.json",
  // What its author says of it and allows.
  "README.md",
  "LICENSE",
];

/** Without these no engine opens a model. */
export const required = ["config.json", "tokenizer.json", "tokenizer_config.json"] as const;

interface FileEntry {
  path: string;
  size: number;
}

export interface Variant<F extends FileEntry> {
  dtype: Dtype;
  /** The `.onnx` file. */
  graph: string;
  /** With the external data of the graph and the files of the tokenizer. */
  files: F[];
  bytes: number;
}

/** The variants that a list of files holds, in the order in which they are preferred. */
export function variantsOf<F extends FileEntry>(files: readonly F[]): Variant<F>[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return dtypes.flatMap((dtype) => {
    const graph = ["onnx/", ""]
      .flatMap((folder) => endings[dtype].map((ending) => `${folder}model${ending}.onnx`))
      .find((path) => byPath.has(path));
    if (!graph) return [];
    const chosen = files.filter(
      ({ path }) => path === graph || isDataOf(path, graph) || always.includes(path),
    );
    return [{ dtype, graph, files: chosen, bytes: chosen.reduce((sum, file) => sum + file.size, 0) }];
  });
}

function isDataOf(path: string, graph: string): boolean {
  const rest = path.startsWith(graph) ? path.slice(graph.length) : "";
  return /^(_data(_\d+)?|\.data)$/.test(rest);
}

/** Whether a path of a list stays inside the folder that it is relative to, on every system. */
export function isInside(path: string): boolean {
  if (path.length > 1000 || path.includes("\0") || path.includes("\\") || /^[a-z]:/i.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** `smollm2-135m-instruct-q4`: what a variant is called here. */
export function nameOf(repository: string, dtype: Dtype): string {
  const last = repository.split("/").at(-1) ?? repository;
  const base = last
    .toLowerCase()
    .replace(/[-_.]onnx(-web)?$/, "")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "");
  return `${(base || "model").slice(0, 63 - dtype.length)}-${dtype}`;
}
