"use client";
import { useQuery } from "@tanstack/react-query";

interface BrowserDevice {
  device: "WebGPU" | "WASM";
  /** Gigabytes as the browser tells them, rounded by it; absent where it does not say. */
  memoryGb: number | undefined;
}

interface Told {
  deviceMemory?: number;
  gpu?: { requestAdapter(): Promise<unknown> };
}

async function detect(): Promise<BrowserDevice> {
  const told: Told = navigator as Navigator & Told;
  const adapter = await told.gpu?.requestAdapter().catch(() => null);
  return { device: adapter ? "WebGPU" : "WASM", memoryGb: told.deviceMemory };
}

/** What this browser can run models on. */
export function useBrowserDevice(): BrowserDevice | undefined {
  return useQuery({ queryKey: ["browser-device"], queryFn: detect, staleTime: Number.POSITIVE_INFINITY })
    .data;
}
