import { setImmediate as breathe } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "@/lib/inference/core/best-device";
import type { Ort, OrtSession, OrtTensor } from "@/lib/inference/core/ort";
import type { EmbeddingReply } from "@/lib/inference/engines/embedding-protocol";
import { EmbeddingRuntime } from "@/lib/inference/engines/embedding-runtime";
import { readModelFile } from "@/lib/inference/engines/model-folder";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import type { EmbeddingCall } from "@/lib/inference/schema";
import { cosine, embedderOver, ort, randomEncoder, sentence, vectorsOf, width } from "./embedding-support";
import { scratchFolder, useServerWorker } from "./support";

const texts = (count: number, words = 30) => Array.from({ length: count }, (_, i) => sentence(words, i + 1));
const cpu: Device<unknown> = { label: "CPU", options: () => ({ label: "CPU" }) };

let folder: string;
let plain: ModelSource;
beforeAll(async () => {
  folder = await scratchFolder();
  plain = await randomEncoder(folder, "plain");
});

interface Run {
  rows: number;
  tokens: number;
  /** Of the mask. */
  present: number;
}

interface Seen {
  runs: Run[];
  replies: EmbeddingReply[];
}

/** The runtime with sessions that tell of their runs, and of one kind that change their output. */
function watched(
  runs: Run[],
  label = "",
  change: (output: OrtTensor, tokens: number) => void = () => {},
): Ort {
  return {
    Tensor: ort.Tensor,
    InferenceSession: {
      async create(model, options) {
        const session = await ort.InferenceSession.create(model, { executionProviders: ["cpu"] });
        const run = async (feeds: Record<string, OrtTensor>) => {
          const { dims = [] } = feeds.input_ids ?? {};
          const mask = feeds.attention_mask?.data as BigInt64Array;
          const [rows = 0, tokens = 0] = dims;
          runs.push({ rows, tokens: rows * tokens, present: mask.filter((value) => value === 1n).length });
          const outputs = await session.run(feeds);
          if (options.label === label && outputs.last_hidden_state) change(outputs.last_hidden_state, tokens);
          return outputs;
        };
        return new Proxy<OrtSession>(session, {
          get: (target, key) => (key === "run" ? run : Reflect.get(target, key, target)),
        });
      },
    },
  };
}

/** The inside of a worker, here, with what it did. */
function startRuntime(candidates: Device<unknown>[] = [], ortOf: (runs: Run[]) => Ort = watched) {
  const seen: Seen = { runs: [], replies: [] };
  const answers = new Map<number, (reply: EmbeddingReply) => void>();
  const runtime = new EmbeddingRuntime({
    ort: ortOf(seen.runs),
    candidates,
    reference: cpu,
    threads: 1,
    memoryLimit: 1e9,
    readFile: readModelFile,
    breathe: () => breathe(),
    post: (reply) => {
      seen.replies.push(reply);
      if ("id" in reply) answers.get(reply.id)?.(reply);
    },
  });
  let lastId = 0;
  const embed = (input: string[], more: Partial<EmbeddingCall> = {}) => {
    const id = ++lastId;
    const call = { model: "plain", input, ...more };
    const answer = new Promise<EmbeddingReply>((resolve) => answers.set(id, resolve));
    runtime.handle({ type: "embed", id, source: plain, call });
    return { id, answer };
  };
  return { ...seen, embed, abort: (id: number) => runtime.handle({ type: "abort", id }) };
}

/** One that has its model already, so that what follows is what is counted. */
async function warmRuntime() {
  const runtime = startRuntime();
  await runtime.embed(["w1"]).answer;
  runtime.runs.length = 0;
  return runtime;
}

const rowsOf = (runs: Run[]) => runs.reduce((sum, { rows }) => sum + rows, 0);

describe("texts that wait", () => {
  it("share runs with texts of similar length, bounded in rows and tokens, with hardly any padding", async () => {
    const { embed, runs } = await warmRuntime();
    const mixed = Array.from({ length: 400 }, (_, i) => sentence(1 + ((i * 37) % 120), i + 1));
    await Promise.all([embed(mixed.slice(0, 150)).answer, embed(mixed.slice(150)).answer]);
    expect(rowsOf(runs)).toBe(400);
    expect(runs.every(({ rows, tokens }) => rows <= 32 && tokens <= 256)).toBe(true);
    expect(runs.length).toBeLessThan(160);
    const [present, all] = [
      runs.reduce((sum, run) => sum + run.present, 0),
      runs.reduce((sum, run) => sum + run.tokens, 0),
    ];
    expect(present / all).toBeGreaterThan(0.95);
  });

  it("of several small calls share one run", async () => {
    const { embed, runs } = await warmRuntime();
    await Promise.all(texts(8).map((text, i) => embed([text], { caller: `u${i}` }).answer));
    expect(runs).toHaveLength(1);
    expect(runs[0]?.rows).toBe(8);
  });

  it("a single one behind 2,000 is answered before most of them, of the same caller or another", async () => {
    for (const caller of ["ana", "ben"]) {
      const { embed, runs } = await warmRuntime();
      const many = embed(texts(2000), { caller: "ana" }).answer;
      await expect.poll(() => runs.length, { interval: 1, timeout: 10_000 }).toBeGreaterThan(3);
      const before = rowsOf(runs);
      await embed([sentence(7)], { caller }).answer;
      expect(rowsOf(runs) - before).toBeLessThan(100);
      await many;
      expect(rowsOf(runs)).toBe(2001);
    }
  });

  it("of many are not kept out by single ones that keep coming", async () => {
    const { embed, runs } = await warmRuntime();
    let over = false;
    const many = embed(texts(100), { caller: "ana" }).answer.then(() => {
      over = true;
    });
    let singles = 0;
    while (!over) await embed([sentence(3, singles)], { caller: `guest ${singles++}` }).answer;
    await many;
    expect(singles).toBeLessThan(40);
    expect(runs.length).toBeLessThan(60);
  });

  it("are dropped at once when their caller leaves, and the others' are not", async () => {
    const { embed, abort, runs, replies } = await warmRuntime();
    const left = embed(texts(2000), { caller: "ana" });
    const stays = embed(texts(20, 9), { caller: "ben" });
    await expect.poll(() => runs.length, { interval: 1, timeout: 10_000 }).toBeGreaterThan(3);
    abort(left.id);
    const at = runs.length;
    expect(await stays.answer).toMatchObject({ type: "embedded" });
    await embed(["w1"]).answer;
    expect(runs.length - at).toBeLessThan(8);
    expect(replies.some((reply) => "id" in reply && reply.id === left.id)).toBe(false);
  });

  it("50 calls at once load the model once", async () => {
    const { embed, replies } = startRuntime();
    await Promise.all(Array.from({ length: 50 }, () => embed(["w1 w2"]).answer));
    const loads = replies.filter((reply) => reply.type === "model" && reply.status.state === "ready");
    expect(loads).toHaveLength(1);
    expect(replies.filter(({ type }) => type === "embedded")).toHaveLength(50);
  });

  it("end with an error when a run fails, which opens the model anew for the next call", async () => {
    let broken = false;
    const { embed, replies } = startRuntime([], (runs) =>
      watched(runs, "CPU", () => {
        if (broken) throw new Error("device lost");
      }),
    );
    await embed(["w1"]).answer;
    broken = true;
    expect(await embed(texts(4)).answer).toMatchObject({ type: "failed", failure: { code: "internal" } });
    broken = false;
    expect(await embed(texts(4)).answer).toMatchObject({ type: "embedded" });
    expect(replies).toContainEqual(expect.objectContaining({ type: "bug", message: "device lost" }));
    expect(replies.filter((reply) => reply.type === "model" && reply.status.state === "ready")).toHaveLength(
      2,
    );
  });
});

describe("a device", () => {
  const twin: Device<unknown> = { label: "Twin", demanded: true, options: () => ({ label: "Twin" }) };
  const change = (by: number, from: number) => (output: OrtTensor, tokens: number) => {
    const data = output.data as Float32Array;
    if (tokens >= from) for (let i = 0; i < data.length; i += width) data[i] = (data[i] ?? 0) + by;
  };

  it("is taken when its vectors are the reference's", async () => {
    const { embed } = startRuntime([twin], (runs) => watched(runs, "Twin", change(1e-4, 0)));
    expect(await embed(texts(3)).answer).toMatchObject({ engine: { device: "Twin" } });
  });

  it("is not when they differ from some length on, with the reason", async () => {
    const { embed } = startRuntime([twin], (runs) => watched(runs, "Twin", change(3, 32)));
    expect(await embed(texts(3)).answer).toMatchObject({
      engine: {
        device: "CPU",
        fallback: expect.stringMatching(
          /^Twin: its vector of 32 tokens has a cosine of 0\.\d+ with the reference's$/,
        ),
      },
    });
  });
});

describe("the engine in front of the worker", () => {
  beforeAll(useServerWorker);

  it("refuses beyond its bounds of calls and texts, with a time to come back", async () => {
    const narrow = embedderOver([plain], { maxCalls: 2, maxTexts: 50 });
    const waiting = [vectorsOf(narrow, "plain", texts(20))];
    await expect(vectorsOf(narrow, "plain", texts(40))).rejects.toMatchObject({
      code: "unavailable",
      retryAfter: 5,
      message: "20 texts already wait to be embedded.",
    });
    waiting.push(vectorsOf(narrow, "plain", texts(20)));
    await expect(vectorsOf(narrow, "plain", ["w1"])).rejects.toMatchObject({
      code: "unavailable",
      retryAfter: 5,
      message: "2 calls already wait to be embedded.",
    });
    expect((await Promise.all(waiting)).map((vectors) => vectors.length)).toEqual([20, 20]);
    expect(await vectorsOf(narrow, "plain", ["w1"])).toHaveLength(1);
  });

  it("lets a caller go at once and serves the others", async () => {
    const engine = embedderOver([plain]);
    const [expected] = await vectorsOf(engine, "plain", ["w1"]);
    const leaving = new AbortController();
    const many = engine.embed({ model: "plain", input: texts(2000, 60) }, leaving.signal);
    setTimeout(() => leaving.abort(), 30);
    await expect(many).rejects.toMatchObject({ code: "client_closed" });
    const from = performance.now();
    expect(cosine((await vectorsOf(engine, "plain", ["w1"]))[0], expected)).toBeGreaterThan(0.99999);
    expect(performance.now() - from).toBeLessThan(1000);
    await expect(engine.embed({ model: "plain", input: ["w1"] }, AbortSignal.abort())).rejects.toMatchObject({
      code: "client_closed",
    });
  });

  it("answers 50 calls at once from one worker with one load", async () => {
    let workers = 0;
    const engine = embedderOver([plain], { onWorker: () => workers++ });
    const answers = await Promise.all(texts(50).map((text) => vectorsOf(engine, "plain", [text])));
    expect(answers.flat()).toHaveLength(50);
    expect(workers).toBe(1);
    expect(engine.models()).toMatchObject([{ name: "plain", state: "ready" }]);
  });
});
