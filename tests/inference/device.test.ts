import * as onnxruntime from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import type { Device } from "@/lib/inference/core/best-device";
import { openGraph } from "@/lib/inference/core/device";
import { readGraphLayout } from "@/lib/inference/core/graph-layout";
import { readModelConfig } from "@/lib/inference/core/model-config";
import { readOnnxFile } from "@/lib/inference/core/onnx-file";
import type { Ort, OrtSession, OrtTensor } from "@/lib/inference/core/ort";
import { readModelFile } from "@/lib/inference/engines/model-folder";
import { serverDevices } from "@/lib/inference/engines/onnx-devices";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import { randomModel, scratchFolder } from "./support";

const ort = onnxruntime as unknown as Ort;
const cpu: Device = { label: "CPU", options: () => ({ executionProviders: ["cpu"] }) };

let source: ModelSource;
beforeAll(async () => {
  source = await randomModel(await scratchFolder(), "checked", 128);
});

async function open(candidates: Device[], runtime: Ort = ort) {
  const file = (path: string) => readModelFile(source, path, () => {});
  const json = JSON.parse(new TextDecoder().decode(await file("config.json")));
  const config = readModelConfig(source.manifest, json, undefined, 2);
  const bytes = await file("onnx/model.onnx");
  const opened = await openGraph({
    ort: runtime,
    model: "checked",
    config,
    layout: readGraphLayout(readOnnxFile(bytes, "checked"), config, "checked"),
    bytes,
    externalData: [],
    candidates,
    reference: cpu,
  });
  await opened.graph.release();
  return { device: opened.device, fallback: opened.fallback };
}

/** The runtime with sessions of one kind that change their logits, as a broken kernel would. */
function brokenFor(label: string, change: (logits: Float32Array, tokens: number) => void): Ort {
  return {
    Tensor: ort.Tensor,
    InferenceSession: {
      async create(model, options) {
        const session = await ort.InferenceSession.create(model, { executionProviders: ["cpu"] });
        if (options.label !== label) return session;
        const run = async (feeds: Record<string, OrtTensor>) => {
          const tokens = feeds.input_ids?.dims[1] ?? 0;
          const outputs = await session.run(feeds);
          change(outputs.logits?.data as Float32Array, tokens);
          return outputs;
        };
        return new Proxy<OrtSession>(session, {
          get: (target, key) => (key === "run" ? run : Reflect.get(target, key, target)),
        });
      },
    },
  };
}

const twin = (more: Partial<Device> = {}): Device => ({
  label: "Twin",
  demanded: true,
  options: () => ({ label: "Twin" }),
  ...more,
});

describe("openGraph", () => {
  it("takes a device that computes what the reference computes", async () => {
    expect(
      await open(
        [twin()],
        brokenFor("Twin", () => {}),
      ),
    ).toEqual({ device: "Twin", fallback: undefined });
  });

  it("falls back, with the reason, from one that is wrong from 32 tokens on", async () => {
    const wrong = brokenFor("Twin", (logits, tokens) => {
      if (tokens >= 32) logits[5] = (logits[5] ?? 0) + 1.4;
    });
    const { device, fallback } = await open([twin()], wrong);
    expect(device).toBe("CPU");
    expect(fallback).toMatch(/^Twin: its logits differ from the reference by \d+\.\d % after 32 tokens$/);
  });

  it("falls back from one that gives no numbers", async () => {
    const broken = brokenFor("Twin", (logits) => logits.fill(Number.NaN));
    expect((await open([twin()], broken)).fallback).toMatch(/^Twin: its logits differ/);
  });

  it("falls back from one that is right but slower, unless it was demanded", async () => {
    const slow = brokenFor("Twin", () => {
      const until = performance.now() + 30;
      while (performance.now() < until);
    });
    expect((await open([twin({ demanded: false })], slow)).fallback).toMatch(
      /^Twin: slower here, [\d.]+ ms a token instead of/,
    );
    expect((await open([twin()], slow)).device).toBe("Twin");
  });

  it("goes from one to the next and keeps every reason", async () => {
    const absent: Device = { ...twin(), label: "Absent", unavailable: async () => "not on this machine" };
    const failing: Device = {
      label: "Failing",
      options: () => ({ executionProviders: ["no-such-provider"] }),
    };
    const { device, fallback } = await open([absent, failing]);
    expect(device).toBe("CPU");
    expect(fallback).toMatch(/^Absent: not on this machine; Failing: ONNX Runtime cannot load checked: .+/);
  });
});

describe("serverDevices", () => {
  it("tries what was asked for, and always has the CPU behind it", () => {
    const labels = (choice: Parameters<typeof serverDevices>[0]) =>
      serverDevices(choice, 1).candidates.map((device) => device.label);
    expect(labels("auto")).toEqual(["CUDA", "WebGPU", "WebGPU"]);
    expect(labels("cuda")).toEqual(["CUDA"]);
    expect(labels("cpu")).toEqual([]);
    expect(serverDevices("webgpu", 1).reference.label).toBe("CPU");
    const layout = { cache: [{ past: "past_key_values.0.key", present: "present.0.key" }] };
    const [keeping, plain] = serverDevices("webgpu", 1).candidates.map((device) => device.options(layout));
    expect(keeping?.preferredOutputLocation).toEqual({ "present.0.key": "gpu-buffer" });
    expect(plain).not.toHaveProperty("preferredOutputLocation");
  });
});
