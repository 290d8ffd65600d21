import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

const folder = new URL("../clients/typescript/", import.meta.url);
/** What declarations show, each before those that use it. */
const declared = ["error", "prompt", "tessera"];

async function javaScript() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("src/index.ts", folder))],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    absWorkingDir: fileURLToPath(folder),
    logLevel: "error",
  });
  return outputFiles[0].text;
}

/** Declarations of one file, without its imports: all of them come to stand in one. */
function declarations(name) {
  const source = readFileSync(new URL(`src/${name}.ts`, folder), "utf8");
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
    fileName: `${name}.ts`,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      isolatedDeclarations: true,
      declaration: true,
      strict: true,
    },
  });
  const [first] = diagnostics;
  if (first) throw new Error(ts.flattenDiagnosticMessageText(first.messageText, "\n"));
  return outputText.replace(/^import .*\n/gm, "");
}

const built = {
  "tessera-client.js": await javaScript(),
  "tessera-client.d.ts": declared.map(declarations).join(""),
};
const check = process.argv.includes("--check");
for (const [name, text] of Object.entries(built)) {
  const file = new URL(`lib/${name}`, folder);
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(
      `clients/typescript/lib/${name} is not what its source says. Run node scripts/build-client.mjs.`,
    );
    process.exitCode = 1;
  }
}
