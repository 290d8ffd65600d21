import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { endlessModel, smolModel } from "./inference.models";

const root = process.cwd();
const types: Record<string, string> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** What the page offers: each runs one greedy answer and gives tokens a second behind the first. */
interface Runners {
  ours(model: string, tokens: number): Promise<{ perSecond: number; text: string }>;
  theirs(model: string, dtype: string, tokens: number): Promise<{ perSecond: number; text: string }>;
}

const pageSource = `
  import { createBrowserEngine } from "@/lib/inference/engines/browser";
  import { AutoModelForCausalLM, AutoTokenizer, env, TextStreamer } from "@huggingface/transformers";
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = "/models/";
  env.backends.onnx.wasm.numThreads = 1;
  env.backends.onnx.wasm.wasmPaths = { mjs: "/ort/ort-wasm-simd-threaded.asyncify.mjs", wasm: "/ort/ort-wasm-simd-threaded.asyncify.wasm" };
  const prompt = "Summarise what the customer wants: the parcel came late and one cup was broken, please send a new one.";
  const messages = [{ role: "user", content: prompt }];
  const engine = createBrowserEngine("wasm");
  const loaded = new Map();
  globalThis.runners = {
    async ours(model, tokens) {
      let first = 0, last = 0, count = 0, text = "";
      for await (const event of engine.chat({ model, messages, parameters: { temperature: 0, max_tokens: tokens } }, new AbortController().signal)) {
        if (event.type === "error") throw new Error(event.message);
        if (event.type === "usage") count = event.outputTokens;
        if (event.type !== "delta") continue;
        first ||= performance.now();
        last = performance.now();
        text += event.text;
      }
      return { perSecond: ((count - 1) / (last - first)) * 1000, text };
    },
    async theirs(name, dtype, tokens) {
      if (!loaded.has(name)) loaded.set(name, [await AutoTokenizer.from_pretrained(name), await AutoModelForCausalLM.from_pretrained(name, { dtype, device: "wasm" })]);
      const [tokenizer, model] = loaded.get(name);
      const text = tokenizer.apply_chat_template(messages, { tokenize: false, add_generation_prompt: true });
      let first = 0, last = 0, answer = "";
      const streamer = new TextStreamer(tokenizer, { skip_prompt: true, callback_function: (piece) => { answer += piece; }, token_callback_function: () => { first ||= performance.now(); last = performance.now(); } });
      await model.generate({ ...tokenizer(text, { add_special_tokens: false }), max_new_tokens: tokens, do_sample: false, streamer });
      return { perSecond: ((tokens - 1) / (last - first)) * 1000, text: answer };
    },
  };
`;

/** Serves models, runtime and worker from one origin, as the workbench does. */
async function serve(folder: string): Promise<{ address: string; close(): void }> {
  const shared = {
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    logLevel: "error",
    absWorkingDir: root,
  } as const;
  await build({
    ...shared,
    entryPoints: [join(root, "lib/inference/engines/browser.worker.ts")],
    outfile: join(folder, "inference.js"),
    conditions: ["onnxruntime-web-use-extern-wasm"],
    minify: true,
  });
  await build({
    ...shared,
    stdin: { contents: pageSource, resolveDir: root, loader: "ts" },
    tsconfig: join(root, "tsconfig.json"),
    outfile: join(folder, "page.js"),
  });
  const fileOf = (path: string) => {
    if (path.startsWith("/models/")) return join(folder, path.slice("/models/".length));
    if (path.startsWith("/api/models/"))
      return join(folder, path.slice("/api/models/".length).replace("/files/", "/"));
    if (path.startsWith("/ort/")) return join(root, "node_modules/onnxruntime-web/dist", path.slice(5));
    return join(folder, path === "/workers/inference.js" ? "inference.js" : "page.js");
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (path === "/") {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><script type="module" src="/page.js"></script>');
      return;
    }
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    try {
      response.end(readFileSync(fileOf(path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tessera-bench-"));
  endlessModel(folder);
  await smolModel(folder, "int8");
  const site = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const page = await browser.newPage();
    page.on("pageerror", (error) => console.error(error.message));
    await page.goto(site.address);
    await page.waitForFunction(() => "runners" in globalThis);
    const run = (who: keyof Runners, model: string, dtype: string, tokens: number) =>
      page.evaluate(
        ([who, model, dtype, tokens]) => {
          const { runners } = globalThis as unknown as { runners: Runners };
          return who === "ours" ? runners.ours(model, tokens) : runners.theirs(model, dtype, tokens);
        },
        [who, model, dtype, tokens] as const,
      );
    const table: Record<string, object> = {};
    for (const [model, dtype, tokens, rounds] of [
      ["endless", "fp32", 200, 5],
      ["smol-int8", "int8", 32, 3],
    ] as const) {
      const texts = [await run("ours", model, dtype, tokens), await run("theirs", model, dtype, tokens)];
      const pairs: { ours: number; theirs: number }[] = [];
      for (let round = 0; round < rounds; round++) {
        pairs.push({
          ours: (await run("ours", model, dtype, tokens)).perSecond,
          theirs: (await run("theirs", model, dtype, tokens)).perSecond,
        });
      }
      table[model] = {
        "Tessera tokens/s": median(pairs.map(({ ours }) => ours)).toFixed(1),
        "Transformers.js tokens/s": median(pairs.map(({ theirs }) => theirs)).toFixed(1),
        "ratio (goal ≥ 0.95)": median(pairs.map(({ ours, theirs }) => ours / theirs)).toFixed(2),
        "same text": texts[0]?.text === texts[1]?.text,
      };
    }
    console.log("\nDecoding in a browser, WASM on one thread, the same page and files");
    console.table(table);
  } finally {
    await browser.close();
    site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
