import "server-only";
import type { ChildProcess, Serializable } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { resolve } from "node:path";
import { AppError } from "@/lib/core";
import { env, log } from "@/lib/core/server";

/** A running worker process as its host sees it. */
export interface ProcessLink<Request> {
  post(request: Request): void;
  /** True while answers are awaited: the server must not end. */
  hold(held: boolean): void;
  close(): Promise<void>;
}

export interface ProcessListener<Reply> {
  onReply(reply: Reply): void;
  /** The worker is gone. Never called before `startProcess` has returned. */
  onEnd(reason: string): void;
}

/** Only what a runtime needs to find its libraries and devices: no secrets of the workbench. */
const inherited =
  /^(PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|TZ|LANG|LC_.*|CUDA_.*|NVIDIA_.*|VK_.*|XDG_.*)$/i;

/** A process and not a thread: a failure in native code would end the whole server with a thread (docs/decisions/0004). */
export function startProcess<Request extends Serializable, Reply>(
  file: string,
  settings: { threads: number; memoryLimit: number },
  listener: ProcessListener<Reply>,
  onWorker?: (worker: ChildProcess) => void,
): ProcessLink<Request> {
  // Asked of the process, because Next's bundler follows every path given to a fork that it can see.
  const { fork } = process.getBuiltinModule("node:child_process");
  const worker = fork(workerFile(file), [JSON.stringify({ choice: env().ONNX_DEVICE, ...settings })], {
    serialization: "advanced",
    execArgv: [],
    env: {
      NODE_ENV: process.env.NODE_ENV,
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.test(name))),
    },
  });
  let reason = "";
  worker.on("message", (reply) => listener.onReply(reply as Reply));
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
    post: (request) => void worker.send(request, () => undefined),
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
export function freeForModels(): number {
  const allowed = process.constrainedMemory();
  return 0.8 * (allowed > 0 && allowed < totalmem() ? Math.min(allowed, freemem()) : freemem());
}

/** @throws AppError `unavailable` when the workers were not built */
function workerFile(name: string): string {
  const file = resolve(process.cwd(), process.env.TESSERA_WORKERS_DIR ?? "dist/workers", name);
  if (!existsSync(file))
    throw new AppError("unavailable", "The ONNX worker is not built: npm start builds it.");
  return file;
}
