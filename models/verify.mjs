/** node models/verify.mjs [model ...]: what the shipped graphs compute against what the trainer computed. */
import { builtIn } from "./built-in.mjs";
import { DecoderSession } from "./decoder-session.mjs";
import { compareLogits, readReference } from "./logits-check.mjs";
import { graphsOf, readCard } from "./shipped.mjs";
import { compareVectors, readVectors } from "./vectors-check.mjs";

/** Largest difference of a logit, and least cosine of a vector, of a graph that computes with float32. */
const BOUND = 1e-3;
const LEAST_COSINE = 0.99999;

async function decoder(model) {
  const samples = readReference(model);
  const graphs = Object.values(graphsOf(readCard(model)));
  for (const file of new Set(graphs.flatMap((graph) => [graph.replace("_gqa", ""), graph]))) {
    const rows = await compareLogits(await DecoderSession.open(model, file), samples);
    const worst = Math.max(...rows.map((row) => row.difference));
    const isExact = /^model(_gqa)?\.onnx$/.test(file);
    const bound = isExact ? ` (bound ${BOUND})` : "";
    console.log(`${model} ${file}: largest difference of a logit ${worst.toExponential(1)}${bound}`);
    if (isExact && !(worst < BOUND)) process.exitCode = 1;
  }
}

async function encoder(model) {
  const samples = readVectors(model);
  for (const file of Object.values(graphsOf(readCard(model)))) {
    const worst = Math.min(...(await compareVectors(model, file, samples)));
    const isExact = file === "model.onnx";
    const bound = isExact ? ` (bound ${LEAST_COSINE})` : "";
    console.log(`${model} ${file}: least cosine of a vector ${worst.toFixed(6)}${bound}`);
    if (isExact && !(worst >= LEAST_COSINE)) process.exitCode = 1;
  }
}

for (const model of process.argv.length > 2 ? process.argv.slice(2) : builtIn())
  await (readCard(model).task === "chat" ? decoder : encoder)(model);
