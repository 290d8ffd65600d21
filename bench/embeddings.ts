import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, type FeatureExtractionPipeline, pipeline } from "@huggingface/transformers";
import { sessionThreads } from "@/lib/inference/engines/session-threads";
import { serverEmbedder } from "@/lib/inference/server";
import { minilmModel, mixedTexts } from "./embeddings.model";
import { cpuMs, median } from "./processor.parts";

const texts = mixedTexts(512);
const rounds = 3;

/** Least cosine of a text's vector here and there; int8 graphs compute their scales for each run. */
const leastCosine = { float32: 0.99999, int8: 0.999 };

type Embed = (input: string[]) => Promise<ArrayLike<number>[]>;

interface Way {
  name: string;
  run: Embed;
}

/** The peer as its documentation says, on the same file with the same threads. */
async function openPeer(modelsDir: string, model: string, form: "float32" | "int8") {
  env.allowRemoteModels = false;
  env.localModelPath = modelsDir;
  return pipeline("feature-extraction", model, {
    dtype: form === "float32" ? "fp32" : "q8",
    device: "cpu",
    session_options: { intraOpNumThreads: sessionThreads(), interOpNumThreads: 1 },
  });
}

function inBatches(extract: FeatureExtractionPipeline, size: number): Embed {
  return async (input) => {
    const vectors: number[][] = [];
    for (let from = 0; from < input.length; from += size) {
      const output = await extract(input.slice(from, from + size), { pooling: "mean", normalize: true });
      vectors.push(...(output.tolist() as number[][]));
    }
    return vectors;
  };
}

const oneCall =
  (model: string): Embed =>
  async (input) =>
    (await serverEmbedder(model).embed({ model, input }, new AbortController().signal)).vectors;

const callsAtOnce =
  (model: string): Embed =>
  async (input) =>
    (await Promise.all(input.map((text) => oneCall(model)([text])))).flat();

const callByCall =
  (model: string): Embed =>
  async (input) => {
    const vectors: ArrayLike<number>[] = [];
    for (const text of input) vectors.push(...(await oneCall(model)([text])));
    return vectors;
  };

async function compare(model: string, form: "float32" | "int8", extract: FeatureExtractionPipeline) {
  const ways: Way[] = [
    { name: "Transformers.js, batches of 16", run: inBatches(extract, 16) },
    { name: "Transformers.js, one by one", run: inBatches(extract, 1) },
    { name: "Tessera, one call of 512", run: oneCall(model) },
    // The queue holds 256 calls.
    {
      name: "Tessera, 256 calls at once, twice",
      run: async (input) => [
        ...(await callsAtOnce(model)(input.slice(0, 256))),
        ...(await callsAtOnce(model)(input.slice(256))),
      ],
    },
    { name: "Tessera, call by call", run: callByCall(model) },
  ];
  const expected = await ways[1]?.run(texts);
  for (const { name, run } of ways) {
    const least = Math.min(...(await run(texts)).map((vector, i) => cosine(vector, expected?.[i])));
    if (!(least >= leastCosine[form])) throw new Error(`${name}: a vector has a cosine of ${least}.`);
  }
  const times = ways.map(() => ({ ms: [] as number[], cpu: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run }] of ways.entries()) {
      const [before, from] = [cpuMs(), performance.now()];
      await run(texts);
      times[i]?.ms.push(performance.now() - from);
      times[i]?.cpu.push(cpuMs() - before);
    }
  }
  const base = times[0];
  console.log(
    `\n${model}: ${texts.length} texts of mixed lengths, same vectors (medians of ${rounds} rounds)`,
  );
  console.table(
    Object.fromEntries(
      ways.map(({ name }, i) => {
        const { ms, cpu } = times[i] ?? { ms: [], cpu: [] };
        const ratio = (ours: number[], theirs: number[] = []) =>
          median(ours.map((value, round) => (theirs[round] ?? Number.NaN) / value)).toFixed(2);
        return [
          name,
          {
            "texts/s": Math.round((texts.length / median(ms)) * 1000),
            "CPU ms per text": (median(cpu) / texts.length).toFixed(2),
            "speed to the first": ratio(ms, base?.ms),
            "the same by CPU": ratio(cpu, base?.cpu),
          },
        ];
      }),
    ),
  );
}

/** How long one text takes that comes while 1,000 are embedded, of another caller and of the same. */
async function behindMany(model: string): Promise<void> {
  const embed = (input: string[], caller: string) =>
    serverEmbedder(model).embed({ model, input, caller }, new AbortController().signal);
  const single = async (caller: string) => {
    const from = performance.now();
    await embed([texts[5] ?? ""], caller);
    return performance.now() - from;
  };
  const measure = async (caller: string, until: () => boolean) => {
    const times: number[] = [];
    while (!until()) times.push(await single(caller));
    times.sort((a, b) => a - b);
    const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? Number.NaN);
    return { "p50 ms": at(0.5), "p95 ms": at(0.95), "slowest ms": at(0.9999), answers: times.length };
  };
  await single("ana");
  let count = 0;
  const rows: Record<string, object> = { "nobody else": await measure("ana", () => count++ >= 50) };
  for (const caller of ["ben", "ana"]) {
    let over = false;
    const rest = embed(mixedTexts(1000), "ana").then(() => {
      over = true;
    });
    rows[caller === "ana" ? "1,000 of the same caller" : "1,000 of another caller"] = await measure(
      caller,
      () => over,
    );
    await rest;
  }
  console.log(`\n${model}: one text at a time`);
  console.table(rows);
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number> = []): number {
  return Array.from(a).reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0);
}

async function main(): Promise<void> {
  const modelsDir = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  process.env.MODELS_DIR = modelsDir;
  try {
    for (const form of ["float32", "int8"] as const) {
      const model = await minilmModel(modelsDir, form);
      const extract = await openPeer(modelsDir, model, form);
      await compare(model, form, extract);
      await extract.dispose();
    }
    await behindMany("minilm-int8");
  } finally {
    rmSync(modelsDir, { recursive: true, force: true });
  }
}

await main();
