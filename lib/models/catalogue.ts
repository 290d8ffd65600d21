import type { CatalogueEntry, Dtype } from "./schema";

const chat: Pick<CatalogueEntry, "task" | "revision" | "dtypes" | "devices"> = {
  task: "chat",
  revision: "main",
  dtypes: ["q4", "q4f16", "int8", "fp16", "fp32"],
  devices: ["server", "browser"],
};
const embedding: typeof chat = {
  ...chat,
  task: "embedding",
  dtypes: ["int8", "fp16", "fp32"],
  devices: ["server"],
};

/** Models known to have ONNX files at the hub, smallest first. Which dtypes a repository really has only the hub knows. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    ...chat,
    id: "smollm2-135m-instruct",
    title: "SmolLM2 135M Instruct",
    repository: "HuggingFaceTB/SmolLM2-135M-Instruct",
    description: "Short English answers, rewriting, simple classification.",
    license: "Apache-2.0",
    parameters: 135_000_000,
    tokenTable: 28_000_000,
    context: 8192,
  },
  {
    ...chat,
    id: "gemma-3-270m-it",
    title: "Gemma 3 270M",
    repository: "onnx-community/gemma-3-270m-it-ONNX",
    description: "Follows short instructions in many languages; made to be fine-tuned.",
    license: "Gemma Terms of Use",
    parameters: 268_000_000,
    tokenTable: 168_000_000,
    context: 32_768,
  },
  {
    ...chat,
    id: "smollm2-360m-instruct",
    title: "SmolLM2 360M Instruct",
    repository: "HuggingFaceTB/SmolLM2-360M-Instruct",
    description: "Short English answers, summaries, simple extraction.",
    license: "Apache-2.0",
    parameters: 360_000_000,
    tokenTable: 47_000_000,
    context: 8192,
  },
  {
    ...chat,
    id: "qwen2.5-0.5b-instruct",
    title: "Qwen2.5 0.5B Instruct",
    repository: "onnx-community/Qwen2.5-0.5B-Instruct",
    description: "Answers in 29 languages, extraction to JSON.",
    license: "Apache-2.0",
    parameters: 494_000_000,
    tokenTable: 136_000_000,
    context: 32_768,
  },
  {
    ...chat,
    id: "qwen3-0.6b",
    title: "Qwen3 0.6B",
    repository: "onnx-community/Qwen3-0.6B-ONNX",
    description: "Thinks before it answers where asked to; calls tools.",
    license: "Apache-2.0",
    parameters: 596_000_000,
    tokenTable: 156_000_000,
    context: 40_960,
  },
  {
    ...chat,
    id: "gemma-3-1b-it",
    title: "Gemma 3 1B",
    repository: "onnx-community/gemma-3-1b-it-ONNX",
    description: "Summaries and answers in many languages.",
    license: "Gemma Terms of Use",
    parameters: 1_000_000_000,
    tokenTable: 302_000_000,
    context: 32_768,
  },
  {
    ...chat,
    id: "llama-3.2-1b-instruct",
    title: "Llama 3.2 1B Instruct",
    repository: "onnx-community/Llama-3.2-1B-Instruct-ONNX",
    description: "Summaries, rewriting and dialogue over long texts.",
    license: "Llama 3.2 Community",
    parameters: 1_240_000_000,
    tokenTable: 263_000_000,
    context: 131_072,
  },
  {
    ...chat,
    id: "phi-3.5-mini-instruct",
    title: "Phi-3.5 mini Instruct",
    repository: "onnx-community/Phi-3.5-mini-instruct-onnx-web",
    description: "Reasoning and code over long texts; slow without a GPU.",
    license: "MIT",
    parameters: 3_820_000_000,
    tokenTable: 99_000_000,
    context: 131_072,
    dtypes: ["q4f16"],
  },
  {
    ...embedding,
    id: "all-minilm-l6-v2",
    title: "all-MiniLM-L6-v2",
    repository: "Xenova/all-MiniLM-L6-v2",
    description: "Embeddings of English sentences, 384 dimensions.",
    license: "Apache-2.0",
    parameters: 22_700_000,
    tokenTable: 11_700_000,
    context: 512,
  },
  {
    ...embedding,
    id: "bge-small-en-v1.5",
    title: "BGE small English v1.5",
    repository: "Xenova/bge-small-en-v1.5",
    description: "Embeddings of English passages for search, 384 dimensions.",
    license: "MIT",
    parameters: 33_400_000,
    tokenTable: 11_700_000,
    context: 512,
  },
  {
    ...embedding,
    id: "multilingual-e5-small",
    title: "Multilingual E5 small",
    repository: "Xenova/multilingual-e5-small",
    description: "Embeddings in about a hundred languages for search, 384 dimensions.",
    license: "MIT",
    parameters: 118_000_000,
    tokenTable: 96_000_000,
    context: 512,
  },
];

/** The entry of an id or of a repository. */
export function findCatalogueEntry(idOrRepository: string): CatalogueEntry | undefined {
  const wanted = idOrRepository.toLowerCase();
  return catalogue.find((entry) => entry.id === wanted || entry.repository.toLowerCase() === wanted);
}

/** Bytes of one weight: in the table of tokens, and in the matrices, where 32 four-bit weights share a scale. */
const weightBytes: Record<Dtype, [table: number, matrix: number]> = {
  q4: [4, 0.5625],
  q4f16: [2, 0.5625],
  int8: [1, 1],
  fp16: [2, 2],
  fp32: [4, 4],
};

/** About how many bytes a variant has: the hub knows, this is worked out from the parameters. */
export function estimatedBytes(entry: CatalogueEntry, dtype: Dtype): number {
  const [table, matrix] = weightBytes[dtype];
  // A quantised graph holds a second, quantised copy of the table to choose tokens with.
  const output = entry.task === "chat" && table !== matrix ? entry.tokenTable : 0;
  return entry.tokenTable * table + (entry.parameters - entry.tokenTable + output) * matrix;
}
