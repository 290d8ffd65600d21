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
    prompt: "The sensor paired at once.",
    sameInput: true,
    parameters: { temperature: 0.4 },
    columns: [{ id: "a", model: "pebble-2m", engine: "server", parameters: { seed: 7, top_p: null } }],
    turns: [{ id: "t1", user: "The sensor paired at once.", answers: { a: answer } }],
    saving: "auto",
    ...change,
  };
}
