import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const entry = `
export { AnswerFormats } from "@/lib/inference/core/answer-format";
export { EncoderGraph } from "@/lib/inference/core/encoder";
export { LexicalVector, lexicalWords } from "@/lib/inference/core/lexical";
export { Tokenizer } from "@/lib/inference/core/tokenizer";
export { readModelFile } from "@/lib/inference/engines/model-folder";
export { modelManifest } from "@/lib/inference/schema";
`;

let loaded;

/** The application's own code for prompts, constraints and vectors, in JavaScript. */
export function loadEngine() {
  loaded ??= bundle();
  return loaded;
}

async function bundle() {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: root, loader: "ts" },
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": join(root, "scripts", "empty.mjs") },
    absWorkingDir: root,
    logLevel: "error",
  });
  const { contents } = outputFiles[0];
  // Inside the project, so that it finds its packages; several processes may write it at a time.
  const folder = join(root, "node_modules", ".cache", "tessera-models");
  const file = join(folder, `engine-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, contents);
    renameSync(`${file}.${process.pid}`, file);
  }
  return import(pathToFileURL(file).href);
}
