/** node models/verify.mjs pebble-2m: logits of the shipped graphs against the trainer's. */
import { DecoderSession } from "./decoder-session.mjs";
import { compareLogits, readReference } from "./logits-check.mjs";

const BOUND = 1e-3;
const model = process.argv[2] ?? "pebble-2m";
const samples = readReference(model);
const rows = await compareLogits(await DecoderSession.open(model), samples);
console.table(rows);
const worst = Math.max(...rows.map((row) => row.difference));
console.log(`model.onnx: largest difference ${worst.toExponential(1)} (bound ${BOUND})`);
const quantized = await compareLogits(await DecoderSession.open(model, "model_quantized.onnx"), samples);
console.log(
  `model_quantized.onnx: largest difference ${Math.max(...quantized.map((row) => row.difference)).toFixed(2)}`,
);
if (!(worst < BOUND)) process.exitCode = 1;
