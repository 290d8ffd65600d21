/** node models/evaluate.mjs pebble-2m [--file model_quantized.onnx] [--limit 100] [--wrong] [--json]: held-out scores of the shipped weights. */
import { parseArgs } from "node:util";
import { evaluateTask, openChat, TASKS } from "./evaluation.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    file: { type: "string", default: "model.onnx" },
    limit: { type: "string" },
    wrong: { type: "boolean" },
    json: { type: "boolean" },
  },
});
const model = positionals[0] ?? "pebble-2m";
const chat = await openChat(model, values.file);
const results = [];
for (const task of TASKS) results.push(await evaluateTask(chat, task, values.limit && Number(values.limit)));

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const scores = Object.fromEntries(
  results.map(({ task, n, right, score, low, high }) => [task, { n, right, score, low, high }]),
);
if (values.json) console.log(JSON.stringify(scores, null, 2));
else {
  console.log(`${model}, ${values.file}, exact match on held-out rows`);
  console.table(
    Object.fromEntries(
      results.map((r) => [
        r.task,
        {
          n: r.n,
          right: r.right,
          score: percent(r.score),
          "95 % interval": `${percent(r.low)} to ${percent(r.high)}`,
        },
      ]),
    ),
  );
}
if (values.wrong)
  for (const { task, wrong } of results)
    for (const row of wrong) console.log(JSON.stringify({ task, ...row }));
