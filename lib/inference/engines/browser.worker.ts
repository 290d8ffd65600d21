import * as onnxruntime from "onnxruntime-web/webgpu";
import type { Device } from "../core/best-device";
import type { Ort } from "../core/ort";
import { messageBreathe } from "./breathe";
import { readModelFile } from "./browser-files";
import { deviceLost, type WorkerReply, type WorkerRequest } from "./protocol";
import { WorkerRuntime } from "./worker-runtime";

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

/**
 * `?device=webgpu` takes WebGPU whenever it is right, `wasm` never, `lost` no more; else the faster one is taken.
 * `?threads` is for WASM.
 */
const settings = new URL(scope.location.href).searchParams;
const choice = settings.get("device") ?? "auto";

const runtimeFile = "/ort/ort-wasm-simd-threaded.asyncify";
onnxruntime.env.wasm.wasmPaths = { mjs: `${runtimeFile}.mjs`, wasm: `${runtimeFile}.wasm` };
onnxruntime.env.wasm.numThreads = scope.crossOriginIsolated ? Number(settings.get("threads") ?? 1) : 1;
onnxruntime.env.logLevel = "error";

const wasm: Device = {
  label: "WASM",
  options: () => ({ executionProviders: ["wasm"], graphOptimizationLevel: "all", logSeverityLevel: 3 }),
};

const webgpu: Device = {
  label: "WebGPU",
  demanded: choice === "webgpu",
  // Keys and values stay on the device; only logits come back.
  options: ({ cache }) => ({
    executionProviders: ["webgpu"],
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    preferredOutputLocation: Object.fromEntries(cache.map(({ present }) => [present, "gpu-buffer"])),
  }),
  unavailable: async () => {
    if (choice === "lost") return `${deviceLost} before`;
    if (!navigator.gpu) return "this browser does not offer it to this page";
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) return "no graphics adapter was found";
    if (adapter.info.isFallbackAdapter && choice !== "webgpu") return "only a software adapter was found";
    return undefined;
  },
};

let isWatched = false;

/** A device that is gone may never answer a run again: the worker ends, and the next one asks for a new device. */
async function watchDevice(): Promise<never> {
  const device = await onnxruntime.env.webgpu.device;
  const { message } = await device.lost;
  throw new Error(`${deviceLost}: ${message}`);
}

const runtime = new WorkerRuntime({
  kind: "browser",
  ort: onnxruntime as unknown as Ort,
  candidates: choice === "wasm" ? [] : [webgpu],
  reference: wasm,
  // The runtime copies between its own memory and ours.
  writesInPlace: false,
  prefixBytes: 32 << 20,
  // WebAssembly addresses 4 GiB at most, weights and all else together.
  memoryLimit: 3 * 2 ** 30,
  readFile: readModelFile,
  // The WASM runtime answers in microtasks, which would keep messages out.
  breathe: messageBreathe(),
  post: (reply: WorkerReply) => {
    if (reply.type === "model" && reply.status.device === webgpu.label && !isWatched) {
      isWatched = true;
      void watchDevice();
    }
    scope.postMessage(reply);
  },
});

scope.addEventListener("message", (event: MessageEvent<WorkerRequest>) => runtime.handle(event.data));

// A rejection nobody handles would leave callers waiting; as an error it ends the worker and the page learns of it.
scope.addEventListener("unhandledrejection", (event) => {
  setTimeout(() => {
    throw event.reason;
  });
});
