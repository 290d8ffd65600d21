import { Chat, evaluateTask, TASKS } from "./evaluation.mjs";
import { evaluateRetrieval, lexical, openEncoder } from "./retrieval.mjs";
import { graphsOf, requireUnchanged } from "./shipped.mjs";

/**
 * Scores of a shipped model by dtype: { float32: { sentiment: { n, right, score, low, high } } }, beside an encoder's
 * those of the lexical embedder. The dtypes are measured at the same time, each on one thread.
 */
export async function evaluateModel(model, { limit, onWrong, only } = {}) {
  const card = await requireUnchanged(model);
  const graphs = Object.entries(graphsOf(card)).filter(([dtype]) => only === undefined || dtype === only);
  const measured = graphs.map(async ([dtype, file]) => {
    const heard = onWrong && ((row) => onWrong(dtype, row));
    return [dtype, await scoresOf(card, model, file, dtype, { limit, onWrong: heard })];
  });
  const scores = Object.fromEntries(await Promise.all(measured));
  if (card.task === "embedding") scores["grain-embed"] = await evaluateRetrieval(await lexical(), { limit });
  return scores;
}

async function scoresOf({ task }, model, file, dtype, options) {
  if (task === "embedding") return evaluateRetrieval(await openEncoder(model, file), options);
  const chat = await Chat.open(model, file);
  const scores = {};
  // int8 takes one scale for a whole run, so its numbers change with how a text is cut.
  const exact = dtype !== "int8";
  for (const name of TASKS) Object.assign(scores, await evaluateTask(chat, name, { ...options, exact }));
  return scores;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;

/** Shares in percent with their interval; a mean as it is. */
function cell(measure) {
  if (measure === undefined) return "";
  const { score, low, high } = measure;
  return low === undefined ? score.toFixed(3) : `${percent(score)} (${percent(low)} to ${percent(high)})`;
}

/** The table of the model card. */
export function scoreTable(scores) {
  const columns = Object.keys(scores);
  const names = Object.keys(scores[columns[0]]);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(["Task", "n", ...columns]),
    line(["---", "--:", ...columns.map(() => "--:")]),
    ...names.map((name) =>
      line([name, scores[columns[0]][name].n, ...columns.map((column) => cell(scores[column][name]))]),
    ),
  ].join("\n");
}

/** Where two sets of scores differ, in words. */
export function differences(given, expected = {}) {
  return Object.entries(given).flatMap(([dtype, measures]) =>
    Object.entries(measures).flatMap(([name, measure]) => {
      const before = expected[dtype]?.[name];
      return cell(before) === cell(measure)
        ? []
        : [`${dtype}, ${name}: ${cell(measure)}, the card says ${cell(before) || "nothing"}`];
    }),
  );
}
