import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

export interface Workbench {
  url: string;
  dataDir: string;
  /** The one-time link printed at the first start. */
  setupLink: string | undefined;
  /** Everything the process wrote so far. */
  output(): string;
  process: ChildProcess;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "tessera-e2e-"));
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function environment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_ENV$|ADMIN_|DATABASE_URL|SECRET_KEY|BASE_URL|LOG_LEVEL)/.test(name),
    ),
  );
  return { ...inherited, NODE_ENV: "production", ...extra };
}

/** Starts what `npm start` starts once everything is built, and gives the process at once. */
export function spawnServer(extra: Record<string, string>): {
  process: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
} {
  const child = spawn(process.execPath, [join("dist", "server.mjs")], {
    env: environment(extra),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (data: Buffer) => (text += data.toString()));
  child.stderr.on("data", (data: Buffer) => (text += data.toString()));
  const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { process: child, output: () => text, exited };
}

/** Starts a workbench on a free port and waits until it is ready. */
export async function startWorkbench(
  extra: Record<string, string> = {},
  folder = temporaryFolder(),
): Promise<Workbench> {
  const port = extra.PORT ?? String(await freePort());
  const server = spawnServer({ DATA_DIR: folder, PORT: port, ...extra });
  const deadline = Date.now() + 60_000;
  while (!server.output().includes("Tessera is ready")) {
    if (server.process.exitCode !== null)
      throw new Error(`the server ended with ${server.process.exitCode}:\n${server.output()}`);
    if (Date.now() > deadline) {
      server.process.kill("SIGKILL");
      throw new Error(`the server was not ready in 60 s:\n${server.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    url: `http://127.0.0.1:${port}`,
    dataDir: folder,
    setupLink: /Set it up here, once: (\S+)/.exec(server.output())?.[1],
    output: server.output,
    process: server.process,
    stop: async () => {
      server.process.kill("SIGTERM");
      return server.exited;
    },
  };
}

export function launchBrowser(args: string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (!executablePath) throw new Error("CHROMIUM is not set");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", ...args] });
}
