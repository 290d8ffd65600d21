import { createSafeDispatcher } from "@/lib/core/server";
import { Downloads } from "@/lib/models/downloads";
import { planDownload } from "@/lib/models/plan";
import type { DownloadInput } from "@/lib/models/schema";
import { variantName } from "@/lib/models/service/names";
import { requireRoom } from "@/lib/models/space";
import { onnxGraphOf } from "./graphs";
import type { FakeHub } from "./hub";

const text = (value: object) => Buffer.from(JSON.stringify(value));

/** Small files in the shape of a model: quick to move about. */
export function paperFiles(graphBytes = 300_000): Record<string, Buffer> {
  const graph = onnxGraphOf(graphBytes);
  return {
    ".gitattributes": Buffer.from("*.onnx filter=lfs\n"),
    "README.md": Buffer.from("# Paper\n"),
    "config.json": text({ model_type: "llama", max_position_embeddings: 640, hidden_size: 8 }),
    "tokenizer.json": text({ version: "1.0" }),
    "tokenizer_config.json": text({ model_max_length: 640 }),
    "onnx/model_q4.onnx": graph,
    "onnx/model.onnx": Buffer.concat([graph, graph]),
    "onnx/model.onnx_data": graph.subarray(0, 120_000),
    "model.safetensors": Buffer.alloc(10),
  };
}

interface Options {
  token?: string;
  freeBytes?: () => number;
  retryDelaysMs?: number[];
}

/** Downloads from a fake hub into a folder, as a server process runs them. */
export function downloadsFrom(hub: FakeHub, modelsDir: string, options: Options = {}) {
  const { token, retryDelaysMs = [5, 5], freeBytes = () => 1e12 } = options;
  const access = (address = hub.address) => ({
    address,
    dispatcher: createSafeDispatcher({ allow: "127.0.0.1" }),
    ...(token ? { token } : {}),
  });
  const downloads = new Downloads({
    modelsDir,
    retryDelaysMs,
    access: async (address) => access(address),
    requireRoom: (bytes) => requireRoom(modelsDir, bytes, async () => freeBytes()),
  });
  const plan = (input: Partial<DownloadInput> = {}) =>
    planDownload(
      access(),
      { repository: hub.repository, dtype: "q4", ...input },
      variantName,
      new AbortController().signal,
    );
  /** Starts and waits for how it ended. */
  const pull = async (input: Partial<DownloadInput> = {}) => {
    const { name } = await downloads.start(await plan(input));
    return downloads.ended(name);
  };
  return { downloads, plan, pull };
}

/** Waits until something holds. */
export async function until(holds: () => Promise<boolean>, forMs = 5_000): Promise<void> {
  const end = performance.now() + forMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`It did not come to that in ${forMs} ms.`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
