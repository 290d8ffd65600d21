import { readFileSync } from "node:fs";

/** Reference logits of the trainer: [{ ids, logits }], written by train/export_weights.py. */
export function readReference(model) {
  const file = new URL(`../tests/models/fixtures/${model}-logits.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).map(({ ids, logits }) => {
    const bytes = Uint8Array.from(Buffer.from(logits, "base64"));
    return { ids, logits: new Float32Array(bytes.buffer) };
  });
}

const order = (n, from = 0) => Array.from({ length: n }, (_, i) => from + i);
const difference = (a, b) => b.reduce((top, value, i) => Math.max(top, Math.abs(value - a[i])), 0);

async function inOnePass(decoder, { ids }) {
  const run = {
    ids: [ids],
    mask: [Array(ids.length).fill(1)],
    positions: [order(ids.length)],
    cache: decoder.emptyCache(),
  };
  return (await decoder.run(run)).logits.data;
}

async function tokenByToken(decoder, { ids }) {
  let step = { cache: decoder.emptyCache() };
  for (const [i, id] of ids.entries()) {
    step = await decoder.run({
      ids: [[id]],
      mask: [Array(i + 1).fill(1)],
      positions: [[i]],
      cache: step.cache,
    });
  }
  return step.logits.data;
}

/** All samples of several tokens at once, padded on the right, each without its last token; that one follows with cache. */
async function asBatch(decoder, samples) {
  const width = Math.max(...samples.map(({ ids }) => ids.length)) - 1;
  const heads = samples.map(({ ids }) => ids.slice(0, -1));
  const padded = heads.map((ids) => [...ids, ...Array(width - ids.length).fill(0)]);
  const masks = heads.map((ids) => [...Array(ids.length).fill(1), ...Array(width - ids.length).fill(0)]);
  const first = {
    ids: padded,
    mask: masks,
    positions: padded.map(() => order(width)),
    cache: decoder.emptyCache(samples.length),
  };
  const { cache } = await decoder.run(first);
  const last = {
    ids: samples.map(({ ids }) => ids.slice(-1)),
    positions: heads.map((ids) => [ids.length]),
    cache,
  };
  const { data, dims } = (await decoder.run({ ...last, mask: masks.map((mask) => [...mask, 1]) })).logits;
  return samples.map((_, i) => data.slice(i * dims[2], (i + 1) * dims[2]));
}

/** Largest absolute difference per way of running: rows of { way, length, difference }. */
export async function compareLogits(decoder, samples) {
  const rows = [];
  const several = samples.filter(({ ids }) => ids.length > 1);
  const batched = new Map((await asBatch(decoder, several)).map((logits, i) => [several[i], logits]));
  for (const sample of samples) {
    const row = (way, logits) =>
      rows.push({ way, length: sample.ids.length, difference: difference(logits, sample.logits) });
    row("one pass", await inOnePass(decoder, sample));
    row("token by token", await tokenByToken(decoder, sample));
    if (batched.has(sample)) row("batch, padded right", batched.get(sample));
  }
  return rows;
}
