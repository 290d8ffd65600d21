import { beforeAll, describe, expect, it } from "vitest";
import { sampleTasks } from "@/lib/playground/samples";
import { evaluateTask, openChat, wilson } from "../../models/evaluation.mjs";

const ROWS = 60;
// A little under the shares of the model card.
const LEAST_RIGHT = { sentiment: 41, topic: 39, answers: 34, fallback: 56 };

describe.each(["model.onnx", "model_quantized.onnx"])("pebble-2m from %s", (file) => {
  let chat: Awaited<ReturnType<typeof openChat>>;
  beforeAll(async () => {
    chat = await openChat("pebble-2m", file);
  });

  it.each(Object.entries(LEAST_RIGHT))("answers held-out rows of %s", async (task, least) => {
    expect((await evaluateTask(chat, task, ROWS)).right).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ["sentiment", "positive"],
    ["passage", "24 months"],
  ])("answers the playground's sample %s", async (id, right) => {
    const sample = sampleTasks.find((task) => task.id === id);
    const messages = [
      { role: "system", content: sample?.system ?? "" },
      { role: "user", content: sample?.prompt ?? "" },
    ];
    expect(sample?.builtIn).toBe(true);
    expect(await chat(messages)).toBe(right);
  });
});

it("states an interval around a share", () => {
  const [low, high] = wilson(90, 100);
  expect(low).toBeCloseTo(0.826, 3);
  expect(high).toBeCloseTo(0.945, 3);
});
