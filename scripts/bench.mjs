import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fail, requireNode, say } from "./console.mjs";

requireNode();
const { buildWorkbench, generateClient, installDependencies, root, run } = await import("./prepare.mjs");
await installDependencies();
await generateClient();
await buildWorkbench();

const known = readdirSync(join(root, "bench"))
  .filter((file) => /^[a-z-]+\.ts$/.test(file))
  .map((file) => file.replace(".ts", ""));
const wanted = process.argv[2] ? [process.argv[2]] : known;
const unknown = wanted.find((name) => !known.includes(name));
if (unknown) fail(`There is no benchmark “${unknown}”. Known: ${known.join(", ")}.`);

const { build } = await import("esbuild");
// Inside the project, so that the bundle finds its packages.
const folder = mkdtempSync(join(root, "dist", "bench-"));
let failed = 0;
try {
  for (const name of wanted) {
    say(`\n# ${name}`);
    const outfile = join(folder, `${name}.mjs`);
    await build({
      entryPoints: [join(root, "bench", `${name}.ts`)],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      packages: "external",
      alias: { "server-only": join(root, "scripts", "empty.mjs") },
      absWorkingDir: root,
    });
    const { code } = await run(process.execPath, [outfile, ...process.argv.slice(3)], {
      show: true,
      env: { NODE_ENV: "production" },
    });
    if (code !== 0) failed += 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
