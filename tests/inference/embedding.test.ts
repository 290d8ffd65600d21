import type { ChildProcess } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import type { EmbeddingHost } from "@/lib/inference/engines/embedding-host";
import { loadEncoder } from "@/lib/inference/engines/encoder-loader";
import { readModelFile } from "@/lib/inference/engines/model-folder";
import { serverDevices } from "@/lib/inference/engines/onnx-devices";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import {
  cosine,
  type EncoderOptions,
  embedderOver,
  encoderGraph,
  ort,
  randomEncoder,
  sentence,
  tokensOf,
  vectorsOf,
  width,
} from "./embedding-support";
import { exporter, scratchFolder, useServerWorker } from "./support";

const never = new AbortController().signal;
const length = (vector: Float32Array | undefined) => Math.hypot(...(vector ?? []));

let folder: string;
let plain: ModelSource;
let engine: EmbeddingHost;

beforeAll(async () => {
  await useServerWorker();
  folder = await scratchFolder();
  plain = await randomEncoder(folder, "plain");
  engine = embedderOver([plain]);
});

/** The token vectors of one text as the graph gives them, computed here. */
async function tokenVectors(text: string, output = "last_hidden_state"): Promise<Float32Array[]> {
  const session = await ort.InferenceSession.create(await encoderGraph(), { executionProviders: ["cpu"] });
  const tokens = tokensOf(text);
  const tensor = (data: BigInt64Array) => new ort.Tensor("int64", data, [1, tokens.length]);
  const outputs = await session.run({
    input_ids: tensor(BigInt64Array.from(tokens, BigInt)),
    attention_mask: tensor(new BigInt64Array(tokens.length).fill(1n)),
    token_type_ids: tensor(new BigInt64Array(tokens.length)),
  });
  const data = outputs[output]?.data as Float32Array;
  await session.release();
  return tokens.map((_, i) => data.slice(i * width, (i + 1) * width));
}

/** Opens a model here, without a worker, and embeds one text. */
async function open(name: string, options: EncoderOptions) {
  const source = await randomEncoder(folder, name, options);
  const platform = { ort, ...serverDevices("cpu", 1), threads: 1, readFile: readModelFile };
  const model = await loadEncoder(platform, source, () => {});
  const embed = async (text: string) => (await model.graph.encode([model.tokenizer.encodeInput(text)]))[0];
  return { ...model, embed };
}

describe("embeddings of an ONNX encoder", () => {
  const lengths = [1, 40, 3, 3, 200, 17, 90, 9, 2, 41];
  const texts = lengths.map((count, i) => sentence(count, i + 1));

  it("are, in a batch, what each text has alone, of unit length", async () => {
    const {
      vectors,
      inputTokens,
      engine: info,
    } = await engine.embed({ model: "plain", input: texts }, never);
    expect(info).toMatchObject({ kind: "server", device: "CPU" });
    expect(inputTokens).toBe(lengths.reduce((sum, count) => sum + count + 2, 0));
    for (const [i, text] of texts.entries()) {
      expect(vectors[i]).toHaveLength(width);
      expect(length(vectors[i])).toBeCloseTo(1, 5);
      const [alone] = await vectorsOf(engine, "plain", [text]);
      expect(cosine(alone, vectors[i])).toBeGreaterThan(0.99999);
    }
    expect(Math.abs(cosine(vectors[0], vectors[1]))).toBeLessThan(0.99);
  });

  it("are the same for many callers at once as for each alone", async () => {
    const alone = await vectorsOf(engine, "plain", texts);
    const answers = await Promise.all(
      texts.map((text, i) => vectorsOf(engine, "plain", [text], { caller: `u${i % 3}` })),
    );
    for (const [i, [vector]] of answers.entries()) expect(cosine(vector, alone[i])).toBeGreaterThan(0.99999);
  });

  it("are cut to fewer dimensions and brought to unit length again; more are refused", async () => {
    const input = [sentence(12)];
    const [whole] = await vectorsOf(engine, "plain", input);
    const [cut] = await vectorsOf(engine, "plain", input, { dimensions: 8 });
    expect(cut).toHaveLength(8);
    expect(length(cut)).toBeCloseTo(1, 5);
    expect(cosine(cut, whole?.subarray(0, 8))).toBeCloseTo(1, 5);
    await expect(vectorsOf(engine, "plain", input, { dimensions: 33 })).rejects.toMatchObject({
      code: "invalid",
      param: "dimensions",
      message: "plain has 32 dimensions, not 33.",
    });
  });

  it("refuse an input that is too long, naming it and both numbers, and embed nothing of that call", async () => {
    const call = vectorsOf(engine, "plain", [sentence(3), sentence(511), sentence(600)]);
    await expect(call).rejects.toMatchObject({
      code: "invalid",
      param: "input",
      message: "Input 1 of plain has 513 tokens; it reads 512.",
    });
    await expect(vectorsOf(engine, "plain", ["x".repeat(20_000)])).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/^Input 0 of plain has 20000 characters; it reads 512 tokens/),
    });
    expect(await vectorsOf(engine, "plain", [sentence(510)])).toHaveLength(1);
  });

  it("take the smallest of the limits that config, tokenizer and manifest name", async () => {
    const limited = async (name: string, options: EncoderOptions) =>
      (await open(name, options)).graph.config.context;
    const config = { model_type: "bert", vocab_size: 205, max_position_embeddings: 512 };
    expect(await limited("by-manifest", { context: 64 })).toBe(64);
    expect(
      await limited("by-tokenizer", { files: { "tokenizer_config.json": { model_max_length: 48 } } }),
    ).toBe(48);
    const roberta = { ...config, model_type: "xlm-roberta", pad_token_id: 1, max_position_embeddings: 130 };
    expect(await limited("by-config", { files: { "config.json": roberta } })).toBe(128);
  });
});

describe("the vector of a text", () => {
  const pooling = (mode: string) => ({
    files: { "1_Pooling/config.json": { [`pooling_mode_${mode}`]: true } },
  });
  const text = sentence(23, 5);

  it("is pooled as 1_Pooling says: mean, first token, largest", async () => {
    const tokens = await tokenVectors(text);
    const by = (join: (values: number[]) => number) =>
      Array.from({ length: width }, (_, i) => join(tokens.map((token) => token[i] ?? Number.NaN)));
    const mean = by((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
    const kinds: [string, number[]][] = [
      ["mean_tokens", mean],
      ["mean_sqrt_len_tokens", mean],
      ["cls_token", by((values) => values[0] ?? Number.NaN)],
      ["max_tokens", by((values) => Math.max(...values))],
    ];
    for (const [mode, expected] of kinds) {
      const { embed } = await open(mode.replaceAll("_", "-"), pooling(mode));
      const vector = await embed(text);
      expect(cosine(vector, expected)).toBeGreaterThan(0.999999);
      expect(length(vector)).toBeCloseTo(1, 5);
    }
    expect(cosine((await vectorsOf(engine, "plain", [text]))[0], mean)).toBeGreaterThan(0.999999);
  });

  it("is the first token's for families known for it that come without 1_Pooling", async () => {
    expect((await open("bge-tiny-en", {})).graph.config.pooling).toBe("cls");
    expect((await open("other-tiny-en", {})).graph.config.pooling).toBe("mean");
  });

  it("is refused when 1_Pooling or modules.json want what we do not have", async () => {
    const two = { pooling_mode_mean_tokens: true, pooling_mode_max_tokens: true };
    const dense = [
      { type: "sentence_transformers.models.Pooling" },
      { type: "sentence_transformers.models.Dense" },
    ];
    const odd: [EncoderOptions, string][] = [
      [pooling("lasttoken"), "1_Pooling/config.json wants lasttoken"],
      [{ files: { "1_Pooling/config.json": two } }, "1_Pooling/config.json joins mean_tokens and max_tokens"],
      [{ files: { "1_Pooling/config.json": {} } }, "1_Pooling/config.json wants no known mode"],
      [{ files: { "modules.json": dense } }, "modules.json wants Dense"],
    ];
    for (const [i, [options, message]] of odd.entries()) {
      await expect(open(`odd-pooling-${i}`, options)).rejects.toMatchObject({
        code: "unprocessable",
        message: expect.stringContaining(message),
      });
    }
  });

  it("comes from graphs without token types, of token_embeddings, of halves and of int8 alike", async () => {
    const exact = (await vectorsOf(engine, "plain", [text]))[0];
    const close: [EncoderOptions, number][] = [
      [{ tokenTypes: false }, 0.99999],
      [{ output: "token_embeddings" }, 0.99999],
      [{ type: "float16" }, 0.9999],
      [{ form: "int8" }, 0.99],
    ];
    for (const [i, [options, least]] of close.entries()) {
      const { embed } = await open(`form-${i}`, options);
      expect(cosine(await embed(text), exact)).toBeGreaterThan(least);
    }
  });

  it("is the graph's own where it gives sentence_embedding", async () => {
    const { FLOAT } = await exporter("onnx-graph.mjs");
    const { embed, graph } = await open("own-sentence", {
      change: (writer) => {
        writer.add("Gather", ["last_hidden_state", writer.index(1)], {
          attributes: { axis: 1 },
          name: "sentence_embedding",
        });
        writer.output("sentence_embedding", FLOAT, ["batch", width]);
      },
    });
    expect(graph.layout.output).toBe("sentence_embedding");
    expect(cosine(await embed(text), (await tokenVectors(text))[1])).toBeGreaterThan(0.999999);
  });
});

describe("an encoder that cannot be used", () => {
  it("is refused, before it is loaded, with what its graph asks for or does not give", async () => {
    const { FLOAT, INT64 } = await exporter("onnx-graph.mjs");
    const graphs: [EncoderOptions, string][] = [
      [{ change: (graph) => void graph.input("task_id", INT64, [1]) }, "it asks for task_id"],
      [
        { change: (graph) => void graph.input("token_type_ids", FLOAT, [1]), tokenTypes: false },
        "its token_type_ids is float32",
      ],
      [{ output: "logits" }, "it gives logits, and none of sentence_embedding, last_hidden_state"],
    ];
    for (const [i, [options, message]] of graphs.entries()) {
      await expect(open(`odd-graph-${i}`, options)).rejects.toMatchObject({
        code: "unprocessable",
        message: expect.stringContaining(message),
      });
    }
  });

  it("is refused by the worker with the reason, and the others go on", async () => {
    const files: [Record<string, unknown>, RegExp][] = [
      [{ "onnx/model.onnx": new TextEncoder().encode("no graph") }, /model.onnx is not a whole ONNX file/],
      [{ "config.json": {} }, /config.json is not that of an encoder: vocab_size/],
      [{ "tokenizer.json": {} }, /tokenizer.json cannot be used/],
      [{ "onnx/model.onnx": (await encoderGraph()).slice(0, 3000) }, /not a whole ONNX file/],
    ];
    const odd = await Promise.all(
      files.map(([others], i) => randomEncoder(folder, `odd-${i}`, { files: others })),
    );
    const several = embedderOver([...odd, plain]);
    for (const [i, [, message]] of files.entries()) {
      await expect(vectorsOf(several, `odd-${i}`, ["w1"])).rejects.toMatchObject({
        code: "unprocessable",
        message: expect.stringMatching(message),
      });
      expect(await vectorsOf(several, "plain", ["w1"])).toHaveLength(1);
      expect(several.models()).toContainEqual(expect.objectContaining({ name: `odd-${i}`, state: "failed" }));
    }
  });

  it("is refused when it gives no numbers", async () => {
    const { FLOAT } = await exporter("onnx-graph.mjs");
    const broken = open("no-numbers", {
      output: "hidden",
      change: (writer) => {
        writer.add("Log", [writer.add("Neg", [writer.add("Abs", ["hidden"])])], {
          name: "last_hidden_state",
        });
        writer.output("last_hidden_state", FLOAT, ["batch", "sequence", width]);
      },
    });
    await expect(broken).rejects.toMatchObject({
      code: "unprocessable",
      message: expect.stringContaining("no numbers"),
    });
  });

  it("runs texts one at a time when side by side they would not be what they are alone", async () => {
    const { FLOAT } = await exporter("onnx-graph.mjs");
    const leaky = await open("leaky", {
      output: "hidden",
      change: (writer) => {
        const others = writer.add("ReduceMax", ["hidden"], { attributes: { axes: [0], keepdims: 1 } });
        writer.add("Sub", [writer.add("Add", ["hidden", "hidden"]), others], { name: "last_hidden_state" });
        writer.output("last_hidden_state", FLOAT, ["batch", "sequence", width]);
      },
    });
    expect(leaky.limits.rows).toBe(1);
    expect((await open("apart", {})).limits.rows).toBe(32);
  });
});

describe("the embedding worker", () => {
  it("is started with the first call and ends when nobody has called for a while", async () => {
    const workers: ChildProcess[] = [];
    const brief = embedderOver([plain], { idleMs: 300, onWorker: (worker) => workers.push(worker) });
    expect(workers).toHaveLength(0);
    await vectorsOf(brief, "plain", ["w1"]);
    expect(brief.models()).toMatchObject([{ name: "plain", state: "ready", device: "CPU" }]);
    await expect.poll(() => workers[0]?.signalCode, { timeout: 5000 }).toBe("SIGKILL");
    expect(brief.models()).toEqual([]);
    expect(await vectorsOf(brief, "plain", ["w1"])).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it("that dies ends its calls with an error, and the next call starts another", async () => {
    const workers: ChildProcess[] = [];
    const mortal = embedderOver([plain], { onWorker: (worker) => workers.push(worker) });
    await vectorsOf(mortal, "plain", ["w1"]);
    const many = vectorsOf(
      mortal,
      "plain",
      Array.from({ length: 1000 }, (_, i) => sentence(100, i)),
    );
    setTimeout(() => workers[0]?.kill("SIGKILL"), 50);
    await expect(many).rejects.toMatchObject({
      code: "unavailable",
      message: "The embedding worker ended: SIGKILL. The next call starts a new one.",
    });
    expect(await vectorsOf(mortal, "plain", ["w1"])).toHaveLength(1);
    expect(workers).toHaveLength(2);
  });

  it("is restarted three times in a row, then its model is refused for a while with the reason", async () => {
    let started = 0;
    const doomed = embedderOver([plain], {
      cooldownMs: 60_000,
      onWorker: (worker) => {
        started++;
        worker.kill("SIGKILL");
      },
    });
    for (let call = 0; call < 4; call++)
      await expect(vectorsOf(doomed, "plain", ["w1"])).rejects.toMatchObject({ code: "unavailable" });
    await expect(vectorsOf(doomed, "plain", ["w1"])).rejects.toMatchObject({
      code: "unavailable",
      retryAfter: 60,
      message: expect.stringMatching(/4 times in a row \(SIGKILL\)/),
    });
    expect(started).toBe(4);
    expect(doomed.models()).toEqual([{ name: "plain", state: "failed", reason: "SIGKILL" }]);
  });
});
