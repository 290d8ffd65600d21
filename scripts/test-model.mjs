// The random test of authorisation for as long as one likes: npm run test:model -- --runs 100000 --seed 1
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireNode } from "./console.mjs";

requireNode();
const { installDependencies, root, run } = await import("./prepare.mjs");
await installDependencies();

const { build } = await import("esbuild");
mkdirSync(join(root, "dist"), { recursive: true });
// Inside the project, so that the bundle finds its packages.
const folder = mkdtempSync(join(root, "dist", "model-"));
try {
  const outfile = join(folder, "run.mjs");
  await build({
    entryPoints: [join(root, "tests", "access", "model", "run.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": join(root, "scripts", "empty.mjs") },
    absWorkingDir: root,
  });
  const { code } = await run(process.execPath, [outfile, ...process.argv.slice(2)], { show: true });
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
