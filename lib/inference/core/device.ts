import { monotonicMs } from "@/lib/core";
import { createSession, type Device, type GraphBytes, type Opened, openOnBest } from "./best-device";
import { DecoderGraph } from "./graph";
import type { GraphLayout } from "./graph-layout";
import { relativeDifference } from "./logit-difference";
import type { ModelConfig } from "./model-config";

export interface OpenRequest extends GraphBytes {
  config: ModelConfig;
  layout: GraphLayout;
  /** Best first. */
  candidates: readonly Device[];
  /** Always there, and right by definition. */
  reference: Device;
}

/**
 * Opens a decoder on the best device that is right.
 * @throws AppError `unprocessable` when even the reference cannot load it.
 */
export function openGraph(request: OpenRequest): Promise<Opened<DecoderGraph>> {
  const { candidates, reference } = request;
  return openOnBest({
    candidates,
    reference,
    open: (device: Device) => openOn(request, device),
    check: selfCheck,
    timeMs: stepMs,
    unit: "token",
  });
}

/** @throws AppError `unprocessable` when the device cannot load it */
export async function openOn(request: OpenRequest, device: Device): Promise<DecoderGraph> {
  const { ort, config, layout } = request;
  return new DecoderGraph(ort, await createSession(request, device.options(layout)), config, layout);
}

/** Around the tile sizes of graphics kernels: those known to be wrong are so from 32 tokens on. */
const checkedLengths = [8, 31, 32, 64, 113];

/**
 * Largest difference of a logit allowed, relative to the largest logit. A right fp32 kernel stays below 1e-4,
 * the known wrong ones are off by more than 1e-1.
 */
const tolerance = 1e-2;

/** Compares prefill and one decode step at several lengths; says what differs, or nothing. */
async function selfCheck(graph: DecoderGraph, exact: DecoderGraph): Promise<string | undefined> {
  for (const length of checkedLengths.filter((length) => length < graph.config.context)) {
    const prompt = Array.from({ length }, (_, i) => (i * 7919 + 11) % graph.config.vocabulary);
    const [got, expected] = [await twoRuns(graph, prompt), await twoRuns(exact, prompt)];
    for (const [run, logits] of got.entries()) {
      const difference = relativeDifference(logits, expected[run] ?? new Float32Array(0));
      if (!(difference <= tolerance)) {
        return `its logits differ from the reference by ${(difference * 100).toFixed(1)} % after ${length + run} tokens`;
      }
    }
  }
  return undefined;
}

async function twoRuns(graph: DecoderGraph, prompt: number[]): Promise<Float32Array[]> {
  const first = await graph.forward(prompt, graph.emptyCache());
  const second = await graph.forward([prompt[0] ?? 0], first.cache);
  graph.drop(second.cache);
  return [first.logits, second.logits];
}

/** Milliseconds of one decode step, the best of several: the first ones compile and fetch. */
async function stepMs(graph: DecoderGraph): Promise<number> {
  let { cache } = await graph.forward([0, 1, 2, 3], graph.emptyCache());
  let best = Number.POSITIVE_INFINITY;
  for (let step = 0; step < 5; step++) {
    const from = monotonicMs();
    ({ cache } = await graph.forward([step], cache));
    best = Math.min(best, monotonicMs() - from);
  }
  graph.drop(cache);
  return best;
}
