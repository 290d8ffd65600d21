import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, say } from "./console.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
if (existsSync(".env")) process.loadEnvFile(".env");

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Runs a command to its end; resolves with its exit code and output. With `show`, output is passed through. */
export function run(command, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && command.endsWith(".cmd"),
    });
    let output = "";
    child.stdout?.on("data", (data) => (output += data));
    child.stderr?.on("data", (data) => (output += data));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function* filesUnder(path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = join(path, entry.name);
    if (entry.isDirectory()) {
      if (!["generated", "ort", "workers", "node_modules"].includes(entry.name)) yield* filesUnder(full);
    } else if (entry.isFile()) yield full;
  }
}

function digest(paths) {
  const hash = createHash("sha256");
  for (const path of paths.filter((p) => existsSync(p))) {
    const files = path.includes(".") ? [path] : [...filesUnder(path)];
    for (const file of files) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

/** Does `work` unless it was done for these very inputs before. A stamp is written only after success. */
async function onceFor(stampFile, inputs, needed, work) {
  const wanted = digest(inputs);
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (stamp === wanted && needed.every((path) => existsSync(path))) return false;
  rmSync(stampFile, { force: true });
  await work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  return true;
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

async function step(title, command, args, options, remedy) {
  const since = performance.now();
  say(`${title} …`);
  const { code, output } = await run(command, args, options);
  if (code !== 0) {
    process.stderr.write(output.split("\n").slice(-40).join("\n"));
    fail(`${title} failed. ${remedy}`);
  }
  say(`${title} done in ${seconds(since)}`);
}

export function installDependencies() {
  return onceFor(
    join("node_modules", ".tessera"),
    ["package-lock.json"],
    [join("node_modules", "next", "package.json")],
    () =>
      step(
        "Installing packages",
        npm,
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        {},
        "Check that the npm registry can be reached, then try again.",
      ),
  );
}

export function generateClient() {
  return onceFor(
    join("lib", "db", "generated", ".stamp"),
    ["prisma/schema", "package-lock.json"],
    [join("lib", "db", "generated", "client.ts")],
    () =>
      step(
        "Generating the database client",
        process.execPath,
        [join("node_modules", "prisma", "build", "index.js"), "generate", "--no-hints"],
        // Generation never runs the schema engine, yet Prisma downloads it unless a file is named.
        {
          env: {
            PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
            CHECKPOINT_DISABLE: "1",
            PRISMA_HIDE_UPDATE_MESSAGE: "1",
          },
        },
        "See the lines above.",
      ),
  );
}

const sources = [
  "app",
  "components",
  "lib",
  "public",
  "server.ts",
  "scripts/cli.ts",
  "scripts/cli-audit.ts",
  "scripts/cli-command.ts",
  "scripts/cli-model.ts",
  "scripts/build.mjs",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  "prisma/schema",
];

export async function buildWorkbench() {
  return onceFor(
    join(".next", ".tessera-build"),
    sources,
    [
      join("dist", "server.mjs"),
      join("public", "workers", "inference.js"),
      join("public", "workers", "tokens.js"),
      join(".next", "BUILD_ID"),
    ],
    async () => {
      const { bundleAll } = await import("./build.mjs");
      const since = performance.now();
      say("Bundling the server and its workers …");
      await bundleAll();
      say(`Bundling the server and its workers done in ${seconds(since)}`);
      await step(
        "Building the pages",
        process.execPath,
        [join("node_modules", "next", "dist", "bin", "next"), "build"],
        { env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" } },
        "See the lines above.",
      );
    },
  );
}
