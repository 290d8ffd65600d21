// Writes .env.example from the settings' schema, so that the two cannot differ.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./prepare.mjs";

const { outputFiles } = await build({
  entryPoints: [join(root, "lib", "core", "env.ts")],
  bundle: true,
  write: false,
  platform: "node",
  format: "esm",
  packages: "bundle",
});
const source = `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`;
const { envSchema } = await import(source);

const lines = ["# All optional. Copy to .env or set in the environment.", ""];
for (const [name, field] of Object.entries(envSchema.shape)) {
  const fallback = field.safeParse(undefined);
  const value = fallback.success && fallback.data !== undefined ? fallback.data : "";
  lines.push(`# ${field.description ?? field.def?.innerType?.description ?? ""}`, `#${name}=${value}`, "");
}
const text = `${lines.join("\n").trimEnd()}\n`;
if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(join(root, ".env.example"), text);
