import { AppError, monotonicMs } from "@/lib/core";
import { createSession, type Device, type GraphBytes, openOnBest } from "./best-device";
import { EncoderGraph } from "./encoder";
import type { EncoderConfig } from "./encoder-config";
import type { EncoderLayout } from "./encoder-layout";

/** What one run may hold at most. */
export interface BatchLimits {
  rows: number;
  /** Padding included. A longer text runs alone. */
  tokens: number;
  /** Tokens of padding behind one text. */
  padding: number;
}

export interface OpenEncoder {
  graph: EncoderGraph;
  device: string;
  fallback?: string;
  /** Of the vectors. */
  dimensions: number;
  limits: BatchLimits;
}

interface OpenRequest extends GraphBytes {
  config: EncoderConfig;
  layout: EncoderLayout;
  /** Best first. */
  candidates: readonly Device<EncoderLayout>[];
  /** Always there, and right by definition. */
  reference: Device<EncoderLayout>;
  /** That the reference computes with. */
  threads: number;
}

/**
 * On a processor with one thread a run is worth its while from about 100 tokens on and no faster beyond 256; to
 * start one costs as much as 9 to 18 tokens (docs/decisions/0007). More threads and graphics devices, which want
 * long runs and do not mind padding, are not measured.
 */
const onProcessor = { rows: 32, tokens: 256, padding: 8 };
const onGraphics = { rows: 64, tokens: 4096, padding: 64 };

/**
 * Opens an encoder on the best device that is right.
 * @throws AppError `unprocessable` when even the reference cannot load or run it
 */
export async function openEncoder(request: OpenRequest): Promise<OpenEncoder> {
  const { ort, config, layout, candidates, reference, threads, model } = request;
  const { graph, device, fallback } = await openOnBest({
    candidates,
    reference,
    open: async (device: Device<EncoderLayout>) =>
      new EncoderGraph(ort, await createSession(request, device.options(layout)), config, layout),
    check: differsFrom,
    timeMs: msOfText,
    unit: "text",
  });
  try {
    const [vector] = await graph.encode([sample(config, 8)]);
    if (!vector) throw new AppError("unprocessable", "its vectors are no numbers");
    const most =
      device === reference.label ? { ...onProcessor, tokens: onProcessor.tokens * threads } : onGraphics;
    const isApart = layout.rows > 1 && (await isSameSideBySide(graph));
    return {
      graph,
      device,
      fallback,
      dimensions: vector.length,
      limits: isApart ? most : { ...most, rows: 1 },
    };
  } catch (cause) {
    await graph.release();
    const why = cause instanceof Error ? cause.message.split("\n", 1)[0]?.slice(0, 300) : String(cause);
    throw new AppError("unprocessable", `The graph of ${model} cannot be run: ${why}`, { cause });
  }
}

/** Around the tile sizes of graphics kernels: those known to be wrong are so from 32 tokens on. */
const checkedLengths = [8, 31, 32, 64, 113];

/** Least cosine of a right vector with the reference's: below lie wrong kernels, not other roundings. */
const leastCosine = 0.999;

/** Says which text has another vector here, or nothing. */
async function differsFrom(graph: EncoderGraph, exact: EncoderGraph): Promise<string | undefined> {
  for (const length of checkedLengths.filter((length) => length <= graph.config.context)) {
    const text = sample(graph.config, length);
    const [got, expected] = [(await graph.encode([text]))[0], (await exact.encode([text]))[0]];
    const cosine = cosineOf(got, expected);
    if (!(cosine >= leastCosine))
      return `its vector of ${length} tokens has a cosine of ${cosine.toFixed(4)} with the reference's`;
  }
  return undefined;
}

/** What a graph that ignores its mask does is beyond anything that quantisation does. */
const leastCosineSideBySide = 0.99;

/** Whether texts of different length in one run have the vectors that each has alone. */
async function isSameSideBySide(graph: EncoderGraph): Promise<boolean> {
  const texts = [3, 12, 7]
    .filter((length) => length <= graph.config.context)
    .map((length, i) => sample(graph.config, length, i + 1));
  const together = await graph.encode(texts);
  for (const [i, text] of texts.entries()) {
    const [alone] = await graph.encode([text]);
    if (!(cosineOf(alone, together[i]) >= leastCosineSideBySide)) return false;
  }
  return true;
}

/** Milliseconds of a text of usual length, the best of several: the first ones compile and fetch. */
async function msOfText(graph: EncoderGraph): Promise<number> {
  const text = sample(graph.config, Math.min(32, graph.config.context));
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 5; time++) {
    const from = monotonicMs();
    await graph.encode([text]);
    best = Math.min(best, monotonicMs() - from);
  }
  return best;
}

function sample({ vocabulary }: EncoderConfig, length: number, shift = 0): number[] {
  return Array.from({ length }, (_, i) => ((i + shift) * 7919 + 11) % vocabulary);
}

function cosineOf(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return Number.NaN;
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
