import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { modelManifest } from "@/lib/inference";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import { onProcessor, weightFilesOf } from "@/lib/inference/model-weights";
import { builtIn } from "../../models/built-in.mjs";
import { modelFolder } from "../../models/decoder-session.mjs";
import { requireUnchanged } from "../../models/shipped.mjs";
import { embedderOver, vectorsOf } from "../inference/embedding-support";
import { ask, engineOver, run, scratchFolder, useServerWorker } from "../inference/support";

beforeAll(useServerWorker);

/** A copy of a built-in model of which one byte of the weights is another. */
async function changed(model: string): Promise<{ source: ModelSource; path: string; sha256: string }> {
  const base = join(await scratchFolder(), model);
  cpSync(modelFolder(model), base, { recursive: true });
  const manifest = onProcessor(
    modelManifest.parse(JSON.parse(readFileSync(join(base, "tessera.json"), "utf8"))),
  );
  const [largest] = weightFilesOf(manifest).sort((a, b) => b.size - a.size);
  if (!largest) throw new Error(`${model} has no weights.`);
  const bytes = readFileSync(join(base, largest.path));
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(join(base, largest.path), bytes);
  return { source: { manifest, base }, path: largest.path, sha256: largest.sha256 };
}

describe.each(builtIn())("%s with one bit of its weights changed", (model) => {
  it("is refused by name of the file and what it should be, and not measured", async () => {
    const { source, path, sha256 } = await changed(model);
    const refusal = expect.objectContaining({
      code: "unprocessable",
      message: expect.stringMatching(
        `${path} has sha256 [0-9a-f]{64}; expected \\d+ bytes with sha256 ${sha256}`,
      ),
    });
    if (source.manifest.task === "chat") {
      const answer = await run(engineOver([source]), ask(model, "Hello"));
      expect(answer.last).toEqual(refusal);
    } else await expect(vectorsOf(embedderOver([source]), model, ["Hello"])).rejects.toEqual(refusal);
    await expect(requireUnchanged(source.base)).rejects.toEqual(refusal);
  });
});
