import { readFileSync, writeFileSync } from "node:fs";
import { transform } from "esbuild";
import ts from "typescript";

const folder = new URL("../clients/typescript/", import.meta.url);

/** The client as applications install it: JavaScript and declarations, made of its one source file. */
async function builtClient() {
  const source = readFileSync(new URL("src/tessera-client.ts", folder), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm", target: "es2022" });
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
    fileName: "tessera-client.ts",
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
  return { "tessera-client.js": code, "tessera-client.d.ts": outputText };
}

const check = process.argv.includes("--check");
for (const [name, text] of Object.entries(await builtClient())) {
  const file = new URL(`lib/${name}`, folder);
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) {
    console.error(
      `clients/typescript/lib/${name} is not what its source says. Run node scripts/build-client.mjs.`,
    );
    process.exitCode = 1;
  }
}
