import { describe, expect, it } from "vitest";
import { type Chat, evaluateTask, readHeldOut, shareOf } from "../../models/evaluation.mjs";
import { differences, scoreTable } from "../../models/report.mjs";

/** A model that gives one answer free and another held to a schema. */
function saying(free: (right: string) => string, held: (right: string) => string): Chat {
  const rights = new Map(readHeldOut("extraction").map((row) => [JSON.stringify(row.messages), row.answer]));
  return {
    answer: async (messages, schema) => {
      const right = rights.get(JSON.stringify(messages)) ?? "";
      return schema ? held(right) : free(right);
    },
    answers: async () => false,
  };
}

describe("extraction", () => {
  const same = (right: string) => right;

  it("counts whole answers, fields and what is valid, held to the schema and free", async () => {
    const all = await evaluateTask(
      saying((right) => `${right} `, same),
      "extraction",
      { limit: 20 },
    );
    expect(Object.values(all).map(({ score }) => score)).toEqual([1, 1, 1, 1]);
    const none = await evaluateTask(
      saying(
        () => "{",
        () => '{"wrong":1}',
      ),
      "extraction",
      { limit: 20 },
    );
    expect(Object.values(none).map(({ score }) => score)).toEqual([0, 0, 0, 0]);
    expect(none["extraction fields"]?.n).toBeGreaterThan(20);
  });

  it("takes a field for wrong whose value has another type, and an answer for invalid that adds one", async () => {
    const texts = (right: string) =>
      JSON.stringify(
        Object.fromEntries(Object.entries(JSON.parse(right)).map(([key, value]) => [key, `${value}`])),
      );
    const asText = await evaluateTask(saying(same, texts), "extraction", { limit: 60 });
    expect(asText["extraction fields"]?.score).toBeLessThan(1);
    expect(asText["extraction valid"]?.score).toBeLessThan(1);
    const more = (right: string) => JSON.stringify({ ...JSON.parse(right), added_by_nobody: null });
    const added = await evaluateTask(saying(same, more), "extraction", { limit: 10 });
    expect(added["extraction valid"]?.right).toBe(0);
  });
});

describe("the table of scores", () => {
  const scores = { float32: { topic: shareOf(45, 50) }, int8: { topic: shareOf(40, 50) } };

  it("has a row for each task and a column for each dtype", () => {
    expect(scoreTable(scores).split("\n").at(-1)).toBe(
      "| topic | 50 | 90.0 % (78.6 % to 95.7 %) | 80.0 % (67.0 % to 88.8 %) |",
    );
  });

  it("is compared to the card as it is printed", () => {
    expect(differences(scores, scores)).toEqual([]);
    const other = { ...scores, int8: { topic: shareOf(41, 50) } };
    expect(differences(scores, other)).toEqual([
      "int8, topic: 80.0 % (67.0 % to 88.8 %), the card says 82.0 % (69.2 % to 90.2 %)",
    ]);
    expect(differences(scores, undefined)).toHaveLength(2);
  });
});
