"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

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

/** What this browser offers to run models on. */
export function useBrowserDevice(): BrowserDevice | undefined {
  return useQuery({ queryKey: ["browser-device"], queryFn: detect, staleTime: Number.POSITIVE_INFINITY })
    .data;
}

interface BrowserLoad {
  /** The device that a loaded model really took. */
  device: string | undefined;
  busy: number;
}

/** What this page's engine does now; its code is fetched after the page stands. */
export function useBrowserLoad(): BrowserLoad {
  const [load, setLoad] = useState<BrowserLoad>({ device: undefined, busy: 0 });
  useEffect(() => {
    let over = false;
    let unsubscribe = () => {};
    const start = async () => {
      const { browserEngine } = await import("@/lib/inference/client");
      if (over) return;
      const engine = browserEngine();
      const read = () => {
        const { busy, models } = engine.status();
        const device = models.find((model) => model.state === "ready")?.device;
        setLoad((before) => (before.busy === busy && before.device === device ? before : { busy, device }));
      };
      unsubscribe = engine.subscribe(read);
      read();
    };
    void start();
    return () => {
      over = true;
      unsubscribe();
    };
  }, []);
  return load;
}
