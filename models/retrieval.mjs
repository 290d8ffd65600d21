import * as onnxruntime from "onnxruntime-node";
import { openSession } from "./decoder-session.mjs";
import { loadEngine } from "./engine.mjs";
import { readHeldOut, shareOf } from "./evaluation.mjs";
import { loadTokenizer, readCard } from "./shipped.mjs";

export const KINDS = ["paraphrase", "question", "summary"];

/** Texts with what means the same, and what only shares their names. */
export function readPairs() {
  return readHeldOut("retrieval");
}

/** A function from a text to its vector, by a graph of a sentence encoder. */
export async function openEncoder(model, file) {
  const { EncoderGraph } = await loadEngine();
  const tokenizer = await loadTokenizer(model);
  const config = { vocabulary: 2048, context: readCard(model).context, pooling: "mean", padToken: 0 };
  const layout = {
    declared: new Set(["input_ids", "attention_mask"]),
    output: "last_hidden_state",
    pooled: false,
    rows: 1,
  };
  const graph = new EncoderGraph(onnxruntime, await openSession(model, file), config, layout);
  return async (text) => (await graph.encode([tokenizer.encodeInput(text).slice(0, config.context)]))[0];
}

/** The same by the lexical embedder, which was not trained. */
export async function lexical() {
  const { LexicalVector, lexicalWords } = await loadEngine();
  return async (text) => {
    const vector = new LexicalVector();
    for (const word of lexicalWords(text)) vector.add(word);
    return vector.vector();
  };
}

/**
 * How well vectors find what means the same among all that was held out, and the texts that share a text's names
 * and not its meaning. `recall@1`, `recall@5` and `MRR` rank every candidate of a kind; `triplets` is how often the
 * match is nearer than such a text.
 */
export async function evaluateRetrieval(embed, { limit } = {}) {
  const rows = readPairs();
  const scores = {};
  for (const kind of KINDS) {
    const own = rows.filter((row) => row.kind === kind).slice(0, limit);
    Object.assign(scores, await scoresOf(kind, own, embed));
  }
  return scores;
}

async function scoresOf(kind, rows, embed) {
  const vectors = new Map();
  for (const text of rows.flatMap(({ text, match, rivals }) => [text, match, ...rivals]))
    if (!vectors.has(text)) vectors.set(text, await embed(text));
  const candidates = [...new Set(rows.flatMap(({ match, rivals }) => [match, ...rivals]))];
  const near = (a, b) => dot(vectors.get(a), vectors.get(b));
  let [first, five, ranks, nearer, triplets] = [0, 0, 0, 0, 0];
  for (const { text, match, rivals } of rows) {
    const own = near(text, match);
    // A tie counts against the match.
    const rank = 1 + candidates.filter((other) => other !== match && near(text, other) >= own).length;
    if (rank === 1) first++;
    if (rank <= 5) five++;
    ranks += 1 / rank;
    nearer += rivals.filter((rival) => near(text, rival) < own).length;
    triplets += rivals.length;
  }
  return {
    [`${kind} recall@1`]: shareOf(first, rows.length),
    [`${kind} recall@5`]: shareOf(five, rows.length),
    [`${kind} MRR`]: { n: rows.length, score: ranks / rows.length },
    [`${kind} triplets`]: shareOf(nearer, triplets),
  };
}

function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
