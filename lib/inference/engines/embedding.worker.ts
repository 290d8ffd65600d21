import "server-only";
import { setImmediate as breathe } from "node:timers/promises";
import * as onnxruntime from "onnxruntime-node";
import type { Ort } from "../core/ort";
import type { EmbeddingReply, EmbeddingRequest } from "./embedding-protocol";
import { EmbeddingRuntime } from "./embedding-runtime";
import { mappedFolder, readModelFile } from "./model-folder";
import { serverDevices } from "./onnx-devices";
import { workerSettings } from "./worker-settings";

const { choice, threads, memoryLimit } = workerSettings();

const runtime = new EmbeddingRuntime({
  ort: onnxruntime as unknown as Ort,
  ...serverDevices(choice, threads),
  threads,
  memoryLimit,
  readFile: readModelFile,
  mappedFolder,
  breathe: () => breathe(),
  post: (reply: EmbeddingReply) => void process.send?.(reply),
});

process.on("message", (request) => runtime.handle(request as EmbeddingRequest));
