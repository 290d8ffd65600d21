import "server-only";
import * as onnxruntime from "onnxruntime-node";
import type { Ort } from "../core/ort";
import { mappedFolder, readModelFile } from "./model-folder";
import { serverDevices } from "./onnx-devices";
import type { WorkerReply, WorkerRequest } from "./protocol";
import { WorkerRuntime } from "./worker-runtime";
import { workerSettings } from "./worker-settings";

const { choice, threads, memoryLimit } = workerSettings();

const runtime = new WorkerRuntime({
  kind: "server",
  ort: onnxruntime as unknown as Ort,
  ...serverDevices(choice, threads),
  writesInPlace: true,
  prefixBytes: 128 << 20,
  memoryLimit,
  readFile: readModelFile,
  mappedFolder,
  // The runtime answers through setImmediate, which lets messages in already.
  breathe: async () => {},
  post: (reply: WorkerReply) => void process.send?.(reply),
});

process.on("message", (request) => runtime.handle(request as WorkerRequest));
