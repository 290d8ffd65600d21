import { AppError } from "@/lib/core";
import type { GraphLayout } from "./graph-layout";
import type { Ort, OrtSession, SessionOptions } from "./ort";

/** A way to run a graph. */
export interface Device<Layout = GraphLayout> {
  /** As shown: `CPU`, `CUDA`, `WebGPU`, `WASM`. */
  label: string;
  options(layout: Layout): SessionOptions;
  /** Why this machine cannot have it, found out without starting it. */
  unavailable?(): Promise<string | undefined>;
  /** Asked for by name: taken when it is right, however slow. */
  demanded?: boolean;
}

/** A graph as it was opened. */
export interface Opened<Graph> {
  graph: Graph;
  device: string;
  fallback?: string;
}

interface Opening<Graph, Layout> {
  /** Best first. */
  candidates: readonly Device<Layout>[];
  /** Always there, and right by definition. */
  reference: Device<Layout>;
  open(device: Device<Layout>): Promise<Graph>;
  /** Says what a graph computes differently from the reference, or nothing. */
  check(graph: Graph, exact: Graph): Promise<string | undefined>;
  /** Milliseconds of a piece of its usual work, and how that is called. */
  timeMs(graph: Graph): Promise<number>;
  unit: string;
}

/**
 * Opens a graph on the first candidate that starts, computes what the reference computes and is no slower,
 * else on the reference, with the reasons.
 * @throws what `open` throws for the reference
 */
export async function openOnBest<Graph extends { release(): Promise<void> }, Layout>(
  opening: Opening<Graph, Layout>,
): Promise<Opened<Graph>> {
  const { candidates, reference } = opening;
  const exact = await opening.open(reference);
  const reasons: string[] = [];
  const opened = (graph: Graph, { label }: Device<Layout>): Opened<Graph> => ({
    graph,
    device: label,
    ...(reasons.length > 0 ? { fallback: reasons.join("; ") } : {}),
  });
  for (const device of candidates) {
    const tried = await tryDevice(opening, device, exact);
    if (typeof tried !== "string") {
      await exact.release();
      return opened(tried, device);
    }
    const reason = `${device.label}: ${tried}`;
    if (!reasons.includes(reason)) reasons.push(reason);
  }
  return opened(exact, reference);
}

/** The graph on the device, or in words why not. */
async function tryDevice<Graph extends { release(): Promise<void> }, Layout>(
  opening: Opening<Graph, Layout>,
  device: Device<Layout>,
  exact: Graph,
): Promise<Graph | string> {
  const missing = await device.unavailable?.();
  if (missing !== undefined) return missing;
  let graph: Graph | undefined;
  try {
    graph = await opening.open(device);
    const wrong =
      (await opening.check(graph, exact)) ??
      (device.demanded ? undefined : await tooSlow(opening, graph, exact));
    if (wrong === undefined) return graph;
    await graph.release();
    return wrong;
  } catch (error) {
    await graph?.release();
    return firstLine(error);
  }
}

/** Small models are often slower on a graphics device, where every operator costs a launch. */
async function tooSlow<Graph, Layout>(
  { timeMs, unit }: Opening<Graph, Layout>,
  graph: Graph,
  exact: Graph,
): Promise<string | undefined> {
  const [time, reference] = [await timeMs(graph), await timeMs(exact)];
  if (time <= reference) return undefined;
  return `slower here, ${time.toFixed(1)} ms a ${unit} instead of ${reference.toFixed(1)}`;
}

/** A graph's file with the weights beside it, ready for the runtime. */
export interface GraphBytes {
  ort: Ort;
  model: string;
  bytes: Uint8Array;
  externalData: { path: string; data: Uint8Array }[];
  /** Where files of the names of `externalData` lie: the runtime maps them from there if it can. */
  folder?: string;
}

/** @throws AppError `unprocessable` in the runtime's words */
export async function createSession(
  { ort, model, bytes, externalData, folder }: GraphBytes,
  options: SessionOptions,
): Promise<OrtSession> {
  if (folder !== undefined) {
    const extra = { session: { model_external_initializers_file_folder_path: folder } };
    const mapped = await ort.InferenceSession.create(bytes, { ...options, extra }).catch(() => undefined);
    if (mapped) return mapped;
  }
  const external = externalData.length > 0 ? { externalData } : {};
  try {
    return await ort.InferenceSession.create(bytes, { ...options, ...external });
  } catch (cause) {
    throw new AppError("unprocessable", `ONNX Runtime cannot load ${model}: ${firstLine(cause)}`, { cause });
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n", 1)[0]?.slice(0, 300) ?? "";
}
