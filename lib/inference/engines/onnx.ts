import "server-only";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Worker } from "node:worker_threads";
import { AppError } from "@/lib/core";
import { env, log, single } from "@/lib/core/server";
import { serverModelSource } from "../manifests";
import type { EngineStatus } from "../status";
import type { ModelSource, WorkerReply, WorkerRequest } from "./protocol";
import { sessionThreads } from "./session-threads";
import { type HostOptions, WorkerHost, type WorkerLink, type WorkerListener } from "./worker-host";

interface OnnxOptions
  extends Partial<Pick<HostOptions, "maxRunning" | "maxWaiting" | "cooldownMs" | "onStatus">> {
  resolve?(model: string): Promise<ModelSource>;
  /** Sees every worker thread that is started. */
  onWorker?(worker: Worker): void;
}

/** The server's ONNX engine: models run in one worker thread, started with the first call. */
export function onnxEngine(): WorkerHost {
  return single("inference.onnx", () => createOnnxEngine());
}

/** What the server's ONNX engine is doing. */
export function engineStatus(): EngineStatus {
  return onnxEngine().status();
}

/** An engine of its own, with its own worker thread. */
export function createOnnxEngine(options: OnnxOptions = {}): WorkerHost {
  const threads = sessionThreads();
  return new WorkerHost({
    kind: "server",
    device: "CPU",
    threads,
    resolve: serverModelSource,
    onBug: (error) => log.error("The ONNX engine failed.", { error }),
    ...options,
    spawn: (listener) => startThread(threads, listener, options.onWorker),
  });
}

function startThread(
  threads: number,
  listener: WorkerListener,
  onWorker?: (worker: Worker) => void,
): WorkerLink {
  // Asked of the process, because Next's bundler rewrites every `new Worker` that it can see.
  const { Worker: Thread } = process.getBuiltinModule("node:worker_threads");
  const worker = new Thread(workerFile(), {
    workerData: { choice: env().ONNX_DEVICE, threads },
    name: "onnx",
  });
  let reason = "";
  worker.on("message", (reply: WorkerReply) => listener.onReply(reply));
  worker.on("error", (error: Error) => {
    reason = error.message;
    log.error("The ONNX worker failed.", { error });
  });
  worker.on("exit", (code) => listener.onEnd(reason || `exit ${code}`));
  worker.unref();
  onWorker?.(worker);
  return {
    post: (request: WorkerRequest) => worker.postMessage(request),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** @throws AppError `unavailable` when the workers were not built */
function workerFile(): string {
  const file = resolve(process.cwd(), process.env.TESSERA_WORKERS_DIR ?? "dist/workers", "onnx.mjs");
  if (!existsSync(file))
    throw new AppError("unavailable", "The ONNX worker is not built: npm start builds it.");
  return file;
}
