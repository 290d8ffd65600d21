import { describe, expect, it } from "vitest";
import { builtInModels } from "@/lib/inference";
import { sampleTasks } from "@/lib/playground/samples";
import { builtIn } from "../../models/built-in.mjs";
import { Chat, evaluateTask, type Measure, shareOf, TASKS, wilson } from "../../models/evaluation.mjs";
import { evaluateRetrieval, lexical, openEncoder } from "../../models/retrieval.mjs";
import { graphsOf, readCard } from "../../models/shipped.mjs";

const ROWS = 6;
const measured = builtIn().map((model) => ({ model, card: readCard(model) }));
const graphs = (task: string) =>
  measured
    .filter(({ card }) => card.task === task)
    .flatMap(({ model, card }) =>
      Object.entries(graphsOf(card)).map(([dtype, file]) => ({
        model,
        dtype,
        file,
        says: (card.scores as Record<string, Record<string, Measure>>)[dtype] ?? {},
      })),
    );

/** Whether the few rows of a test may come from the share that the card gives. */
function isLikely({ right, n }: Measure, said: Measure | undefined): boolean {
  const [low, high] = wilson(right, n, 3.3);
  return said !== undefined && said.high >= low && said.low <= high;
}

describe.each(graphs("chat"))("$model as $dtype", ({ model, dtype, file, says }) => {
  it("answers the first held-out rows of every task about as well as its card says", async () => {
    const chat = await Chat.open(model, file);
    for (const task of TASKS) {
      const scores = await evaluateTask(chat, task, { limit: ROWS, exact: dtype !== "int8" });
      for (const [name, score] of Object.entries(scores))
        expect({ name, score, says: says[name], isLikely: isLikely(score, says[name]) }).toMatchObject({
          isLikely: true,
        });
      if (task === "extraction") expect(scores["extraction valid"]?.score).toBe(1);
    }
  });
});

/** What is right for the playground's samples. */
const isRight: Record<string, (answer: string) => boolean> = {
  sentiment: (answer) => answer === "positive",
  passage: (answer) => answer === "24 months",
  extract: (answer) => {
    if (!answer.startsWith("{")) return false;
    const { problem, ...rest } = JSON.parse(answer) as Record<string, unknown>;
    const exact = {
      order: "48-2207",
      product: "Birch thermostat",
      since: "2026-03-03",
      wants: "replacement",
    };
    return JSON.stringify(rest) === JSON.stringify(exact) && String(problem).includes("error E4");
  },
  summary: (answer) =>
    /^Since Tuesday's update the Aster sensor .*reports "open" .*battery was replaced.*without success\. The customer wants to know whether the update did this and when it will be fixed\.$/s.test(
      answer,
    ),
};

describe("the playground's samples", () => {
  const larger = measured
    .filter(({ model }) => builtInModels.includes(model))
    .reduce((a, b) => (Number(b.card.parameters) > Number(a.card.parameters) ? b : a));

  it.each(sampleTasks)("$id is answered rightly by the larger built-in model", async (sample) => {
    const messages = [
      { role: "system", content: sample.system },
      { role: "user", content: sample.prompt },
    ];
    const chat = await Chat.open(larger.model, graphsOf(larger.card).float32 ?? "");
    const answer = await chat.answer(messages);
    expect(isRight[sample.id]?.(answer), answer).toBe(true);
  });
});

describe.each(graphs("embedding"))("$model as $dtype", ({ model, dtype, file, says }) => {
  it("finds what means the same as its card says", async () => {
    const found = await evaluateRetrieval(await openEncoder(model, file), { limit: 40 });
    for (const [name, { n, right, score }] of Object.entries(found)) {
      if (right === undefined) continue;
      // Among fewer candidates it finds more.
      const isSaid = score >= (says[name]?.low ?? 1) || isLikely(shareOf(right, n), says[name]);
      expect({ name, dtype, score, says: says[name], isSaid }).toMatchObject({ isSaid: true });
    }
  });
});

it("the lexical embedder is measured over the same rows", async () => {
  const found = await evaluateRetrieval(await lexical(), { limit: 5 });
  expect(found["question recall@1"]?.n).toBe(5);
  expect(found["question triplets"]?.n).toBe(15);
});

it("states an interval around a share", () => {
  const [low, high] = wilson(90, 100);
  expect(low).toBeCloseTo(0.826, 3);
  expect(high).toBeCloseTo(0.945, 3);
});
