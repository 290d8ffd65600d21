import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInModels } from "@/lib/inference";
import { engineStatus, onnxEngine, serverModels } from "@/lib/inference/server";
import { ask, pebble, run, useServerWorker } from "./support";

// Absent until models/ has trained and exported it.
const present = existsSync(join(pebble, "tessera.json"));

describe.skipIf(!present)("the built-in model on the server (skipped where it was not exported)", () => {
  beforeAll(useServerWorker);
  afterAll(() => onnxEngine().close());

  const sentiment = (text: string) =>
    ask("pebble-2m", `Classify the sentiment of this ticket: ${text}`, { temperature: 0 });

  it("is listed with its files", async () => {
    const models = await serverModels();
    expect(models.map((model) => model.name)).toEqual(
      expect.arrayContaining([...builtInModels, "grain-embed"]),
    );
  });

  it("answers several samples at once, and rightly", async () => {
    const samples = [
      ["I love the new dashboard, great work!", "positive"],
      ["The parcel arrived broken and nobody answers me. Terrible service.", "negative"],
      ["Thank you, the replacement works perfectly and came very fast.", "positive"],
    ] as const;
    const answers = await Promise.all(samples.map(([text]) => run(onnxEngine(), sentiment(text))));
    expect(answers.map((answer) => answer.text.trim().toLowerCase().replace(/\W+$/, ""))).toEqual(
      samples.map(([, label]) => label),
    );
    expect(answers.every((answer) => answer.last.type === "finish" && answer.last.reason === "stop")).toBe(
      true,
    );
  });

  it("is shown as loaded on its device", () => {
    expect(engineStatus()).toMatchObject({
      busy: 0,
      waiting: 0,
      models: [{ name: "pebble-2m", state: "ready" }],
    });
  });
});
