import "server-only";
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
  memoryLimit: z.number().positive(),
});

if (!process.send) throw new Error("This file runs in a worker process.");
const { choice, threads, memoryLimit } = settings.parse(JSON.parse(process.argv[2] ?? "{}"));

const runtime = new WorkerRuntime({
  kind: "server",
  ort: onnxruntime as unknown as Ort,
  ...serverDevices(choice, threads),
  writesInPlace: true,
  prefixBytes: 128 << 20,
  memoryLimit,
  readFile: readModelFile,
  // The runtime answers through setImmediate, which lets messages in already.
  breathe: async () => {},
  post: (reply: WorkerReply) => void process.send?.(reply),
});

process.on("message", (request) => runtime.handle(request as WorkerRequest));
// Ends with the server, however that ended, and not before it: Ctrl-C reaches the whole group.
process.on("disconnect", () => process.exit());
process.on("SIGINT", () => undefined);
