import * as onnxruntime from "onnxruntime-node";
import { createSession } from "@/lib/inference/core/best-device";
import { DecoderGraph } from "@/lib/inference/core/graph";
import { type GraphFiles, rewritten } from "@/lib/inference/core/graph-files";
import { type GraphLayout, readGraphLayout } from "@/lib/inference/core/graph-layout";
import { type ModelConfig, readModelConfig } from "@/lib/inference/core/model-config";
import { readOnnxFile } from "@/lib/inference/core/onnx-file";
import type { Ort } from "@/lib/inference/core/ort";
import { withFreshCache } from "@/lib/inference/core/rewrite/fresh-cache";
import { type GraphOptions, randomGraph } from "./support";

const ort = onnxruntime as unknown as Ort;

/** A decoder of random weights on this process's CPU, and the files it came from. */
export interface OpenGraph {
  graph: DecoderGraph;
  config: ModelConfig;
  files: GraphFiles;
}

export async function openRandomGraph(options: GraphOptions, context: number): Promise<OpenGraph> {
  const { graph: bytes, external, config: json } = await randomGraph(options, context);
  const manifest = { name: "generated", context } as Parameters<typeof readModelConfig>[0];
  const config = { ...readModelConfig(manifest, json, undefined, undefined), endTokens: new Set<number>() };
  const beside = options.externalData ? [{ path: options.externalData, data: external }] : [];
  const files = { name: "model.onnx", bytes, beside };
  const layout = readGraphLayout(readOnnxFile(bytes, "generated"), config, "generated");
  return { graph: await open({ bytes, externalData: beside }, config, layout), config, files };
}

/** The same decoder, rewritten. @throws with the reason why it was left alone */
export async function freshGraph({ graph, config, files }: OpenGraph): Promise<DecoderGraph> {
  const fresh = withFreshCache(files.bytes, files.name, graph.layout);
  if ("reason" in fresh) throw new Error(fresh.reason);
  return open(rewritten(files, fresh.bytes), config, fresh.layout);
}

async function open(
  weights: ReturnType<typeof rewritten>,
  config: ModelConfig,
  layout: GraphLayout,
): Promise<DecoderGraph> {
  const options = { executionProviders: ["cpu"], intraOpNumThreads: 1 };
  return new DecoderGraph(
    ort,
    await createSession({ ort, model: "generated", ...weights }, options),
    config,
    layout,
  );
}
