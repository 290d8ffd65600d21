import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modelFolder } from "./decoder-session.mjs";
import { loadEngine } from "./engine.mjs";

/** Graphs by dtype: what a processor runs. Endings are those of exporters of the field. */
const endings = { float32: "", int8: "_quantized", q4: "_q4" };

/** The dtypes of a model and the graph that processors run of each: with grouped attention where there is one. */
export function graphsOf({ files }) {
  const has = (file) => files.some(({ path }) => path === `onnx/${file}`);
  const pairs = Object.entries(endings).map(([dtype, ending]) => [
    dtype,
    [`model_gqa${ending}.onnx`, `model${ending}.onnx`].find(has),
  ]);
  return Object.fromEntries(pairs.filter(([, file]) => file !== undefined));
}

/** What a shipped model says of itself. */
export function readCard(model) {
  return JSON.parse(readFileSync(join(modelFolder(model), "tessera.json"), "utf8"));
}

/** Reads every file that the catalogue names. @throws naming the first whose size or sha256 is another */
export async function requireUnchanged(model) {
  const { modelManifest, readModelFile } = await loadEngine();
  const manifest = modelManifest.parse(readCard(model));
  for (const { path } of manifest.files)
    await readModelFile({ manifest, base: modelFolder(model) }, path, () => {});
  return readCard(model);
}

/** The tokenizer as the application opens it: from the model's folder, never from the network. */
export async function loadTokenizer(model) {
  const { Tokenizer } = await loadEngine();
  const json = (name) => JSON.parse(readFileSync(join(modelFolder(model), name), "utf8"));
  return new Tokenizer(model, json("tokenizer.json"), json("tokenizer_config.json"));
}
