import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildSync } from "esbuild";
import { onTestFinished } from "vitest";

const out = join(process.cwd(), "node_modules", ".cache", "tessera");

/** Bundles a TypeScript file for Node, as the product's own are, and returns the path of the result, gone after the test. */
export function bundleChild(entry: string): string {
  mkdirSync(out, { recursive: true });
  const outfile = join(out, `${entry.replaceAll(/\W+/g, "-")}-${randomUUID()}.mjs`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": "./scripts/empty.mjs" },
  });
  onTestFinished(() => rmSync(outfile));
  return outfile;
}

export interface Child {
  process: ChildProcess;
  /** Lines of standard output as they come. */
  lines: AsyncIterableIterator<string>;
  /** All of standard error so far. */
  errors(): string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a program with a clean environment but for `env`. */
export function startChild(command: string, args: string[], env: Record<string, string> = {}): Child {
  const child = spawn(command, args, {
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      LOG_LEVEL: "warn",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += String(data);
  });
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { process: child, lines, errors: () => errors, exited };
}
