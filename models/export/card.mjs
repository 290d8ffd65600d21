/** node models/export/card.mjs pebble-2m: evaluates the export and writes its model card and catalogue entry. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { evaluateModel, scoreTable } from "../report.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

const dtypes = { "": "float32 (stored in 16 bits)", _quantized: "int8", _q4: "q4" };

function filesOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) =>
    relative(folder, join(file.parentPath ?? file.path, file.name)).replaceAll("\\", "/"),
  );
  return paths
    .filter((path) => path !== "tessera.json")
    .sort()
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    });
}

/** Graphs that take their weights from another one's file. */
function graphsIn(files) {
  const has = (path) => files.some((file) => file.path === path);
  return Object.keys(dtypes)
    .map((ending) => ({
      path: `onnx/model_gqa${ending}.onnx`,
      weights: `onnx/model${ending}.onnx`,
      attention: "grouped",
    }))
    .filter(({ path }) => has(path));
}

function fileTable(files) {
  const weights = files.filter(({ path }) => /\.onnx$/.test(path));
  const row = ({ path, size }) => {
    const ending = /model(?:_gqa)?(_quantized|_q4)?\.onnx/.exec(path)?.[1] ?? "";
    return `| \`${path}\` | ${dtypes[ending]} | ${(size / 1e6).toFixed(2)} MB |`;
  };
  return ["| File | Weights | Size |", "|---|---|--:|", ...weights.map(row)].join("\n");
}

async function main(model) {
  const folder = join(root, "public", "models", model);
  const config = JSON.parse(readFileSync(join(root, "models", "train", `${model}.json`), "utf8"));
  const facts = JSON.parse(readFileSync(join(root, "models", "cards", `${model}.json`), "utf8"));
  const isDecoder = "kvHeads" in config;
  const entry = {
    name: model,
    task: isDecoder ? "chat" : "embedding",
    parameters: facts.parameters,
    context: config.context,
    ...(isDecoder ? {} : { dimensions: config.hidden }),
    license: "Apache-2.0",
    description: facts.description,
  };
  const write = (more) => {
    const files = filesOf(folder);
    const graphs = graphsIn(files);
    const known = { ...entry, files, ...(graphs.length > 0 ? { graphs } : {}), ...more };
    writeFileSync(join(folder, "tessera.json"), `${JSON.stringify(known, null, 2)}\n`);
  };
  // Evaluation reads what the catalogue names.
  write({});
  const scores = await evaluateModel(model);
  const values = {
    ...config,
    ...facts,
    name: model,
    parameters: facts.parameters.toLocaleString("en"),
    scores: scoreTable(scores),
    files: fileTable(filesOf(folder)),
  };
  const template = join(root, "models", "cards", isDecoder ? "decoder.md" : "encoder.md");
  const card = readFileSync(template, "utf8").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  writeFileSync(join(folder, "README.md"), card);
  write({ scores });
  console.log(scoreTable(scores));
}

const [model] = process.argv.slice(2);
if (model === undefined) throw new Error("Which model? node models/export/card.mjs pebble-2m");
await main(model);
