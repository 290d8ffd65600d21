import "server-only";
import type { ChildProcess } from "node:child_process";
import { log, single } from "@/lib/core/server";
import { serverModelSource } from "../manifests";
import { onProcessor } from "../model-weights";
import type { EngineStatus } from "../status";
import { embeddingEngine } from "./embedding";
import { freeForModels, startProcess } from "./onnx-process";
import type { ModelSource, WorkerReply, WorkerRequest } from "./protocol";
import { sessionThreads } from "./session-threads";
import { type HostOptions, WorkerHost } from "./worker-host";

interface OnnxOptions
  extends Partial<Pick<HostOptions, "maxRunning" | "maxWaiting" | "cooldownMs" | "onStatus">> {
  resolve?(model: string): Promise<ModelSource>;
  /** Bytes that models may take together; else what is free when the worker starts, less a fifth. */
  memoryLimit?: number;
  /** Sees every worker that is started. */
  onWorker?(worker: ChildProcess): void;
}

/** The server's ONNX engine: models run in one worker process, started with the first call. */
export function onnxEngine(): WorkerHost {
  return single("inference.onnx", () => createOnnxEngine());
}

/** What the server's ONNX engine is doing, with the models of the embedding worker. */
export function engineStatus(): EngineStatus {
  const status = onnxEngine().status();
  return { ...status, models: [...status.models, ...embeddingEngine().models()] };
}

/** An engine of its own, with its own worker. */
export function createOnnxEngine(options: OnnxOptions = {}): WorkerHost {
  const threads = sessionThreads();
  return new WorkerHost({
    kind: "server",
    device: "CPU",
    threads,
    resolve: async (model) => {
      const source = await serverModelSource(model);
      return { ...source, manifest: onProcessor(source.manifest) };
    },
    onBug: (error) => log.error("The ONNX engine failed.", { error }),
    ...options,
    spawn: (listener) =>
      startProcess<WorkerRequest, WorkerReply>(
        "onnx.mjs",
        { threads, memoryLimit: options.memoryLimit ?? freeForModels() },
        listener,
        options.onWorker,
      ),
  });
}
