import { describe, expect, it } from "vitest";
import { builtIn } from "../../models/built-in.mjs";
import { DecoderSession } from "../../models/decoder-session.mjs";
import { compareLogits, readReference } from "../../models/logits-check.mjs";
import { graphsOf, readCard } from "../../models/shipped.mjs";
import { compareVectors, readVectors } from "../../models/vectors-check.mjs";

const models = builtIn().map((model) => ({ model, card: readCard(model) }));
const decoders = models
  .filter(({ card }) => card.task === "chat")
  .flatMap(({ model, card }) => {
    const plain = ["model.onnx"];
    return [...new Set([...plain, graphsOf(card).float32])].map((file) => ({ model, file: file ?? "" }));
  });
const encoders = models.filter(({ card }) => card.task === "embedding");

describe.each(decoders)("$model, $file", ({ model, file }) => {
  it("has the trainer's logits in one pass, with cache and in a padded batch", async () => {
    const samples = readReference(model);
    expect(samples.map(({ ids }) => ids.length)).toEqual([1, 8, 31, 32, 64, 113]);
    const rows = await compareLogits(await DecoderSession.open(model, file), samples);
    expect(rows).toHaveLength(17);
    for (const row of rows) expect(row.difference, `${row.way}, ${row.length} tokens`).toBeLessThan(1e-3);
  });

  it("keeps as many logits as asked for, and all for 0", async () => {
    const decoder = await DecoderSession.open(model, file);
    const ask = (keep: number) =>
      decoder.run({
        ids: [[5, 6, 7]],
        mask: [[1, 1, 1]],
        positions: [[0, 1, 2]],
        cache: decoder.emptyCache(),
        keep,
      });
    expect((await ask(0)).logits.dims).toEqual([1, 3, 2048]);
    expect((await ask(2)).logits.dims).toEqual([1, 2, 2048]);
  });
});

describe.each(encoders)("$model", ({ model, card }) => {
  it("has the trainer's vectors, alone and in a padded batch", async () => {
    const samples = readVectors(model);
    expect(samples.map(({ vector }) => vector.length)).toEqual(Array(6).fill(card.dimensions));
    for (const [dtype, file] of Object.entries(graphsOf(card))) {
      const cosines = await compareVectors(model, file, samples);
      expect(cosines).toHaveLength(12);
      expect(Math.min(...cosines), dtype).toBeGreaterThan(dtype === "float32" ? 0.99999 : 0.99);
    }
  });
});
