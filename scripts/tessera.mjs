#!/usr/bin/env node
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, "dist", "cli.mjs");

if (!existsSync(bundle)) {
  // What a command prints may be read by a program; the progress of the first build is not part of it.
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  const { buildWorkbench, generateClient, installDependencies } = await import("./prepare.mjs");
  await installDependencies();
  await generateClient();
  await buildWorkbench();
  process.stdout.write = write;
}
// Settings are the server's own: its .env, and paths relative to the program's folder.
const cwd = process.cwd();
process.chdir(root);
if (existsSync(".env")) process.loadEnvFile(".env");
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = await main(process.argv.slice(2), cwd);
