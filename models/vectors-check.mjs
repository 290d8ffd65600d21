import { readFileSync } from "node:fs";
import * as onnxruntime from "onnxruntime-node";
import { openSession } from "./decoder-session.mjs";

/** Reference vectors of the trainer: [{ ids, vector }], written by train/export_weights.py. */
export function readVectors(model) {
  const file = new URL(`../tests/models/fixtures/${model}-vectors.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).map(({ ids, vector }) => {
    const bytes = Uint8Array.from(Buffer.from(vector, "base64"));
    return { ids, vector: new Float32Array(bytes.buffer) };
  });
}

/** Cosines with the reference, of each text alone and then of all in one padded run. */
export async function compareVectors(model, file, samples) {
  const session = await openSession(model, file);
  const alone = [];
  for (const sample of samples) alone.push(...(await vectors(session, [sample])));
  const together = await vectors(session, samples);
  return [...alone, ...together].map((vector, i) => cosine(vector, samples[i % samples.length].vector));
}

async function vectors(session, samples) {
  const width = Math.max(...samples.map(({ ids }) => ids.length));
  const rows = (value) =>
    samples.flatMap((sample) => Array.from({ length: width }, (_, i) => value(sample, i)));
  const tensor = (values) =>
    new onnxruntime.Tensor("int64", BigInt64Array.from(values, BigInt), [samples.length, width]);
  const { last_hidden_state: given } = await session.run({
    input_ids: tensor(rows(({ ids }, i) => ids[i] ?? 0)),
    attention_mask: tensor(rows(({ ids }, i) => (i < ids.length ? 1 : 0))),
  });
  const size = given.dims[2];
  return samples.map(({ ids }, row) =>
    Float32Array.from({ length: size }, (_, i) =>
      ids.reduce((sum, _, token) => sum + given.data[(row * width + token) * size + i], 0),
    ),
  );
}

function cosine(a, b) {
  const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
