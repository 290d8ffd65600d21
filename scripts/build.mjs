import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, context } from "esbuild";
import { root } from "./prepare.mjs";

const nodeOptions = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: true,
  absWorkingDir: root,
  logLevel: "error",
  // The package throws outside of Next's own bundler; here everything is the server.
  alias: { "server-only": "./scripts/empty.mjs" },
};

const browserOptions = {
  bundle: true,
  platform: "browser",
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: false,
  absWorkingDir: root,
  logLevel: "error",
  // Without it ONNX Runtime's glue is embedded and contains `new Function`, which the policy forbids.
  conditions: ["onnxruntime-web-use-extern-wasm"],
  define: { "process.env.NODE_ENV": '"production"' },
};

/** Every bundle outside of Next: entry → file. */
const bundles = [
  { ...nodeOptions, entryPoints: ["server.ts"], outfile: "dist/server.mjs" },
  { ...nodeOptions, entryPoints: ["scripts/cli.ts"], outfile: "dist/cli.mjs" },
  { ...nodeOptions, entryPoints: ["lib/inference/engines/onnx.worker.ts"], outfile: "dist/workers/onnx.mjs" },
  {
    ...nodeOptions,
    entryPoints: ["lib/inference/engines/embedding.worker.ts"],
    outfile: "dist/workers/embedding.mjs",
  },
  {
    ...browserOptions,
    entryPoints: ["lib/inference/engines/browser.worker.ts"],
    outfile: "public/workers/inference.js",
  },
  {
    ...browserOptions,
    entryPoints: ["lib/inference/engines/tokens.worker.ts"],
    outfile: "public/workers/tokens.js",
  },
];

/** The browser's ONNX runtime, served from our own origin. */
export function copyRuntime() {
  const require = createRequire(join(root, "package.json"));
  const from = join(require.resolve("onnxruntime-web"), "..");
  const to = join(root, "public", "ort");
  mkdirSync(to, { recursive: true });
  for (const file of ["ort-wasm-simd-threaded.asyncify.mjs", "ort-wasm-simd-threaded.asyncify.wasm"]) {
    copyFileSync(join(from, file), join(to, file));
  }
}

const present = () => bundles.filter(({ entryPoints }) => existsSync(join(root, entryPoints[0])));

export async function bundleAll() {
  await Promise.all(present().map((options) => build(options)));
  copyRuntime();
}

/** Rebuilds on change; `onServerChange` runs after each rebuild of a server-side bundle but the first. */
export async function watchAll(onServerChange) {
  copyRuntime();
  for (const options of present()) {
    let first = true;
    const announce = {
      name: "announce",
      setup(b) {
        b.onEnd((result) => {
          if (!first && result.errors.length === 0 && options.platform === "node") onServerChange();
          first = false;
        });
      },
    };
    const ctx = await context({ ...options, plugins: [announce] });
    await ctx.rebuild();
    await ctx.watch();
  }
}
