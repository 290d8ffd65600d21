import { AppError } from "@/lib/core";
import { builtInModels } from "../built-in";
import { type ChatEngine, type ModelManifest, modelManifest } from "../schema";
import type { EngineStatus } from "../status";
import { deviceLost, type ModelSource, type WorkerReply, type WorkerRequest } from "./protocol";
import { canShareTabs, TabLink } from "./tab-link";
import { WorkerHost, type WorkerLink, type WorkerListener } from "./worker-host";

export interface BrowserEngine extends ChatEngine {
  /** The models this browser can run. */
  models(): Promise<ModelManifest[]>;
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
  const manifests = new Map<string, Promise<ModelManifest>>();
  const manifestOf = (model: string): Promise<ModelManifest> => {
    const known = manifests.get(model) ?? fetchManifest(model);
    manifests.set(model, known);
    known.catch(() => manifests.delete(model));
    return known;
  };
  const host = new WorkerHost({
    kind: "browser",
    device: typeof navigator !== "undefined" && "gpu" in navigator ? "WebGPU" : "WASM",
    threads: threadsHere(),
    spawn: (listener) => {
      const start = (own: WorkerListener) => startWorker(device, own);
      return canShareTabs() ? new TabLink(`tessera-inference-1-${device}`, start, listener) : start(listener);
    },
    resolve: async (model): Promise<ModelSource> => ({
      manifest: await manifestOf(model),
      base: `/models/${model}`,
    }),
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
    models: () => Promise.all(builtInModels.map(manifestOf)),
    status,
    subscribe,
    async load(model, onProgress) {
      const unsubscribe = subscribe(() => {
        const progress = status().models.find((entry) => entry.name === model)?.progress;
        if (progress !== undefined) onProgress?.(progress);
      });
      try {
        await host.load(model);
      } finally {
        unsubscribe();
      }
    },
  };
}

async function fetchManifest(model: string): Promise<ModelManifest> {
  const name = modelManifest.shape.name.safeParse(model);
  const response = name.success
    ? await fetch(`/models/${name.data}/tessera.json`, { cache: "no-cache" }).catch((cause: unknown) => {
        throw new AppError("unavailable", `${model} could not be fetched from the workbench.`, { cause });
      })
    : undefined;
  if (!response?.ok)
    throw new AppError("not_found", `There is no model ${model} for this browser.`, { param: "model" });
  const manifest = modelManifest.safeParse(await response.json());
  if (!manifest.success) throw new AppError("unprocessable", `${model}: tessera.json is not understood.`);
  return manifest.data;
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
