/** node models/export/card.mjs pebble-2m: evaluates the export and writes its model card and catalogue entry. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { evaluateTask, openChat, TASKS } from "../evaluation.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const percent = (share) => `${(100 * share).toFixed(1)} %`;

async function scoresOf(model, file) {
  const chat = await openChat(model, file);
  const scores = {};
  for (const task of TASKS) {
    const { wrong: _, task: name, ...numbers } = await evaluateTask(chat, task);
    scores[name] = numbers;
  }
  return scores;
}

function scoreTable(exact, quantized) {
  const cell = ({ score, low, high }) => `${percent(score)} (${percent(low)} to ${percent(high)})`;
  const rows = TASKS.map(
    (task) => `| ${task} | ${exact[task].n} | ${cell(exact[task])} | ${cell(quantized[task])} |`,
  );
  return ["| Task | Rows | float32 | int8 |", "|---|---|---|---|", ...rows].join("\n");
}

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

async function main(model) {
  const folder = join(root, "public", "models", model);
  const config = JSON.parse(readFileSync(join(root, "models", "train", `${model}.json`), "utf8"));
  const facts = JSON.parse(readFileSync(join(root, "models", "cards", `${model}.json`), "utf8"));
  const [exact, quantized] = [
    await scoresOf(model, "model.onnx"),
    await scoresOf(model, "model_quantized.onnx"),
  ];
  const weights = filesOf(folder).filter(({ path }) => path.endsWith(".onnx"));
  const kinds = { "onnx/model.onnx": "float32", "onnx/model_quantized.onnx": "int8" };
  const card = readFileSync(join(root, "models", "cards", `${model}.md`), "utf8")
    .replace("{parameters}", facts.parameters.toLocaleString("en"))
    .replace("{training}", facts.training)
    .replace("{scores}", scoreTable(exact, quantized))
    .replace(
      "{files}",
      weights
        .map(({ path, size }) => `| \`${path}\` | ${kinds[path]} | ${(size / 1e6).toFixed(1)} MB |`)
        .join("\n"),
    );
  writeFileSync(join(folder, "README.md"), card);
  const entry = {
    name: model,
    task: "chat",
    parameters: facts.parameters,
    context: config.context,
    license: "Apache-2.0",
    description: facts.description,
    files: filesOf(folder),
    scores: exact,
    quantizedScores: quantized,
  };
  writeFileSync(join(folder, "tessera.json"), `${JSON.stringify(entry, null, 2)}\n`);
  console.log(scoreTable(exact, quantized));
}

await main(process.argv[2] ?? "pebble-2m");
