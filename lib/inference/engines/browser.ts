import { isAppError } from "@/lib/core";
import type { ChatEngine } from "../schema";
import type { EngineStatus } from "../status";
import { fetchSource } from "./browser-source";
import { deviceLost, type ModelSource, type WorkerReply, type WorkerRequest } from "./protocol";
import { canShareTabs, TabLink } from "./tab-link";
import { WorkerHost, type WorkerLink, type WorkerListener } from "./worker-host";

export interface BrowserEngine extends ChatEngine {
  /** Fetches and opens a model ahead of its first call; `onProgress` takes the share read, 0 to 1. @throws AppError */
  load(model: string, onProgress?: (share: number) => void): Promise<void>;
  /** The same object until something changes. */
  status(): EngineStatus;
  subscribe(listener: () => void): () => void;
}

let engine: BrowserEngine | undefined;

/** This page's engine: models run in a worker of this browser, and prompts stay here. */
export function browserEngine(): BrowserEngine {
  engine ??= createBrowserEngine();
  return engine;
}

/** An engine of its own. `auto` takes the faster of the devices that compute rightly. */
export function createBrowserEngine(device: "auto" | "webgpu" | "wasm" = "auto"): BrowserEngine {
  const listeners = new Set<() => void>();
  const sources = new Map<string, Promise<ModelSource>>();
  const sourceOf = (model: string): Promise<ModelSource> => {
    const known = sources.get(model) ?? fetchSource(model);
    sources.set(model, known);
    known.catch(() => sources.delete(model));
    return known;
  };
  /** A model may have been imported anew since; without the workbench the known one still runs. */
  const refresh = async (model: string) => {
    const known = sources.get(model);
    sources.delete(model);
    await sourceOf(model).catch((error: unknown) => {
      if (known && isAppError(error) && error.code === "unavailable") sources.set(model, known);
      else throw error;
    });
  };
  const host = new WorkerHost({
    kind: "browser",
    device: typeof navigator !== "undefined" && "gpu" in navigator ? "WebGPU" : "WASM",
    threads: threadsHere(),
    spawn: (listener) => {
      const start = (own: WorkerListener) => startWorker(device, own);
      return canShareTabs() ? new TabLink(`tessera-inference-1-${device}`, start, listener) : start(listener);
    },
    resolve: sourceOf,
    onBug: (error) => reportError(error),
    onStatus: () => {
      snapshot = undefined;
      for (const listener of listeners) listener();
    },
  });
  let snapshot: EngineStatus | undefined;
  const status = () => {
    snapshot ??= host.status();
    return snapshot;
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    chat: (call, signal) => host.chat(call, signal),
    status,
    subscribe,
    async load(model, onProgress) {
      const unsubscribe = subscribe(() => {
        const progress = status().models.find((entry) => entry.name === model)?.progress;
        if (progress !== undefined) onProgress?.(progress);
      });
      try {
        await refresh(model);
        await host.load(model);
      } finally {
        unsubscribe();
      }
    },
  };
}

/** Half of what the browser tells, which counts hyperthreads; more than one needs a page isolated from other origins. */
function threadsHere(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(4, Math.floor(navigator.hardwareConcurrency / 2)));
}

/** A graphics device that was lost twice would be lost again: the next worker does without. */
const mostLosses = 2;
let losses = 0;

function startWorker(device: string, listener: WorkerListener): WorkerLink {
  const settings = new URLSearchParams({
    device: losses < mostLosses ? device : "lost",
    threads: String(threadsHere()),
  });
  const worker = new Worker(`/workers/inference.js?${settings}`, { type: "module", name: "inference" });
  const end = (reason: string) => {
    worker.terminate();
    if (reason.includes(deviceLost)) losses++;
    listener.onEnd(reason, !reason.includes(deviceLost));
  };
  worker.addEventListener("message", (event: MessageEvent<WorkerReply>) => listener.onReply(event.data));
  worker.addEventListener("error", (event) => end(event.message || "its script could not be started"));
  worker.addEventListener("messageerror", () => end("a message could not be read"));
  return {
    post: (request: WorkerRequest) => worker.postMessage(request),
    hold: () => {},
    close: async () => worker.terminate(),
  };
}
