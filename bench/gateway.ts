import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { makeKey } from "@/lib/auth/server";
import { runPart } from "./gateway.parts";

const seconds = 4;
const levels = [1, 16, 64];

interface Target {
  name: string;
  origin: string;
  headers: Record<string, string>;
  model: string;
}

interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
  /** Milliseconds to the first byte of the body, median. */
  first: number;
}

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

function part(...args: string[]): ChildProcess {
  const file = process.argv[1] ?? "";
  return spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

/** Keeps `concurrency` requests under way for `seconds`; every answer is read to its end and checked. */
async function load(
  target: Target,
  stream: boolean,
  concurrency: number,
  duration: number,
): Promise<Figures> {
  const pool = new Pool(target.origin, { connections: concurrency });
  const messages = [{ role: "user", content: "What does the customer want?" }];
  const body = JSON.stringify({ model: target.model, messages, ...(stream ? { stream: true } : {}) });
  const times: number[] = [];
  const firsts: number[] = [];
  const end = performance.now() + duration * 1000;
  const one = async () => {
    while (performance.now() < end) {
      const since = performance.now();
      const answer = await pool.request({
        path: "/v1/chat/completions",
        method: "POST",
        headers: { "content-type": "application/json", ...target.headers },
        body,
      });
      let size = 0;
      for await (const piece of answer.body) {
        if (size === 0) firsts.push(performance.now() - since);
        size += (piece as Buffer).length;
      }
      if (answer.statusCode !== 200 || size < 200)
        throw new Error(`${target.name} answered ${answer.statusCode} with ${size} bytes`);
      times.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, one));
  await pool.close();
  times.sort((a, b) => a - b);
  firsts.sort((a, b) => a - b);
  return {
    perSecond: times.length / duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    first: quantile(firsts, 0.5),
  };
}

async function connect(origin: string, key: string, upstream: string): Promise<void> {
  const cookie = await session(origin);
  const made = await fetch(`${origin}/api/connections`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, cookie },
    body: JSON.stringify({ name: "up", baseUrl: `${upstream}/v1`, models: ["up"] }),
  });
  if (!made.ok) throw new Error(`The connection was refused: ${made.status} ${await made.text()}`);
  const models = await fetch(`${origin}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  if (!(await models.text()).includes("up/up"))
    throw new Error("The gateway does not list the connection's model.");
}

const person = { email: "bench@desk.example", password: "a bench is measured in one run" };

async function session(origin: string): Promise<string> {
  const jar = new Map<string, string>();
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      jar.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const asked = await fetch(`${origin}/api/auth/csrf`);
  keep(asked);
  const { csrfToken } = (await asked.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, ...person, json: "true" });
  keep(
    await fetch(`${origin}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { origin, cookie: cookie() },
      body,
      redirect: "manual",
    }),
  );
  return cookie();
}

async function main(): Promise<void> {
  const key = makeKey();
  const dataDir = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  const upstream = part("upstream");
  const upstreamOrigin = `http://127.0.0.1:${await started(upstream, /port (\d+)/)}`;
  const floor = part("proxy", upstreamOrigin);
  const floorOrigin = `http://127.0.0.1:${await started(floor, /port (\d+)/)}`;
  const gateway = spawn(process.execPath, [join("dist", "server.mjs")], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: "0",
      DATA_DIR: dataDir,
      ALLOW_PRIVATE_HOSTS: "127.0.0.1",
      ADMIN_EMAIL: person.email,
      ADMIN_PASSWORD: person.password,
      ADMIN_API_KEY: key,
      LOG_LEVEL: "error",
    },
  });
  try {
    const origin = await started(gateway, /ready at (\S+)/);
    await connect(origin, key, upstreamOrigin);
    const targets: Target[] = [
      { name: "upstream itself", origin: upstreamOrigin, headers: {}, model: "up" },
      { name: "node:http + undici", origin: floorOrigin, headers: {}, model: "up" },
      { name: "Tessera", origin, headers: { authorization: `Bearer ${key}` }, model: "up/up" },
    ];
    for (const target of targets) for (const stream of [false, true]) await load(target, stream, 16, 1.5);
    const table: Record<string, Record<string, string>> = {};
    for (const stream of [false, true]) {
      for (const concurrency of levels) {
        const results: Figures[] = [];
        for (const target of targets) results.push(await load(target, stream, concurrency, seconds));
        const [direct, bare] = results;
        results.forEach((figures, i) => {
          table[`${stream ? "SSE" : "JSON"} ×${concurrency} ${targets[i]?.name}`] = {
            "requests/s": figures.perSecond.toFixed(0),
            "of bare proxy": bare ? `${(figures.perSecond / bare.perSecond).toFixed(2)}×` : "",
            "p50 ms": figures.p50.toFixed(2),
            "p99 ms": figures.p99.toFixed(2),
            "added p50 ms": direct ? (figures.p50 - direct.p50).toFixed(2) : "",
            "added to first byte ms": direct ? (figures.first - direct.first).toFixed(2) : "",
          };
        });
      }
    }
    console.table(table);
    console.log(
      "Tessera: key check, authorisation, typed events and one journalled invocation row for each call. All parts and the load share this machine.",
    );
  } finally {
    for (const child of [gateway, floor, upstream]) child.kill("SIGKILL");
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const [role, argument = ""] = process.argv.slice(2);
if (role === "upstream" || role === "proxy") await runPart(role, argument);
else await main();
