import { AppError, monotonicMs } from "@/lib/core";
import { DecoderGraph } from "./graph";
import type { GraphLayout } from "./graph-layout";
import { relativeDifference } from "./logit-difference";
import type { ModelConfig } from "./model-config";
import type { Ort, SessionOptions } from "./ort";

/** A way to run a graph. */
export interface Device {
  /** As shown: `CPU`, `CUDA`, `WebGPU`, `WASM`. */
  label: string;
  options(layout: GraphLayout): SessionOptions;
  /** Why this machine cannot have it, found out without starting it. */
  unavailable?(): Promise<string | undefined>;
  /** Asked for by name: taken when it is right, however slow. */
  demanded?: boolean;
}

export interface OpenGraph {
  graph: DecoderGraph;
  device: string;
  fallback?: string;
}

interface OpenRequest {
  ort: Ort;
  model: string;
  config: ModelConfig;
  layout: GraphLayout;
  bytes: Uint8Array;
  /** Files with weights beside the graph's own. */
  externalData: { path: string; data: Uint8Array }[];
  /** Best first. */
  candidates: readonly Device[];
  /** Always there, and right by definition. */
  reference: Device;
}

/**
 * Opens a graph on the first candidate that starts, computes what the reference computes and is no slower,
 * else on the reference, with the reasons.
 * @throws AppError `unprocessable` when even the reference cannot load it.
 */
export async function openGraph(request: OpenRequest): Promise<OpenGraph> {
  const { candidates, reference } = request;
  const exact = await openOn(request, reference);
  const reasons: string[] = [];
  const opened = (graph: DecoderGraph, { label }: Device): OpenGraph => ({
    graph,
    device: label,
    ...(reasons.length > 0 ? { fallback: reasons.join("; ") } : {}),
  });
  for (const device of candidates) {
    const tried = await tryDevice(request, device, exact);
    if (typeof tried !== "string") {
      await exact.release();
      return opened(tried, device);
    }
    reasons.push(`${device.label}: ${tried}`);
  }
  return opened(exact, reference);
}

/** The graph on the device, or in words why not. */
async function tryDevice(
  request: OpenRequest,
  device: Device,
  exact: DecoderGraph,
): Promise<DecoderGraph | string> {
  const missing = await device.unavailable?.();
  if (missing !== undefined) return missing;
  let graph: DecoderGraph | undefined;
  try {
    graph = await openOn(request, device);
    const wrong =
      (await selfCheck(graph, exact)) ?? (device.demanded ? undefined : await tooSlow(graph, exact));
    if (wrong === undefined) return graph;
    await graph.release();
    return wrong;
  } catch (error) {
    await graph?.release();
    return firstLine(error);
  }
}

async function openOn(request: OpenRequest, device: Device): Promise<DecoderGraph> {
  const { ort, bytes, config, layout, externalData, model } = request;
  let session: Awaited<ReturnType<Ort["InferenceSession"]["create"]>>;
  try {
    const external = externalData.length > 0 ? { externalData } : {};
    session = await ort.InferenceSession.create(bytes, { ...device.options(layout), ...external });
  } catch (cause) {
    throw new AppError("unprocessable", `ONNX Runtime cannot load ${model}: ${firstLine(cause)}`, { cause });
  }
  return new DecoderGraph(ort, session, config, layout);
}

/** Around the tile sizes of graphics kernels: those known to be wrong are so from 32 tokens on. */
const checkedLengths = [8, 31, 32, 64, 113];

/**
 * Largest difference of a logit allowed, relative to the largest logit. A right fp32 kernel stays below 1e-4,
 * the known wrong ones are off by more than 1e-1.
 */
const tolerance = 1e-2;

/** Compares prefill and one decode step at several lengths; says what differs, or nothing. */
export async function selfCheck(graph: DecoderGraph, exact: DecoderGraph): Promise<string | undefined> {
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

/** Small models are often slower on a graphics device, where every operator costs a launch. */
async function tooSlow(graph: DecoderGraph, exact: DecoderGraph): Promise<string | undefined> {
  const [time, reference] = [await stepMs(graph), await stepMs(exact)];
  if (time <= reference) return undefined;
  return `slower here, ${time.toFixed(1)} ms a token instead of ${reference.toFixed(1)}`;
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

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0]?.slice(0, 300) ?? "";
}
