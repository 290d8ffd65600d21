import { beforeAll, describe, expect, it } from "vitest";
import { evaluateTask, openChat, wilson } from "../../models/evaluation.mjs";

const ROWS = 60;
// A little under the shares of the model card; answering from a passage is not learnt yet.
const LEAST_RIGHT = { sentiment: 33, topic: 27, answers: 4, fallback: 52 };

describe.each(["model.onnx", "model_quantized.onnx"])("pebble-2m from %s", (file) => {
  let chat: Awaited<ReturnType<typeof openChat>>;
  beforeAll(async () => {
    chat = await openChat("pebble-2m", file);
  });

  it.each(Object.entries(LEAST_RIGHT))("answers held-out rows of %s", async (task, least) => {
    expect((await evaluateTask(chat, task, ROWS)).right).toBeGreaterThanOrEqual(least);
  });

  it("answers the playground's sentiment sample", async () => {
    const answer = (system: string, user: string) =>
      chat([
        { role: "system", content: system },
        { role: "user", content: user },
      ]);
    const praise =
      "The replacement arrived a day early and the new sensor paired at once. Thank you, this is the best support I have had.";
    expect(
      await answer(
        "You classify customer messages. Answer with one word: positive, negative or neutral.",
        praise,
      ),
    ).toBe("positive");
  });
});

it("states an interval around a share", () => {
  const [low, high] = wilson(90, 100);
  expect(low).toBeCloseTo(0.826, 3);
  expect(high).toBeCloseTo(0.945, 3);
});
