import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { onnxEngine } from "@/lib/inference/server";
import { RawLoop } from "./inference.raw";

const name = "pebble-2m";
const prompt =
  "Summarise what the customer wants: the parcel came late and one cup was broken, please send a new one.";
const tokens = 300;
const rounds = 6;

/** The built-in model without its end token, so that every answer has the same length. */
function endlessModel(modelsDir: string): string {
  const folder = join(modelsDir, "endless");
  cpSync(join(process.cwd(), "public/models", name), folder, { recursive: true });
  const rewrite = (file: string, change: (json: Record<string, unknown>) => void) => {
    const path = join(folder, file);
    const json = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    change(json);
    writeFileSync(path, JSON.stringify(json));
  };
  const withoutEnd = (json: Record<string, unknown>) => {
    for (const key of ["eos_token_id", "eos_token", "max_new_tokens"]) delete json[key];
  };
  for (const file of ["config.json", "generation_config.json", "tokenizer_config.json"])
    rewrite(file, withoutEnd);
  const files = [
    "config.json",
    "generation_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "onnx/model.onnx",
  ].map((path) => {
    const bytes = readFileSync(join(folder, path));
    return { path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  });
  const manifest = {
    name: "endless",
    task: "chat",
    description: "",
    license: "Apache-2.0",
    parameters: 0,
    context: 512,
    files,
  };
  writeFileSync(join(folder, "tessera.json"), JSON.stringify(manifest));
  return folder;
}

interface Run {
  firstMs: number;
  /** Processor time of all threads: what counts on a machine that others use too. */
  cpuMs: number;
  perSecond: number;
}

/** Processor time of this process and of its workers, in milliseconds; of the workers on Linux only. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  const children =
    process.platform === "linux"
      ? readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean)
      : [];
  // Fields 14 and 15 of proc(5) are user and system time in ticks of 10 ms; the name before them may hold spaces.
  const ticks = children.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return Number(fields[11]) + Number(fields[12]);
  });
  return (user + system) / 1000 + ticks.reduce((sum, count) => sum + count * 10, 0);
}

/** Adds the processor time that a run cost. */
async function withCpu<T extends object>(work: () => Promise<T>): Promise<T & { cpuMs: number }> {
  const before = cpuMs();
  const result = await work();
  return { ...result, cpuMs: cpuMs() - before };
}

async function ours(): Promise<Omit<Run, "cpuMs"> & { text: string }> {
  const call = {
    model: "endless",
    messages: [{ role: "user" as const, content: prompt }],
    parameters: { temperature: 0, max_tokens: tokens },
  };
  const from = performance.now();
  let first = 0;
  let text = "";
  for await (const event of onnxEngine().chat(call, new AbortController().signal)) {
    if (event.type === "error") throw new Error(event.message);
    if (event.type !== "delta") continue;
    first ||= performance.now() - from;
    text += event.text;
  }
  return { firstMs: first, perSecond: (tokens / (performance.now() - from)) * 1000, text };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function compare(raw: RawLoop): Promise<void> {
  const results: Record<"ours" | "raw", Run[]> = { ours: [], raw: [] };
  const expected = await raw.run(prompt, tokens);
  const got = await ours();
  if (got.text !== expected.text) throw new Error("The engine and the raw loop do not agree on the text.");
  for (let round = 0; round < rounds; round++) {
    results.ours.push(await withCpu(ours));
    results.raw.push(await withCpu(() => raw.run(prompt, tokens)));
  }
  const of = (who: "ours" | "raw", field: keyof Run) => median(results[who].map((run) => run[field]));
  const ratio = (field: keyof Run) =>
    median(results.ours.map((run, i) => run[field] / (results.raw[i]?.[field] ?? Number.NaN))).toFixed(2);
  const row = (who: "ours" | "raw") => ({
    "tokens/s": round1(of(who, "perSecond")),
    "first token ms": round1(of(who, "firstMs")),
    "CPU ms per token": (of(who, "cpuMs") / tokens).toFixed(3),
  });
  console.log(`\nOne request, ${name}, ${tokens} tokens, greedy, same text (medians of ${rounds} pairs)`);
  console.table({
    "Tessera (worker process)": row("ours"),
    "raw ONNX Runtime loop": row("raw"),
    "ratio (goal: tokens/s ≥ 0.95)": {
      "tokens/s": ratio("perSecond"),
      "first token ms": ratio("firstMs"),
      "CPU ms per token": ratio("cpuMs"),
    },
  });
}

async function concurrency(): Promise<void> {
  const rows: Record<string, { "tokens/s": number }> = {};
  for (const count of [1, 4, 8]) {
    const from = performance.now();
    await Promise.all(Array.from({ length: count }, ours));
    rows[`${count} at once`] = { "tokens/s": round1(((count * tokens) / (performance.now() - from)) * 1000) };
  }
  console.log("\nRequests at once, all tokens together");
  console.table(rows);
}

/** Delay of this process's event loop, and of a plain HTTP answer from it, idle and while generating. */
async function responsiveness(): Promise<void> {
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
    "1 generates": await measure(async () => {
      for (let i = 0; i < 4; i++) await ours();
    }),
    "8 generate": await measure(() => Promise.all(Array.from({ length: 8 }, ours))),
  };
  server.close();
  console.log("\nServer's event loop, milliseconds (goal: p99 < 20)");
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
  try {
    const raw = await RawLoop.open(endlessModel(modelsDir), onnxEngine().status().threads);
    await compare(raw);
    await concurrency();
    await responsiveness();
    await onnxEngine().close();
  } finally {
    rmSync(modelsDir, { recursive: true, force: true });
  }
}

await main();
