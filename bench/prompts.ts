import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { cpuMsOf } from "./processor.parts";
import { fillLibrary, fullName, sizes } from "./prompts.library";

const seconds = 4;
const levels = [1, 16, 64];
const rounds = 3;

async function started(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const read = (data: Buffer) => {
      text += data.toString();
      const found = pattern.exec(text)?.[1];
      if (found) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.on("exit", () => reject(new Error(`A part of the bench ended early:\n${text}`)));
  });
}

/** The floor: node:http that answers the same bytes with the same headers, whoever asks for whatever. */
async function bare(file: string): Promise<void> {
  const { headers, body } = JSON.parse(readFileSync(file, "utf8")) as Answer;
  const bytes = Buffer.from(body);
  const server = createServer((_, response) => {
    response.writeHead(200, headers);
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
}

interface Answer {
  headers: Record<string, string>;
  body: string;
}

interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
}

const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

const median = (values: readonly number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** Keeps `concurrency` fetches under way; every answer is read to its end and its size checked. */
async function load(
  origin: string,
  { path, key, size }: { path: string; key: string; size: number },
  concurrency: number,
  duration = seconds,
): Promise<Figures> {
  const pool = new Pool(origin, { connections: concurrency });
  const headers = { authorization: `Bearer ${key}` };
  const times: number[] = [];
  const end = performance.now() + duration * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const since = performance.now();
      const answer = await pool.request({ path, method: "GET", headers });
      const { byteLength } = await answer.body.arrayBuffer();
      if (answer.statusCode !== 200 || byteLength !== size) {
        throw new Error(`${origin} answered ${answer.statusCode} with ${byteLength} bytes`);
      }
      times.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  await pool.close();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / duration, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function fetches(origin: string, key: string, folder: string): Promise<void> {
  const path = `/api/prompts/${fullName(42)}?alias=production`;
  const first = await fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${key}` } });
  const body = await first.text();
  if (first.status !== 200) throw new Error(`The fetch was refused: ${first.status} ${body}`);
  const kept = [...first.headers].filter(([name]) => !["date", "connection", "keep-alive"].includes(name));
  const file = join(folder, "answer.json");
  writeFileSync(file, JSON.stringify({ headers: Object.fromEntries(kept), body } satisfies Answer));
  const floor = spawn(process.execPath, [process.argv[1] ?? "", "bare", file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const floorOrigin = `http://127.0.0.1:${await started(floor, /port (\d+)/)}`;
    const asked = { path, key, size: Buffer.byteLength(body) };
    for (const each of [floorOrigin, origin]) await load(each, asked, 16, 1.5);
    const table: Record<string, Record<string, string>> = {};
    for (const concurrency of levels) {
      const results: [Figures, Figures][] = [];
      // One after the other, so that a disturbance meets both.
      for (let round = 0; round < rounds; round += 1) {
        results.push([await load(floorOrigin, asked, concurrency), await load(origin, asked, concurrency)]);
      }
      const ratio = median(results.map(([floor, ours]) => ours.perSecond / floor.perSecond));
      for (const [at, name] of [
        [0, "node:http, same bytes"],
        [1, "Tessera"],
      ] as const) {
        const figure = (of: keyof Figures) => median(results.map((pair) => pair[at][of]));
        table[`×${concurrency} ${name}`] = {
          "requests/s": figure("perSecond").toFixed(0),
          "of node:http": at === 0 ? "1.00×" : `${ratio.toFixed(2)}×`,
          "p50 ms": figure("p50").toFixed(2),
          "p99 ms": figure("p99").toFixed(2),
        };
      }
    }
    console.log(`\nFetch by alias, ${asked.size} bytes, key and grants checked each time (goal: ≥ 5,000/s)`);
    console.table(table);
  } finally {
    floor.kill("SIGKILL");
  }
}

/** Takes the right back and gives it again: the next fetch after the answer must know. */
async function revocations(origin: string, key: string, adminKey: string): Promise<void> {
  const status = async () =>
    (await fetch(`${origin}/api/prompts/${fullName(42)}`, { headers: { authorization: `Bearer ${key}` } }))
      .status;
  const change = async (change: object) => {
    const answer = await fetch(`${origin}/api/catalog/grants`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
      body: JSON.stringify({
        objectIds: ["cat_main"],
        changes: [{ principalId: "grp_readers", ...change }],
      }),
    });
    if (!answer.ok) throw new Error(`The grant was not changed: ${answer.status} ${await answer.text()}`);
  };
  const tries = 20;
  let late = 0;
  for (let n = 0; n < tries; n += 1) {
    if ((await status()) !== 200) late += 1;
    await change({ remove: ["EXECUTE"] });
    if ((await status()) !== 404) late += 1;
    await change({ add: ["EXECUTE"] });
  }
  console.log(
    `EXECUTE taken back and given again ${tries} times: ${late} fetches answered by what no longer held.`,
  );
  if (late > 0) process.exitCode = 1;
}

const goalMs = 100;

const queries: Record<string, string> = {
  "first page": "",
  "page 100": "after",
  "a word of every text": "?q=customers",
  "a word of one text in a hundred": "?q=warranty",
  "a word of one text": "?q=quokka",
  "a word of none": "?q=zeppelin",
  "a name": "?q=prompt-7777",
  "a tag of one in fifty": "?tag=team:returns",
  "a schema": "?schema=main.team-7",
  "a word in a schema": "?schema=main.team-77&q=quokka",
  "an owner who has none": "?owner=usr_bench",
};

const listings = 40;

async function lists(origin: string, key: string, pid: number): Promise<void> {
  const list = async (query: string) => {
    const since = performance.now();
    const answer = await fetch(`${origin}/api/prompts${query}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const text = await answer.text();
    const ms = performance.now() - since;
    if (!answer.ok) throw new Error(`The list was refused: ${answer.status} ${text}`);
    return { ms, ...(JSON.parse(text) as { prompts: unknown[]; next: string | null }) };
  };
  let deep = "";
  for (let page = 1; page < 100; page += 1) {
    const { next } = await list(deep);
    deep = `?after=${encodeURIComponent(next ?? "")}`;
  }
  const table: Record<string, Record<string, string>> = {};
  let slow = 0;
  for (const [name, query] of Object.entries(queries)) {
    const path = query === "after" ? deep : query;
    const { prompts } = await list(path);
    const times: number[] = [];
    const before = cpuMsOf(pid);
    for (let n = 0; n < listings; n += 1) times.push((await list(path)).ms);
    const cpu = (cpuMsOf(pid) - before) / listings;
    times.sort((a, b) => a - b);
    const p50 = quantile(times, 0.5);
    if (p50 >= goalMs) slow += 1;
    table[name] = {
      "on the page": String(prompts.length),
      "p50 ms": p50.toFixed(1),
      "p95 ms": quantile(times, 0.95).toFixed(1),
      "CPU ms": cpu.toFixed(1),
    };
  }
  console.log(
    `\nLists over HTTP of ${sizes.prompts} prompts with ${sizes.versions} versions each, in ${sizes.schemas} schemas (goal: < ${goalMs} ms)`,
  );
  console.table(table);
  if (slow > 0) process.exitCode = 1;
}

async function main(server = join("dist", "server.mjs")): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  process.env.DATA_DIR = join(folder, "data");
  const since = performance.now();
  const { key, adminKey } = await fillLibrary();
  console.log(`Filled in ${((performance.now() - since) / 1000).toFixed(0)} s`);
  const workbench = spawn(process.execPath, [server], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: "0",
      LOG_LEVEL: "error",
    },
  });
  try {
    const origin = await started(workbench, /ready at (\S+)/);
    await fetches(origin, key, folder);
    await revocations(origin, key, adminKey);
    await lists(origin, key, workbench.pid ?? 0);
  } finally {
    workbench.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

const [role, argument = ""] = process.argv.slice(2);
if (role === "bare") await bare(argument);
else await main(role);
