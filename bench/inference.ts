import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { ChatCall } from "@/lib/inference";
import { onnxEngine } from "@/lib/inference/server";
import { endlessModel, smolModel } from "./inference.models";
import { Peer } from "./inference.peer";
import { RawLoop } from "./inference.raw";
import { cpuMs, median, workers } from "./processor.parts";

const prompt =
  "Summarise what the customer wants: the parcel came late and one cup was broken, please send a new one.";

interface Subject {
  name: string;
  folder: string;
  file: string;
  dtype: "fp32" | "int8";
  /** Tokens of an answer. */
  tokens: number;
  rounds: number;
}

interface Answer {
  firstMs: number;
  /** Tokens behind the first over the time behind the first. */
  perSecond: number;
  tokens: number;
  inputTokens: number;
  text: string;
}

/** Bytes that the worker keeps in memory, of the file's pages none. */
function workerBytes(): number {
  const [pid] = workers();
  if (!pid) return Number.NaN;
  const kilobytes = readFileSync(`/proc/${pid}/status`, "utf8").match(/^RssAnon:\s+(\d+)/m)?.[1];
  return Number(kilobytes) * 1024;
}

async function ours(model: string, tokens: number, more: Partial<ChatCall> = {}): Promise<Answer> {
  const call: ChatCall = {
    model,
    messages: [{ role: "user", content: prompt }],
    parameters: { temperature: 0, max_tokens: tokens },
    ...more,
  };
  const from = performance.now();
  const answer: Answer = { firstMs: 0, perSecond: 0, tokens: 0, inputTokens: 0, text: "" };
  for await (const event of onnxEngine().chat(call, new AbortController().signal)) {
    if (event.type === "error") throw new Error(event.message);
    if (event.type === "usage") [answer.tokens, answer.inputTokens] = [event.outputTokens, event.inputTokens];
    if (event.type !== "delta") continue;
    answer.firstMs ||= performance.now() - from;
    answer.text += event.text;
  }
  answer.perSecond = ((answer.tokens - 1) / (performance.now() - from - answer.firstMs)) * 1000;
  return answer;
}

/** The same call with a text of its own in front: nothing of it was computed before. */
const unlike = (i: number, words = 3): Partial<ChatCall> => ({
  messages: [{ role: "user", content: `${`${i} `.repeat(words)}${prompt}` }],
});

async function oneRequest({ name, folder, tokens, rounds }: Subject): Promise<void> {
  const raw = await RawLoop.open(folder, onnxEngine().status().threads);
  const expected = await raw.run(prompt, tokens);
  const got = await ours(name, tokens);
  const same = got.text === expected.text;
  const results: {
    ours: number;
    raw: number;
    oursCpu: number;
    rawCpu: number;
    oursFirst: number;
    rawFirst: number;
  }[] = [];
  for (let round = 0; round < rounds; round++) {
    const [before, a] = [cpuMs(), await ours(name, tokens)];
    const [between, b] = [cpuMs(), await raw.run(prompt, tokens)];
    results.push({
      ours: a.perSecond,
      raw: b.perSecond,
      oursCpu: (between - before) / tokens,
      rawCpu: (cpuMs() - between) / tokens,
      oursFirst: a.firstMs,
      rawFirst: b.firstMs,
    });
  }
  const of = (field: keyof (typeof results)[number]) => median(results.map((result) => result[field]));
  console.log(
    `\nOne request, ${name}, ${tokens} tokens, greedy, ${same ? "same text" : "TEXTS DIFFER"} (medians of ${rounds} pairs)`,
  );
  const ratio = median(results.map((result) => result.ours / result.raw));
  console.table({
    "Tessera (worker process)": row(of("ours"), of("oursFirst"), of("oursCpu")),
    "raw ONNX Runtime loop": row(of("raw"), of("rawFirst"), of("rawCpu")),
    "ratio (goal: tokens/s ≥ 0.95)": {
      "tokens/s": ratio.toFixed(2),
      "CPU ms per token": median(results.map((result) => result.oursCpu / result.rawCpu)).toFixed(2),
    },
  });
}

const row = (perSecond: number, firstMs: number, cpu: number) => ({
  "tokens/s": round1(perSecond),
  "first token ms": round1(firstMs),
  "CPU ms per token": cpu.toFixed(3),
});

/** All tokens over all time, prompts included. */
async function severalRequests({ name, folder, dtype, tokens }: Subject): Promise<void> {
  const rows: Record<string, object> = {};
  const together = async (count: number) => {
    const from = performance.now();
    const answers = await Promise.all(Array.from({ length: count }, (_, i) => ours(name, tokens, unlike(i))));
    return {
      "tokens/s": round1(((count * tokens) / (performance.now() - from)) * 1000),
      "first token ms": round1(median(answers.map((answer) => answer.firstMs))),
    };
  };
  await together(2);
  for (const count of [1, 2, 4, 8]) rows[`Tessera, ${count} at once`] = await together(count);
  const peer = await Peer.open(folder, dtype, onnxEngine().status().threads);
  await peer.run(prompt, 4);
  const from = performance.now();
  for (let i = 0; i < 8; i++) await peer.run(String(unlike(i).messages?.[0]?.content), tokens);
  const peerRate = ((8 * tokens) / (performance.now() - from)) * 1000;
  await peer.dispose();
  rows["Transformers.js, 8 one after another"] = { "tokens/s": round1(peerRate) };
  const mine = (rows["Tessera, 8 at once"] as { "tokens/s": number })["tokens/s"];
  rows["ratio at 8 (goal: ≥ 3.5)"] = { "tokens/s": (mine / peerRate).toFixed(2) };
  console.log(`\nRequests at once, ${name}, ${tokens} tokens each`);
  console.table(rows);
}

/** Time to the first token of one that comes while seven decode, and what it costs these. */
async function newcomer({ name, tokens }: Subject): Promise<void> {
  const alone = await ours(name, 2, unlike(100, 40));
  const seven = Array.from({ length: 7 }, (_, i) => ours(name, tokens * 2, unlike(i)));
  await new Promise((done) => setTimeout(done, 1500));
  const came = await ours(name, 2, unlike(101, 40));
  await Promise.all(seven);
  console.log(`\nA newcomer with ${came.inputTokens} tokens, ${name}: first token after milliseconds`);
  console.table({ alone: { ms: round1(alone.firstMs) }, "while 7 decode": { ms: round1(came.firstMs) } });
}

/** Prompts of 1,000 tokens: how fast they are read, and decoding behind them. */
async function longContext({ name, folder }: Subject, words: number): Promise<void> {
  const raw = await RawLoop.open(folder, onnxEngine().status().threads);
  const content = (i: number) => String(unlike(i, words).messages?.[0]?.content);
  const one = await ours(name, 24, unlike(200, words));
  const rawOne = await raw.run(content(200), 24);
  const again = await ours(name, 24, unlike(200, words));
  const from = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => ours(name, 24, unlike(300 + i, words))),
  );
  const all = ((8 * 24) / (performance.now() - from)) * 1000;
  console.log(`\nA context of ${one.inputTokens} tokens, ${name}`);
  console.table({
    "Tessera, 1": {
      "prompt tokens/s": round1((one.inputTokens / one.firstMs) * 1000),
      "decode tokens/s": round1(one.perSecond),
      "first token ms": round1(one.firstMs),
    },
    "raw loop, 1": {
      "prompt tokens/s": round1((one.inputTokens / rawOne.firstMs) * 1000),
      "decode tokens/s": round1(rawOne.perSecond),
      "first token ms": round1(rawOne.firstMs),
    },
    "the same prompt again": {
      "decode tokens/s": round1(again.perSecond),
      "first token ms": round1(again.firstMs),
    },
    "8 at once": {
      "decode tokens/s": round1(all),
      "first token ms": round1(median(answers.map((answer) => answer.firstMs))),
    },
  });
}

const ticketRows = {
  type: "array",
  minItems: 4,
  items: {
    type: "object",
    properties: {
      id: { type: "integer", minimum: 1, maximum: 99_999 },
      topic: { enum: ["delivery", "billing", "returns", "other"] },
      note: { type: "string", maxLength: 60 },
      tags: { type: "array", items: { type: "string", maxLength: 12 }, maxItems: 4 },
    },
    required: ["id", "topic", "note"],
    additionalProperties: false,
  },
};

/** What holding an answer to a schema costs: the same number of sampled tokens, free and held. */
async function constrained({ name, tokens }: Subject): Promise<void> {
  const parameters = (seed: number) => ({ temperature: 1, seed, max_tokens: tokens });
  const schema = { type: "json_schema", json_schema: { name: "tickets", schema: ticketRows } } as const;
  const formats: Record<string, Partial<ChatCall>> = {
    free: {},
    "JSON mode": { responseFormat: { type: "json_object" } },
    "JSON Schema": { responseFormat: schema },
    "regular expression": { responseFormat: { type: "regex", pattern: "([a-z]{2,9} )*" } },
  };
  const rate = async (more: Partial<ChatCall>, seed: number) => {
    const call: ChatCall = {
      model: name,
      messages: [{ role: "user", content: prompt }],
      parameters: parameters(seed),
      ...more,
    };
    let first = 0;
    let count = 0;
    for await (const event of onnxEngine().chat(call, new AbortController().signal)) {
      if (event.type === "delta") first ||= performance.now();
      if (event.type === "usage") count = event.outputTokens;
    }
    return (performance.now() - first) / Math.max(1, count - 1);
  };
  const rows: Record<string, object> = {};
  let free = 0;
  for (const [label, more] of Object.entries(formats)) {
    const cold = await rate(more, 1);
    const warm: number[] = [];
    for (let round = 0; round < 5; round++) warm.push(await rate(more, 2 + round));
    const ms = median(warm);
    free ||= ms;
    rows[label] = {
      "ms a token": ms.toFixed(2),
      "over free": (ms - free).toFixed(2),
      "first time": cold.toFixed(2),
    };
  }
  console.log(`\nAnswers held to a format, ${name}, milliseconds a token, sampled`);
  console.table(rows);
}

async function memory({ name, folder, file }: Subject): Promise<void> {
  const { size } = statSync(join(folder, file));
  await onnxEngine().close();
  await onnxEngine().load("endless");
  const before = workerBytes();
  await onnxEngine().load(name);
  const loaded = workerBytes() - before;
  await Promise.all(Array.from({ length: 8 }, (_, i) => ours(name, 8, unlike(i))));
  const used = workerBytes() - before;
  console.log(`\nMemory of the worker, ${name}, MiB`);
  console.table({
    "the file": { MiB: inMegabytes(size) },
    "counted before loading": { MiB: inMegabytes(2 * size) },
    "after loading": { MiB: inMegabytes(loaded), "of the file": (loaded / size).toFixed(2) },
    "after 8 answers at once": { MiB: inMegabytes(used), "of the file": (used / size).toFixed(2) },
  });
}

const inMegabytes = (bytes: number) => Math.round(bytes / 2 ** 20);

/** Delay of this process's event loop, and of a plain HTTP answer from it, idle and while generating. */
async function responsiveness(name: string, tokens: number): Promise<void> {
  const server = createServer((_, response) => response.end("ok"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const measure = async (work: () => Promise<unknown>) => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const answers: number[] = [];
    let over = false;
    const pings = (async () => {
      while (!over) {
        answers.push(await ping(port));
        await new Promise((done) => setTimeout(done, 5));
      }
    })();
    delay.enable();
    await work();
    delay.disable();
    over = true;
    await pings;
    answers.sort((a, b) => a - b);
    // The histogram counts the interval itself, 1 ms.
    const loop = (percentile: number) => round1(Math.max(0, delay.percentile(percentile) / 1e6 - 1));
    const http = (share: number) => round1(answers[Math.floor(answers.length * share)] ?? Number.NaN);
    return {
      "loop p50": loop(50),
      "loop p95": loop(95),
      "loop p99": loop(99),
      "HTTP p50": http(0.5),
      "HTTP p95": http(0.95),
      "HTTP p99": http(0.99),
    };
  };
  const rows = {
    idle: await measure(() => new Promise((done) => setTimeout(done, 2000))),
    "1 generates": await measure(() => ours(name, tokens * 2)),
    "8 generate": await measure(() => Promise.all(Array.from({ length: 8 }, () => ours(name, tokens)))),
  };
  server.close();
  console.log(`\nServer's event loop, ${name}, milliseconds (goal: p99 < 20)`);
  console.table(rows);
}

function ping(port: number): Promise<number> {
  const from = performance.now();
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, agent: false }, (response) => {
      response.resume().on("end", () => resolve(performance.now() - from));
    }).on("error", reject);
  });
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}

async function main(): Promise<void> {
  const modelsDir = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  process.env.MODELS_DIR = modelsDir;
  const only = process.argv[2];
  const all: (() => Promise<Subject>)[] = [
    async () => ({
      name: "endless",
      folder: endlessModel(modelsDir),
      file: "onnx/model.onnx",
      dtype: "fp32",
      tokens: 300,
      rounds: 6,
    }),
    ...(["int8", "float32"] as const).map(
      (form) => async (): Promise<Subject> => ({
        name: `smol-${form}`,
        folder: await smolModel(modelsDir, form),
        file: form === "int8" ? "onnx/model_int8.onnx" : "onnx/model.onnx",
        dtype: form === "int8" ? "int8" : "fp32",
        tokens: 48,
        rounds: 4,
      }),
    ),
  ];
  try {
    for (const make of all) {
      const subject = await make();
      if (only && only !== subject.name && subject.name !== "endless") continue;
      if (only && only !== subject.name) continue;
      await oneRequest(subject);
      await severalRequests(subject);
      await newcomer(subject);
      await constrained(subject);
      await longContext(subject, subject.name === "endless" ? 100 : 235);
      await responsiveness(subject.name, subject.tokens);
      if (subject.name !== "endless") await memory(subject);
    }
    await onnxEngine().close();
  } finally {
    rmSync(modelsDir, { recursive: true, force: true });
  }
}

await main();
