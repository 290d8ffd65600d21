import { describe, expect, it } from "vitest";
import type { ModelManifest } from "@/lib/inference";
import { chatFilesOf } from "@/lib/inference/chat-files";
import { onProcessor, runsInBrowser, weightBytesOf, weightFilesOf } from "@/lib/inference/model-weights";

const limit = 1.5 * 2 ** 30;
const manifest = (sizes: Record<string, number>, more: Partial<ModelManifest> = {}): ModelManifest => ({
  name: "paper",
  task: "chat",
  description: "",
  license: "",
  parameters: 1,
  context: 8,
  files: Object.entries(sizes).map(([path, size]) => ({ path, size, sha256: "0".repeat(64) })),
  ...more,
});

describe("weights of a model", () => {
  const variants = {
    "onnx/model.onnx": 5,
    "onnx/model.onnx_data": 7,
    "onnx/model_q4.onnx": 3,
    "README.md": 2,
  };

  it("are those of one graph, with what lies beside it", () => {
    expect(weightBytesOf(manifest(variants))).toBe(12);
    expect(weightBytesOf(manifest(variants, { graph: "onnx/model_q4.onnx" }))).toBe(3);
    expect(weightBytesOf(manifest({ "README.md": 2 }))).toBe(0);
  });

  it("of up to 1.5 GiB run in a browser, if they chat", () => {
    expect(runsInBrowser(manifest({ "a.onnx": limit }))).toBe(true);
    expect(runsInBrowser(manifest({ "a.onnx": limit - 5, "a.onnx_data": 6 }))).toBe(false);
    expect(runsInBrowser(manifest({ "a.onnx": 10 }, { task: "embedding" }))).toBe(false);
    expect(runsInBrowser(manifest({ "config.json": 10 }))).toBe(false);
  });

  it("and the texts beside them are all that a run reads", () => {
    const files = chatFilesOf(
      manifest({ ...variants, "config.json": 1, "tokenizer.json": 1, "vocab.txt": 1 }),
    );
    expect(files.map(({ path }) => path)).toEqual([
      "onnx/model.onnx",
      "onnx/model.onnx_data",
      "config.json",
      "tokenizer.json",
    ]);
  });

  it("are shared by graphs that say so; a processor takes the one with grouped attention", () => {
    const graph = (ending: string, attention: "plain" | "grouped") => ({
      path: `onnx/model_gqa${ending}.onnx`,
      weights: `onnx/model${ending}.onnx`,
      attention,
    });
    const shared = manifest(
      {
        "onnx/model.onnx": 5,
        "onnx/model_q4.onnx": 3,
        "onnx/model_gqa.onnx": 1,
        "onnx/model_gqa_q4.onnx": 1,
      },
      { graphs: [graph("_q4", "grouped"), graph("", "grouped")] },
    );
    const paths = (of: ModelManifest) => weightFilesOf(of).map(({ path }) => path);
    expect(paths(shared)).toEqual(["onnx/model.onnx"]);
    expect(paths(onProcessor(shared))).toEqual(["onnx/model.onnx", "onnx/model_gqa.onnx"]);
    expect(paths(onProcessor({ ...shared, graphs: [graph("", "plain")] }))).toEqual(["onnx/model.onnx"]);
    expect(onProcessor(manifest(variants))).toEqual(manifest(variants));
  });
});
