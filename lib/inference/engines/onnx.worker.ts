import "server-only";
import { parentPort, workerData } from "node:worker_threads";
import * as onnxruntime from "onnxruntime-node";
import { z } from "zod";
import type { Ort } from "../core/ort";
import { readModelFile } from "./model-folder";
import { serverDevices } from "./onnx-devices";
import type { WorkerReply, WorkerRequest } from "./protocol";
import { WorkerRuntime } from "./worker-runtime";

const settings = z.object({
  choice: z.enum(["auto", "cuda", "webgpu", "cpu"]),
  threads: z.number().int().min(1),
});

const port = parentPort;
if (!port) throw new Error("This file runs in a worker thread.");
const { choice, threads } = settings.parse(workerData);

const runtime = new WorkerRuntime({
  kind: "server",
  ort: onnxruntime as unknown as Ort,
  ...serverDevices(choice, threads),
  readFile: readModelFile,
  // The runtime answers through setImmediate, which lets messages in already.
  breathe: async () => {},
  post: (reply: WorkerReply) => port.postMessage(reply),
});

port.on("message", (request: WorkerRequest) => runtime.handle(request));
