/**
 * node models/evaluate.mjs [model ...] [--dtype int8] [--limit 100] [--wrong] [--json]: held-out scores of the shipped
 * weights, as in the model cards, and where they differ from them. Without a model: of all.
 */
import { parseArgs } from "node:util";
import { builtIn } from "./built-in.mjs";
import { differences, evaluateModel, scoreTable } from "./report.mjs";
import { readCard } from "./shipped.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dtype: { type: "string" },
    limit: { type: "string" },
    wrong: { type: "boolean" },
    json: { type: "boolean" },
  },
});
const limit = values.limit === undefined ? undefined : Number(values.limit);
if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
  throw new Error(`--limit is a number of rows from 1 on, not ${values.limit}.`);

for (const model of positionals.length > 0 ? positionals : builtIn()) {
  const wrong = [];
  const scores = await evaluateModel(model, {
    limit,
    only: values.dtype,
    onWrong: values.wrong ? (dtype, row) => wrong.push({ dtype, ...row }) : undefined,
  });
  if (values.json) console.log(JSON.stringify({ model, scores }, null, 2));
  else console.log(`\n${model}, held-out rows, 95 % intervals (Wilson)\n\n${scoreTable(scores)}`);
  for (const row of wrong) console.log(JSON.stringify(row));
  if (limit !== undefined) continue;
  const other = differences(scores, readCard(model).scores);
  if (other.length > 0) process.exitCode = 1;
  console.log(other.length > 0 ? `\nOther than the card:\n${other.join("\n")}` : "\nAs the card says.");
}
