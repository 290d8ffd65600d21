import { describe, expect, it } from "vitest";
import type { ChatEvent } from "@/lib/inference";
import { AnswerFormats } from "@/lib/inference/core/answer-format";
import type { ChatModel } from "@/lib/inference/core/chat-model";
import type { DecoderGraph } from "@/lib/inference/core/graph";
import { openDecoder } from "@/lib/inference/core/open-decoder";
import { PooledDecoder } from "@/lib/inference/core/pooled-decoder";
import { type Random, seededRandom } from "@/lib/inference/core/random";
import { Scheduler } from "@/lib/inference/core/scheduler";
import { Sequence } from "@/lib/inference/core/sequence";
import type { Tokenizer } from "@/lib/inference/core/tokenizer";
import { freshGraph, openRandomGraph } from "./graph-support";
import type { GraphOptions } from "./support";

const context = 256;

/** Gives out the numbers of tokens as text, so that an answer tells which they were. */
const numbers = {
  detokenizer: () => ({ push: (token: number) => `${token} ` }),
} as unknown as Tokenizer;

const greedy = {
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  presencePenalty: 0,
  frequencyPenalty: 0,
  repetitionPenalty: 1,
};

/** What a sequence gives alone: the whole prompt at once, then token by token, without padding. */
async function alone(graph: DecoderGraph, prompt: number[], count: number) {
  const tokens: number[] = [];
  let closest = Number.POSITIVE_INFINITY;
  let { logits, cache } = await graph.forward(prompt, graph.emptyCache());
  while (tokens.length < count) {
    const [first, second] = twoLargest(logits);
    closest = Math.min(closest, (logits[first] ?? 0) - (logits[second] ?? 0));
    tokens.push(first);
    ({ logits, cache } = await graph.forward([first], cache));
  }
  return { tokens, closest };
}

function twoLargest(logits: Float32Array): [number, number] {
  let [first, second] = [0, 1];
  if ((logits[1] ?? 0) > (logits[0] ?? 0)) [first, second] = [1, 0];
  for (let token = 2; token < logits.length; token++) {
    if ((logits[token] ?? 0) > (logits[first] ?? 0)) [first, second] = [token, first];
    else if ((logits[token] ?? 0) > (logits[second] ?? 0)) second = token;
  }
  return [first, second];
}

interface Case {
  prompt: number[];
  tokens: number[];
}

const longest = 40;

/** Prompts of many lengths, many with beginnings in common, whose greedy answers no rounding can change. */
async function makeCases(graph: DecoderGraph, random: Random, count: number): Promise<Case[]> {
  const cases: Case[] = [];
  const token = () => 3 + Math.floor(random() * 2000);
  while (cases.length < count) {
    const shared = cases[Math.floor(random() * cases.length)]?.prompt ?? [];
    const begin = random() < 0.5 ? shared.slice(0, Math.floor(random() * (shared.length + 1))) : [];
    const more = 1 + Math.floor(random() ** 2 * 120);
    const prompt = [...begin, ...Array.from({ length: more }, token)].slice(0, context - longest - 1);
    const { tokens, closest } = await alone(graph, prompt, longest);
    if (closest > 1e-3) cases.push({ prompt, tokens });
  }
  return cases;
}

interface Outcome {
  prompt: number;
  reused: number;
  expected: string;
  got: string;
  last: string;
  cut: boolean;
}

/** One random schedule: sequences of random length arrive at random moments, some are cut short. */
async function runSchedule(model: ChatModel, cases: Case[], random: Random): Promise<Outcome[]> {
  const pick = (n: number) => Math.floor(random() * n);
  const plans = Array.from({ length: 1 + pick(8) }, () => {
    const chosen = pick(cases.length);
    const count = 1 + pick(random() < 0.2 ? longest : 10);
    return {
      chosen,
      count,
      arrives: pick(8),
      abortsAfter: random() < 0.15 ? pick(count) : Number.POSITIVE_INFINITY,
    };
  });
  const outcomes: Promise<Outcome>[] = [];
  let turn = 0;
  let over = false;
  const arrivals = new Map<number, (() => void)[]>();
  const scheduler = new Scheduler(
    async () => {
      for (const arrive of arrivals.get(turn) ?? []) arrive();
      arrivals.delete(turn);
      turn++;
    },
    (error) => {
      throw error;
    },
  );
  const start = ({ chosen, count, abortsAfter }: (typeof plans)[number]) =>
    new Promise<Outcome>((resolve) => {
      const { prompt, tokens } = cases[chosen] as Case;
      let got = "";
      let shown = 0;
      let reused = 0;
      const emit = (event: ChatEvent) => {
        if (event.type === "delta") {
          got += event.text;
          shown += event.tokens;
          if (shown === abortsAfter) queueMicrotask(() => sequence.abort());
        }
        if (event.type === "usage") reused = event.cachedTokens ?? 0;
        if (event.type === "finish" || event.type === "error") {
          const last = event.type === "finish" ? event.reason : event.message;
          const expected = tokens.slice(0, last === "aborted" ? shown : count).join(" ");
          const cut = last === "aborted";
          resolve({ prompt: prompt.length, reused, expected, got: got.trim(), last, cut });
        }
      };
      const call = { prompt, sampling: greedy, stops: [], maxTokens: count };
      const sequence = new Sequence(model, call, { kind: "server", device: "CPU" }, emit);
      if (abortsAfter === 0) sequence.abort();
      else scheduler.add(sequence);
    });
  for (const plan of plans) {
    if (plan.arrives === 0) outcomes.push(start(plan));
    else {
      outcomes.push(
        new Promise((resolve) => {
          const list = arrivals.get(plan.arrives) ?? [];
          list.push(() => resolve(start(plan)));
          arrivals.set(plan.arrives, list);
        }),
      );
    }
  }
  // With nobody running no turn passes: time goes on by itself then.
  const clock = (async () => {
    while (!over) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (scheduler.isBusy(model)) continue;
      for (const arrive of arrivals.get(turn) ?? []) arrive();
      arrivals.delete(turn);
      turn++;
    }
  })();
  const all = await Promise.all(outcomes);
  over = true;
  await clock;
  return all;
}

const layouts: [string, GraphOptions, { writesInPlace: boolean; weightBytes: number }][] = [
  ["plain attention", {}, { writesInPlace: true, weightBytes: 2e5 }],
  ["plain attention, cheap weights", {}, { writesInPlace: true, weightBytes: 1 }],
  ["plain attention, copying", { positions: false, keep: false }, { writesInPlace: false, weightBytes: 1e9 }],
  ["grouped attention", { attention: "grouped" }, { writesInPlace: true, weightBytes: 1e6 }],
  [
    "grouped attention, copying",
    { attention: "grouped", keep: false },
    { writesInPlace: false, weightBytes: 1e4 },
  ],
];

/** Run in the form that does not copy the cache. */
const rewrittenLayouts: typeof layouts = [
  ["plain attention, rewritten", {}, { writesInPlace: true, weightBytes: 2e5 }],
  [
    "plain attention without positions, rewritten",
    { positions: false, keep: false },
    { writesInPlace: false, weightBytes: 1e9 },
  ],
  [
    "plain attention with repeated heads, rewritten",
    { repeated: true },
    { writesInPlace: true, weightBytes: 1 },
  ],
  ["grouped attention, rewritten", { attention: "grouped" }, { writesInPlace: true, weightBytes: 1e6 }],
  [
    "grouped attention that turns, packed, rewritten",
    { attention: "grouped", rotary: "inside", packed: true, positions: false },
    { writesInPlace: true, weightBytes: 1e5 },
  ],
  [
    "grouped attention that turns neighbours in a window, rewritten",
    { attention: "grouped", rotary: "interleaved", window: 20, keep: false },
    { writesInPlace: false, weightBytes: 1e4 },
  ],
];
const schedules = 200;

describe("continuous batching", () => {
  const all = [
    ...layouts.map((layout) => [...layout, false] as const),
    ...rewrittenLayouts.map((layout) => [...layout, true] as const),
  ];
  for (const [name, options, costs, isRewritten] of all) {
    it(`gives each sequence the greedy tokens that it gives alone: ${name}, ${schedules} schedules`, async () => {
      const original = await openRandomGraph(options, context);
      const { graph, config } = original;
      const pooled = isRewritten ? await freshGraph(original) : graph;
      const random = seededRandom(11);
      const cases = await makeCases(graph, random, 40);
      // Small, so that what is kept is also pushed out.
      const decoder = new PooledDecoder(pooled, { ...costs, prefixBytes: 300_000 });
      const release = async () => {};
      const formats = new AnswerFormats("generated", numbers, new Set());
      const model = {
        name,
        config,
        tokenizer: numbers,
        decoder,
        formats,
        device: "CPU",
        memoryBytes: 0,
        release,
      };
      const outcomes: Outcome[] = [];
      for (let i = 0; i < schedules; i++) outcomes.push(...(await runSchedule(model, cases, random)));
      expect(outcomes.filter(({ got, expected }) => got !== expected)).toEqual([]);
      expect(outcomes.length).toBeGreaterThan(schedules * 3);
      expect(outcomes.filter(({ cut }) => cut).length).toBeGreaterThan(schedules * 0.1);
      expect(outcomes.filter(({ reused }) => reused > 0).length).toBeGreaterThan(schedules);
      expect(new Set(outcomes.map(({ last }) => last))).toEqual(new Set(["length", "aborted"]));
      await graph.release();
      if (pooled !== graph) await pooled.release();
    });
  }
});

describe("openDecoder", () => {
  const open = async (options: GraphOptions) => {
    const { graph } = await openRandomGraph(options, context);
    const decoder = await openDecoder(graph, { weightBytes: 1e6, writesInPlace: true, prefixBytes: 0 });
    await graph.release();
    return decoder;
  };

  it("runs sequences side by side on every layout in which that is exact", async () => {
    const all: GraphOptions[] = [
      {},
      { attention: "grouped" },
      { positions: false, keep: false },
      { attention: "grouped", window: 16 },
      { cache: "float16" },
      { attention: "grouped", cache: "float16" },
      { form: "int8" },
      { form: "int8", attention: "grouped" },
      { form: "q4", attention: "grouped" },
    ];
    const reasons = [];
    for (const options of all) reasons.push((await open(options)).alone);
    expect(reasons).toEqual(all.map(() => undefined));
  });

  it("runs them one after another where padding would move the sliding window", async () => {
    expect((await open({ window: 16 })).alone).toMatch(/sliding window/);
  });
});
