import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { build } from "esbuild";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll } from "vitest";
import type { BrowserEngine, loadBrowserStore } from "@/lib/inference/client";
import type { createBrowserEngine } from "@/lib/inference/engines/browser";
import { scratchFolder } from "./support";

const root = resolve(import.meta.dirname, "../..");
const ortFiles = join(root, "node_modules/onnxruntime-web/dist");

export const chromiumPath = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));

/** What the test page offers. */
export interface TestWindow {
  engine: BrowserEngine;
  createBrowserEngine: typeof createBrowserEngine;
  loadBrowserStore: typeof loadBrowserStore;
}

interface ServeOptions {
  /** From other origins. */
  isolated?: boolean;
  /** Answers for files of models; by default whole and at once. */
  sendFile?(file: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const sendWhole = async (file: string, _: IncomingMessage, response: ServerResponse) => {
  response.end(await readFile(file));
};

const types: Record<string, string> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".html": "text/html",
};

// As strict as the workbench's own.
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; object-src 'none'; img-src data:";

/** Serves the engine as the workbench does: worker, runtime and models from one origin. */
export async function serveEngine(
  modelsFolder: string,
  { isolated = false, sendFile = sendWhole }: ServeOptions = {},
): Promise<string> {
  const built = await scratchFolder();
  const shared = {
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    logLevel: "error",
  } as const;
  await build({
    ...shared,
    entryPoints: [join(root, "lib/inference/engines/browser.worker.ts")],
    outfile: join(built, "inference.js"),
    conditions: ["onnxruntime-web-use-extern-wasm"],
    minify: true,
  });
  await build({
    ...shared,
    stdin: {
      contents: `
        import { browserEngine, loadBrowserStore } from "@/lib/inference/client";
        import { createBrowserEngine } from "@/lib/inference/engines/browser";
        Object.assign(globalThis, { createBrowserEngine, loadBrowserStore, engine: browserEngine() });
      `,
      resolveDir: root,
      loader: "ts",
    },
    tsconfig: join(root, "tsconfig.json"),
    outfile: join(built, "page.js"),
  });
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = fileFor(path, built, modelsFolder);
    response.setHeader("content-security-policy", policy);
    if (isolated) {
      response.setHeader("cross-origin-opener-policy", "same-origin");
      response.setHeader("cross-origin-embedder-policy", "require-corp");
    }
    response.setHeader("content-type", types[extname(path) || ".html"] ?? "application/octet-stream");
    if (path === "/")
      return response.end(
        '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
      );
    try {
      const send = modelPath.test(path) ? sendFile : sendWhole;
      await send(file ?? "", request, response);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Of models that are not built in. */
const modelPath = /^\/api\/models\/([^/]+)\/files\/(.+)$/;

function fileFor(path: string, built: string, modelsFolder: string): string | undefined {
  const [, name, rest] = modelPath.exec(path) ?? [];
  if (name !== undefined && rest !== undefined) return join(modelsFolder, name, rest);
  if (path.startsWith("/ort/")) return join(ortFiles, path.slice("/ort/".length));
  if (path === "/page.js") return join(built, "page.js");
  if (path === "/workers/inference.js") return join(built, "inference.js");
  return undefined;
}

/** A fresh page with the engine; what the browser complains about is collected. */
export async function openPage(
  address: string,
  args: string[] = [],
): Promise<{ page: Page; complaints: string[] }> {
  const context = await openBrowser(args);
  const complaints: string[] = [];
  return { page: await openTab(context, address, complaints), complaints };
}

export async function openBrowser(args: string[] = []): Promise<BrowserContext> {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", ...args],
  });
  afterAll(() => browser.close());
  return browser.newContext();
}

/** One more tab of the same browser. */
export async function openTab(
  context: BrowserContext,
  address: string,
  complaints: string[] = [],
): Promise<Page> {
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);
  await page.waitForFunction(() => "engine" in globalThis);
  return page;
}
