import type { Decoder } from "./decoder";
import type { DecoderGraph } from "./graph";
import { relativeDifference } from "./logit-difference";
import { PooledDecoder, type PoolOptions } from "./pooled-decoder";
import { SingleDecoder } from "./single-decoder";

/**
 * Largest difference of a logit allowed, relative to the largest logit, where cutting a prompt differently
 * changes nothing. Quantised graphs compute their scales per run and differ by more; see `measuredNoise`.
 */
const tolerance = { float32: 1e-3, float16: 2e-2 };

/** What wrong padding does to logits is beyond anything that quantisation does. */
const mostNoise = 0.3;

/** Ways to the same model by a graph that gives only what is new to the cache, or why there is none. */
export type Rewriting =
  | { fresh(): Promise<DecoderGraph>; original(): Promise<DecoderGraph> }
  | { reason: string };

/**
 * A decoder over a graph on the CPU or in WASM: several sequences a run if it computes the same for sequences of
 * different length side by side as `graph` for each alone, which is tried out, else one after another. The
 * rewritten graph is taken if it does, and `graph` is released then.
 */
export async function openDecoder(
  graph: DecoderGraph,
  options: PoolOptions,
  rewriting: Rewriting = { reason: "it was not to be rewritten" },
): Promise<Decoder> {
  const { layout, config } = graph;
  if (layout.window > 0 && layout.window < config.context && layout.cacheForm === "appended")
    return new SingleDecoder(graph, "its sliding window counts slots, and slots with padding are not tokens");
  if (config.context < 40) return new SingleDecoder(graph, "its context is too short to be worth it");
  const trial = await makeTrial(graph);
  if ("reason" in rewriting) return openPool(graph, { ...options, copies: rewriting.reason }, trial);
  // Never both at once: a runtime keeps weights in a form of its own.
  await graph.release();
  const decoder = await openFresh(rewriting.fresh, options, trial);
  if (typeof decoder !== "string") return decoder;
  return openPool(await rewriting.original(), { ...options, copies: decoder }, trial);
}

/** The rewritten graph's decoder, or what is wrong with it. */
async function openFresh(
  open: () => Promise<DecoderGraph>,
  options: PoolOptions,
  trial: Trial,
): Promise<Decoder | string> {
  let graph: DecoderGraph | undefined;
  try {
    graph = await open();
    const decoder = await openPool(graph, options, trial);
    if (decoder.alone === undefined) return decoder;
    await graph.release();
    return decoder.alone;
  } catch (error) {
    await graph?.release();
    return firstLine(error);
  }
}

async function openPool(graph: DecoderGraph, options: PoolOptions, trial: Trial): Promise<Decoder> {
  const reasons: string[] = [];
  for (const writesInPlace of options.writesInPlace ? [true, false] : [false]) {
    const wrong = await differsSideBySide(graph, { ...options, writesInPlace }, trial);
    if (wrong === undefined) return new PooledDecoder(graph, { ...options, writesInPlace });
    reasons.push(wrong);
  }
  return new SingleDecoder(graph, reasons.at(-1) ?? "");
}

/** Two prompts, and the logits behind one more token than each has, computed alone. */
interface Trial {
  prompts: readonly number[][];
  expected: readonly Float32Array[];
  /** What cutting a prompt differently changes. */
  noise: number;
}

async function makeTrial(graph: DecoderGraph): Promise<Trial> {
  const token = (i: number) => (i * 7919 + 11) % graph.config.vocabulary;
  const prompts = [9, 21].map((length) => Array.from({ length }, (_, i) => token(i + length)));
  return {
    prompts,
    noise: await measuredNoise(graph, prompts[1] ?? []),
    expected: await alone(graph, prompts),
  };
}

/** Says how two sequences side by side differ from the same alone, or nothing. */
async function differsSideBySide(
  graph: DecoderGraph,
  options: PoolOptions,
  { prompts, expected, noise }: Trial,
): Promise<string | undefined> {
  const allowed = Math.max(tolerance[graph.layout.cacheType], 3 * noise);
  if (!(noise <= mostNoise)) return "its answer changes with how a prompt is cut";
  try {
    const got = await sideBySide(graph, options, prompts);
    const worst = got.reduce(
      (most, logits, i) => Math.max(most, relativeDifference(logits, expected[i] ?? new Float32Array(0))),
      0,
    );
    return worst <= allowed
      ? undefined
      : `sequences side by side differ by ${(worst * 100).toFixed(1)} % from each alone`;
  } catch (error) {
    return firstLine(error);
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
}

/** Difference between a prompt fed whole and the same fed in two parts, both without padding. */
async function measuredNoise(graph: DecoderGraph, prompt: readonly number[]): Promise<number> {
  const whole = await graph.forward(prompt, graph.emptyCache());
  graph.drop(whole.cache);
  const first = await graph.forward(prompt.slice(0, 5), graph.emptyCache());
  const second = await graph.forward(prompt.slice(5), first.cache);
  graph.drop(second.cache);
  return relativeDifference(second.logits, whole.logits);
}

/** Logits behind one more token than each prompt has. */
async function alone(graph: DecoderGraph, prompts: readonly number[][]): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  for (const prompt of prompts) {
    const first = await graph.forward(prompt, graph.emptyCache());
    const second = await graph.forward([prompt[0] ?? 0], first.cache);
    graph.drop(second.cache);
    all.push(second.logits.slice());
  }
  return all;
}

async function sideBySide(
  graph: DecoderGraph,
  options: PoolOptions,
  prompts: readonly number[][],
): Promise<Float32Array[]> {
  const decoder = new PooledDecoder(graph, {
    ...options,
    prefixBytes: 0,
    weightBytes: Number.MAX_SAFE_INTEGER,
  });
  const rows = [];
  for (const prompt of prompts) {
    const row = decoder.open(prompt);
    await decoder.prefill(row, prompt.slice(0, 6));
    await decoder.prefill(row, prompt.slice(6));
    rows.push(row);
  }
  const logits = await decoder.decode(
    rows,
    prompts.map((prompt) => prompt[0] ?? 0),
  );
  for (const row of rows) decoder.close(row);
  return logits;
}
