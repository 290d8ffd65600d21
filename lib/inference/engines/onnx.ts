import "server-only";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { resolve } from "node:path";
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
  /** Bytes that models may take together; else what is free when the worker starts, less a fifth. */
  memoryLimit?: number;
  /** Sees every worker that is started. */
  onWorker?(worker: ChildProcess): void;
}

/** The server's ONNX engine: models run in one worker process, started with the first call. */
export function onnxEngine(): WorkerHost {
  return single("inference.onnx", () => createOnnxEngine());
}

/** What the server's ONNX engine is doing. */
export function engineStatus(): EngineStatus {
  return onnxEngine().status();
}

/** An engine of its own, with its own worker. */
export function createOnnxEngine(options: OnnxOptions = {}): WorkerHost {
  const threads = sessionThreads();
  return new WorkerHost({
    kind: "server",
    device: "CPU",
    threads,
    resolve: serverModelSource,
    onBug: (error) => log.error("The ONNX engine failed.", { error }),
    ...options,
    spawn: (listener) =>
      startWorker(
        { threads, memoryLimit: options.memoryLimit ?? freeForModels() },
        listener,
        options.onWorker,
      ),
  });
}

/** Only what a runtime needs to find its libraries and devices: no secrets of the workbench. */
const inherited =
  /^(PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|TZ|LANG|LC_.*|CUDA_.*|NVIDIA_.*|VK_.*|XDG_.*)$/i;

/** A process and not a thread: a failure in native code would end the whole server with a thread (docs/decisions/0004). */
function startWorker(
  settings: { threads: number; memoryLimit: number },
  listener: WorkerListener,
  onWorker?: (worker: ChildProcess) => void,
): WorkerLink {
  // Asked of the process, because Next's bundler follows every path given to a fork that it can see.
  const { fork } = process.getBuiltinModule("node:child_process");
  const worker = fork(workerFile(), [JSON.stringify({ choice: env().ONNX_DEVICE, ...settings })], {
    serialization: "advanced",
    execArgv: [],
    env: {
      NODE_ENV: process.env.NODE_ENV,
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.test(name))),
    },
  });
  let reason = "";
  worker.on("message", (reply) => listener.onReply(reply as WorkerReply));
  worker.on("error", (error: Error) => {
    reason = error.message;
    log.error("The ONNX worker failed.", { error });
    // A process that could not be started has no exit.
    if (worker.pid === undefined) listener.onEnd(reason);
  });
  worker.on("exit", (code, signal) => listener.onEnd(reason || signal || `exit ${code}`));
  const hold = (held: boolean) => {
    if (held) worker.ref();
    else worker.unref();
    if (held) worker.channel?.ref();
    else worker.channel?.unref();
  };
  hold(false);
  onWorker?.(worker);
  return {
    // A worker that is gone answers with its exit.
    post: (request: WorkerRequest) => void worker.send(request, () => undefined),
    hold,
    close: async () => {
      if (worker.pid === undefined || worker.exitCode !== null || worker.signalCode !== null) return;
      const ended = once(worker, "exit");
      worker.ref();
      worker.kill("SIGKILL");
      await ended;
    },
  };
}

/** Bytes. A container's own limit counts where there is one. */
function freeForModels(): number {
  const allowed = process.constrainedMemory();
  return 0.8 * (allowed > 0 && allowed < totalmem() ? Math.min(allowed, freemem()) : freemem());
}

/** @throws AppError `unavailable` when the workers were not built */
function workerFile(): string {
  const file = resolve(process.cwd(), process.env.TESSERA_WORKERS_DIR ?? "dist/workers", "onnx.mjs");
  if (!existsSync(file))
    throw new AppError("unavailable", "The ONNX worker is not built: npm start builds it.");
  return file;
}
