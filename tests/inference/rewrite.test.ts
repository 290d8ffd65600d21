import { describe, expect, it } from "vitest";
import type { DecoderGraph } from "@/lib/inference/core/graph";
import { relativeDifference } from "@/lib/inference/core/logit-difference";
import { readOnnxFile } from "@/lib/inference/core/onnx-file";
import { openDecoder } from "@/lib/inference/core/open-decoder";
import { PooledDecoder } from "@/lib/inference/core/pooled-decoder";
import { integerField, joined, messageField, textField } from "@/lib/inference/core/protobuf";
import { withFreshCache, withWeightsOutside } from "@/lib/inference/core/rewrite/fresh-cache";
import { freshGraph, type OpenGraph, openRandomGraph } from "./graph-support";
import { type GraphOptions, randomGraph } from "./support";

const context = 128;
const costs = { writesInPlace: true, weightBytes: 1e12, prefixBytes: 0 };

/** Logits of a prompt in two parts and of ten more tokens, by the file's own graph, without padding. */
async function alone(graph: DecoderGraph, prompt: readonly number[]): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  let { cache } = await graph.forward(prompt.slice(0, 3), graph.emptyCache());
  let logits: Float32Array;
  ({ logits, cache } = await graph.forward(prompt.slice(3), cache));
  for (let i = 0; i < 10; i++) {
    all.push(logits.slice());
    ({ logits, cache } = await graph.forward([i * 31 + prompt.length], cache));
  }
  return all;
}

/** The same of several prompts side by side. */
async function together(graph: DecoderGraph, prompts: readonly number[][]): Promise<Float32Array[][]> {
  const decoder = new PooledDecoder(graph, costs);
  const rows = prompts.map((prompt) => decoder.open(prompt));
  let logits: Float32Array[] = [];
  for (const [i, row] of rows.entries()) {
    await decoder.prefill(row, prompts[i]?.slice(0, 3) ?? []);
    logits.push(await decoder.prefill(row, prompts[i]?.slice(3) ?? []));
  }
  const all: Float32Array[][] = prompts.map(() => []);
  for (let i = 0; i < 10; i++) {
    for (const [row, list] of all.entries()) list.push(logits[row]?.slice() ?? new Float32Array(0));
    const tokens = prompts.map((prompt) => i * 31 + prompt.length);
    logits = await decoder.decode(rows, tokens);
  }
  return all;
}

async function largestDifference(original: OpenGraph, fresh: DecoderGraph): Promise<number> {
  // Across the slots of a step, and far beyond the window.
  const prompts = [5, 60, 63, 90].map((length) =>
    Array.from({ length }, (_, i) => (i * 7919 + length) % 2048),
  );
  const got = await together(fresh, prompts);
  let worst = 0;
  for (const [row, prompt] of prompts.entries()) {
    const expected = await alone(original.graph, prompt);
    for (const [i, logits] of expected.entries())
      worst = Math.max(worst, relativeDifference(got[row]?.[i] ?? new Float32Array(0), logits));
  }
  return worst;
}

describe("a rewritten graph", () => {
  const grouped = { attention: "grouped" } as const;
  const inside = { ...grouped, rotary: "inside" } as const;
  const forms: [string, GraphOptions, number][] = [
    ["plain", {}, 1e-5],
    ["plain, repeated heads", { repeated: true, positions: false }, 1e-5],
    ["plain, halves", { cache: "float16" }, 5e-3],
    ["plain, repeated halves", { cache: "float16", repeated: true }, 5e-3],
    ["plain, external weights", { externalData: "weights.bin", keep: false }, 1e-5],
    ["plain, q4", { form: "q4" }, 1e-5],
    ["grouped", grouped, 1e-5],
    ["grouped, counting", { ...grouped, positions: false }, 1e-5],
    ["grouped, window", { ...grouped, window: 7 }, 1e-5],
    ["grouped, halves", { ...grouped, cache: "float16" }, 5e-3],
    ["grouped, external weights", { ...grouped, externalData: "weights.bin" }, 1e-5],
    ["grouped, q4", { ...grouped, form: "q4" }, 1e-5],
    ["grouped, capped", { ...grouped, fused: { softcap: 2.5, scale: 0.3 } }, 1e-5],
    ["turning", inside, 1e-5],
    ["turning, no positions", { ...inside, positions: false }, 1e-5],
    ["turning, packed, window", { ...inside, packed: true, window: 9, positions: false }, 1e-5],
    ["turning, neighbours", { ...grouped, rotary: "interleaved" }, 1e-5],
    ["turning, halves", { ...inside, cache: "float16", packed: true }, 5e-3],
  ];
  for (const [name, options, allowed] of forms) {
    it(`computes side by side what the file's graph computes alone: ${name}`, async () => {
      const original = await openRandomGraph(options, context);
      const fresh = await freshGraph(original);
      expect(fresh.layout.cacheForm).toBe("fresh");
      expect(await largestDifference(original, fresh)).toBeLessThan(allowed);
      await original.graph.release();
      await fresh.release();
    });
  }

  it("leaves the weights where they are", async () => {
    for (const options of [{}, { ...grouped, form: "int8" }, { externalData: "weights.bin" }] as const) {
      const { files, graph } = await openRandomGraph(options, context);
      await graph.release();
      const before = readOnnxFile(files.bytes, "before");
      const fresh = withFreshCache(files.bytes, files.name, graph.layout);
      if ("reason" in fresh) throw new Error(fresh.reason);
      const after = readOnnxFile(fresh.bytes, "after");
      const places = [files.name, ...files.beside.map(({ path }) => path)];
      expect(places).toEqual(expect.arrayContaining([...after.external.keys()]));
      expect(after.weightBytes - before.weightBytes).toBeLessThan(2000);
      expect(fresh.bytes.length).toBeLessThan(40_000);
      expect(after.external.get(files.name) ?? 0).toBeLessThanOrEqual(files.bytes.length);
      expect(after.operators.has("com.microsoft.GroupQueryAttention")).toBe(false);
    }
  });
});

/** The file with more in its graph: repeated fields of a message may come in several pieces. */
const withMore = (bytes: Uint8Array, ...pieces: Uint8Array[]) => joined([bytes, messageField(7, pieces)]);

const nodeOf = (op: string, inputs: string[], output: string, ...rest: Uint8Array[]) =>
  messageField(1, [
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(4, op),
    ...rest,
  ]);

const outputOf = (name: string) =>
  messageField(12, [textField(1, name), messageField(2, [messageField(1, [integerField(1, 1)])])]);

describe("a graph is left as it is, with the reason", () => {
  const reasonFor = async (options: GraphOptions, ...pieces: Uint8Array[]) => {
    const { files, graph } = await openRandomGraph(options, context);
    await graph.release();
    const fresh = withFreshCache(withMore(files.bytes, ...pieces), files.name, graph.layout);
    return "reason" in fresh ? fresh.reason : "rewritten";
  };

  it("when something else reads the extended cache", async () => {
    const reader = nodeOf("ReduceMax", ["present.1.value"], "extra");
    expect(await reasonFor({}, reader, outputOf("extra"))).toBe("ReduceMax reads present.1.value");
    expect(await reasonFor({ attention: "grouped" }, reader, outputOf("extra"))).toBe(
      "ReduceMax reads present.1.value",
    );
    expect(await reasonFor({}, reader), "nobody needs it").toBe("rewritten");
    expect(await reasonFor({}, nodeOf("Neg", ["past_key_values.0.key"], "extra"), outputOf("extra"))).toBe(
      "Neg reads past_key_values.0.key",
    );
  });

  it("when a subgraph reads it", async () => {
    const branch = messageField(6, [nodeOf("Neg", ["present.0.key"], "inner"), outputOf("inner")]);
    const attribute = messageField(5, [textField(1, "then_branch"), branch, integerField(20, 5)]);
    const node = nodeOf("If", ["condition"], "extra", attribute);
    expect(await reasonFor({}, node, outputOf("extra"))).toBe("If reads present.0.key");
  });

  it("when fused attention does more than is known here", async () => {
    expect(await reasonFor({ attention: "grouped", fused: { smooth_softmax: 1 } })).toMatch(
      /uses smooth_softmax/,
    );
    expect(await reasonFor({ attention: "grouped", fused: { smooth_softmax: 0 } })).toBe("rewritten");
  });

  it("when its file is broken, and whatever else is in it", async () => {
    const { files, graph } = await openRandomGraph({ attention: "grouped", rotary: "inside" }, context);
    await graph.release();
    let reasons = 0;
    for (let i = 0; i < 400; i++) {
      const changed = Uint8Array.from(files.bytes);
      changed[(i * 7919) % 20_000] = (i * 31) & 255;
      if ("reason" in withFreshCache(changed, files.name, graph.layout)) reasons++;
    }
    expect(reasons).toBeGreaterThan(10);
  });

  it("still runs its sequences side by side", async () => {
    const { graph } = await openRandomGraph({}, context);
    const decoder = await openDecoder(graph, costs, { reason: "If reads present.0.key" });
    expect([decoder.alone, decoder.copies]).toEqual([undefined, "If reads present.0.key"]);
    await decoder.release();
  });
});

describe("openDecoder", () => {
  it("takes the rewritten graph and lets go of the file's", async () => {
    const original = await openRandomGraph({}, context);
    const fresh = await freshGraph(original);
    const decoder = await openDecoder(original.graph, costs, {
      fresh: async () => fresh,
      original: () => Promise.reject(new Error("not asked for")),
    });
    expect([decoder.alone, decoder.copies]).toEqual([undefined, undefined]);
    await expect(original.graph.forward([1], original.graph.emptyCache())).rejects.toThrow();
    await decoder.release();
  });

  it("returns to the file's graph when the rewritten one computes something else or does not open", async () => {
    const options = { attention: "grouped", window: 7 } as const;
    const wrong = async () => freshGraph(await openRandomGraph({ attention: "grouped" }, context));
    const failing = () => Promise.reject(new Error("ONNX Runtime cannot load it"));
    for (const [fresh, reason] of [
      [wrong, /differ by \d+\.\d % from each alone/],
      [failing, /^ONNX Runtime cannot load it$/],
    ] as const) {
      const { graph } = await openRandomGraph(options, context);
      const original = async () => (await openRandomGraph(options, context)).graph;
      const decoder = await openDecoder(graph, costs, { fresh, original });
      expect(decoder.copies).toMatch(reason);
      expect(decoder.alone).toBeUndefined();
      const row = decoder.open([5, 6, 7]);
      expect((await decoder.prefill(row, [5, 6, 7])).length).toBe(2048);
      await decoder.release();
    }
  });
});

describe("withWeightsOutside", () => {
  it("gives the same graph without the weights", async () => {
    const { graph } = await randomGraph({ attention: "grouped" });
    const outside = withWeightsOutside(graph, "model.onnx");
    const [before, after] = [readOnnxFile(graph, "before"), readOnnxFile(outside, "after")];
    expect(outside.length).toBeLessThan(40_000);
    expect({ ...after, external: before.external }).toEqual(before);
    expect([...after.external.keys()]).toEqual(["model.onnx"]);
  });
});
