import type { Answer, PlaygroundDocument } from "@/lib/playground";

export const answer: Answer = {
  text: "positive",
  outcome: "finished",
  finish: "stop",
  metrics: {
    firstTokenMs: 41,
    tokensPerSecond: 210.5,
    inputTokens: 38,
    outputTokens: 2,
    durationMs: 60,
    provenance: "measured",
  },
  model: "pebble-2m",
  engine: { kind: "server", device: "ONNX, CPU" },
};

/** A session of one turn in one server column. */
export function documentWith(change: Partial<PlaygroundDocument> = {}): PlaygroundDocument {
  return {
    system: "Answer with one word.",
    messages: [{ id: "m1", role: "user", text: "The sensor paired at once." }],
    variables: {},
    values: {},
    format: { type: "text", schema: "", pattern: "" },
    repeats: 1,
    logprobs: null,
    sameInput: true,
    parameters: { temperature: 0.4 },
    columns: [{ id: "a", model: "pebble-2m", engine: "server", parameters: { seed: 7, top_p: null } }],
    turns: [{ id: "t1", parent: null, user: "The sensor paired at once.", answers: { a: [answer] } }],
    head: "t1",
    rows: [],
    task: "",
    saving: "auto",
    ...change,
  };
}

/** As the first release saved it: one message, one line of turns, one answer of each column. */
export function firstReleaseDocument(words = "The sensor paired at once.") {
  return {
    system: "Answer with one word.",
    prompt: words,
    sameInput: true,
    parameters: { temperature: 0.4 },
    columns: [{ id: "a", model: "pebble-2m", engine: "server", parameters: { seed: 7, top_p: null } }],
    turns: [
      { id: "t1", user: words, answers: { a: answer } },
      { id: "t2", user: "And now?", answers: { a: answer } },
    ],
    saving: "auto",
  };
}

/** A session that every field allows and that is too large as a whole. */
export function tooLargeDocument(): PlaygroundDocument {
  const user = "x".repeat(1_900_000);
  return documentWith({
    turns: Array.from({ length: 7 }, (_, index) => ({ id: `t${index}`, parent: null, user, answers: {} })),
  });
}
