#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, "dist", "cli.mjs");

if (!existsSync(bundle)) {
  console.error("tessera: not built yet. Run npm start once first.");
  process.exit(1);
}
// Settings are the server's own: its .env, and paths relative to the program's folder.
const cwd = process.cwd();
process.chdir(root);
if (existsSync(".env")) process.loadEnvFile(".env");
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = await main(process.argv.slice(2), cwd);
