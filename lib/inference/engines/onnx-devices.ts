import "server-only";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Device } from "../core/best-device";
import type { GraphLayout } from "../core/graph-layout";

export type DeviceChoice = "auto" | "cuda" | "webgpu" | "cpu";

/** Devices to try for ONNX_DEVICE, best first; the CPU is always behind them. */
export function serverDevices(
  choice: DeviceChoice,
  threads: number,
): { candidates: Device<unknown>[]; reference: Device<unknown> } {
  const base = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
  };
  const cuda: Device<unknown> = {
    label: "CUDA",
    demanded: choice === "cuda",
    options: () => ({ ...base, executionProviders: ["cuda"] }),
    unavailable: async () => (cudaProvider() ? undefined : "ONNX Runtime's CUDA libraries are not installed"),
  };
  const webgpu: Device<unknown> = {
    label: "WebGPU",
    demanded: choice === "webgpu",
    options: () => ({ ...base, executionProviders: ["webgpu"] }),
    unavailable: async () => (hasGraphicsDevice() ? undefined : "no graphics device was found"),
  };
  // Keys and values stay on the device where the runtime can leave them there; only logits come back.
  const webgpuKeeping: Device<unknown> = {
    ...webgpu,
    options: (layout) => ({
      ...webgpu.options(layout),
      preferredOutputLocation: Object.fromEntries(cacheOutputs(layout).map((name) => [name, "gpu-buffer"])),
    }),
  };
  const onWebgpu = [webgpuKeeping, webgpu];
  const cpu: Device<unknown> = { label: "CPU", options: () => ({ ...base, executionProviders: ["cpu"] }) };
  const candidates = { auto: [cuda, ...onWebgpu], cuda: [cuda], webgpu: onWebgpu, cpu: [] }[choice];
  return { candidates, reference: cpu };
}

/** Of a decoder; an encoder keeps nothing. */
function cacheOutputs(layout: unknown): string[] {
  const { cache = [] } = layout as Partial<GraphLayout>;
  return cache.map(({ present }) => present);
}

function cudaProvider(): boolean {
  const runtime = dirname(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"));
  const folder = join(runtime, "bin/napi-v6", process.platform, process.arch);
  return (
    existsSync(folder) && readdirSync(folder).some((file) => file.includes("onnxruntime_providers_cuda"))
  );
}

/** Starting a graphics stack where there is none may end the process, so look before. */
function hasGraphicsDevice(): boolean {
  if (process.platform !== "linux") return true;
  return ["/dev/dri", "/dev/nvidia0", "/dev/dxg"].some(existsSync);
}
