import { describe, expect, it } from "vitest";
import { DecoderSession } from "../../models/decoder-session.mjs";
import { compareLogits, readReference } from "../../models/logits-check.mjs";

describe("the exported graph of pebble-2m", () => {
  it("has the trainer's logits in one pass, with cache and in a padded batch", async () => {
    const samples = readReference("pebble-2m");
    expect(samples.map(({ ids }) => ids.length)).toEqual([1, 8, 31, 32, 64, 113]);
    const rows = await compareLogits(await DecoderSession.open("pebble-2m"), samples);
    expect(rows).toHaveLength(18);
    for (const row of rows) expect(row.difference, `${row.way}, ${row.length} tokens`).toBeLessThan(1e-3);
  });

  it("keeps as many logits as asked for, and all for 0", async () => {
    const decoder = await DecoderSession.open("pebble-2m");
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
