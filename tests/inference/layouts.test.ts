import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readOnnxFile } from "@/lib/inference/core/onnx-file";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import {
  ask,
  engineOver,
  type GraphOptions,
  randomGraph,
  randomModel,
  run,
  scratchFolder,
  useServerWorker,
  writeManifest,
} from "./support";

const greedy = { temperature: 0, max_tokens: 24 };
let folder: string;

beforeAll(async () => {
  await useServerWorker();
  folder = await scratchFolder();
});

describe("decoder graphs as the field exports them", () => {
  /** All of the same weights: what is exact must give the same text. */
  const exact: [string, GraphOptions][] = [
    ["plain", {}],
    ["plain-counting", { positions: false }],
    ["plain-all-logits", { keep: false }],
    ["grouped", { attention: "grouped" }],
    ["grouped-counting", { attention: "grouped", positions: false, keep: false }],
    ["external", { externalData: "model.onnx_data" }],
    ["wide-window", { attention: "grouped", window: 400 }],
  ];
  const rounded: [string, GraphOptions][] = [
    ["halves", { cache: "float16" }],
    ["grouped-halves", { attention: "grouped", cache: "float16" }],
    ["int8", { form: "int8" }],
    ["q4", { form: "q4", attention: "grouped" }],
    ["window", { window: 12 }],
    ["grouped-window", { attention: "grouped", window: 12 }],
  ];

  it("all run, and those that are exact give the same text", async () => {
    const sources: ModelSource[] = [];
    for (const [name, options] of [...exact, ...rounded])
      sources.push(await randomModel(folder, name, 256, options));
    const engine = engineOver(sources);
    const texts = new Map<string, string>();
    for (const { manifest } of sources) {
      const answer = await run(
        engine,
        ask(manifest.name, "The parcel came late, and one cup was broken.", greedy),
      );
      expect([manifest.name, answer.last]).toEqual([manifest.name, { type: "finish", reason: "length" }]);
      texts.set(manifest.name, answer.text);
    }
    const expected = texts.get("plain");
    for (const [name] of exact) expect([name, texts.get(name)]).toEqual([name, expected]);
    // The same window in both layouts; and it is another text than without one.
    expect(texts.get("grouped-window")).toBe(texts.get("window"));
    expect(texts.get("window")).not.toBe(expected);
  });
});

describe("a graph that cannot be run", () => {
  const refused = async (name: string, source: ModelSource) => {
    const { last } = await run(engineOver([source]), ask(name, "Hi", greedy));
    return last.type === "error" ? `${last.code}: ${last.message}` : JSON.stringify(last);
  };
  const rewritten = async (name: string, change: (base: string) => void, options: GraphOptions = {}) => {
    const { base } = await randomModel(folder, name, 256, options);
    change(base);
    return writeManifest(base, name, 256);
  };

  it("says which file of weights is missing or too short", async () => {
    const external = { externalData: "model.onnx_data" };
    const data = (base: string) => join(base, "onnx/model.onnx_data");
    const missing = await rewritten("no-weights", (base) => rmSync(data(base)), external);
    expect(await refused("no-weights", missing)).toMatch(
      /unprocessable: no-weights: onnx\/model.onnx keeps weights in onnx\/model.onnx_data, which is not among its files/,
    );
    const cut = await rewritten("cut-weights", (base) => truncateSync(data(base), 5000), external);
    expect(await refused("cut-weights", cut)).toMatch(
      /unprocessable: .*onnx_data has 5000 bytes, .* refers to \d+/,
    );
  });

  it("says what in its configuration does not fit it", async () => {
    const config = (change: object) => async (base: string) => {
      const { config: json } = await randomGraph({}, 256);
      writeFileSync(join(base, "config.json"), JSON.stringify({ ...json, ...change }));
    };
    for (const [name, change, message] of [
      ["layers", { num_hidden_layers: 3 }, /keeps 4 cache tensors, config.json says 6/],
      ["vocabulary", { vocab_size: 3000 }, /gives 2048 logits, config.json says 3000/],
    ] as const) {
      const { base } = await randomModel(folder, name, 256);
      await config(change)(base);
      expect(await refused(name, await writeManifest(base, name, 256))).toMatch(message);
    }
  });

  it("is refused when it wants weights from elsewhere on the disk", async () => {
    for (const [i, path] of ["../../secret", "/etc/passwd", "a/b", "..", "c:\\x"].entries()) {
      const { graph } = await randomGraph({ externalData: path }, 256);
      const source = await rewritten(`slip${i}`, (base) =>
        writeFileSync(join(base, "onnx/model.onnx"), graph),
      );
      expect(await refused(`slip${i}`, source)).toMatch(/unprocessable: .*which is not a file beside it/);
    }
  });

  it("is refused when it announces tensors beyond all memory", async () => {
    const { graph } = await randomGraph({}, 256);
    // One more weight, of 2^62 elements.
    const dimension = [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f];
    const tensor = Buffer.from([...dimension, 0x10, 0x01, 0x42, 0x01, 0x78]);
    const bomb = Buffer.concat([
      Buffer.from(graph),
      Buffer.from([0x3a, tensor.length + 2, 0x2a, tensor.length]),
      tensor,
    ]);
    const source = await rewritten("bomb", (base) => writeFileSync(join(base, "onnx/model.onnx"), bomb));
    expect(await refused("bomb", source)).toMatch(/unprocessable: .*announces a tensor of/);
  });
});

describe("readOnnxFile", () => {
  it("tells inputs, outputs, operators and weights without loading", async () => {
    const { graph, external } = await randomGraph({ attention: "grouped", window: 9, externalData: "w" });
    const file = readOnnxFile(graph, "x");
    expect(file.inputs.map(({ name }) => name)).toContain("past_key_values.1.value");
    expect(file.inputs.find(({ name }) => name === "past_key_values.0.key")).toEqual({
      name: "past_key_values.0.key",
      type: "float32",
      shape: ["batch_size", 2, "past_sequence_length", 16],
    });
    expect(file.outputs.map(({ name }) => name)).toContain("logits");
    expect(file.operators.has("com.microsoft.GroupQueryAttention")).toBe(true);
    expect(file.window).toBe(9);
    expect([...file.external]).toEqual([["w", external.length]]);
    expect(file.weightBytes).toBeGreaterThan(external.length);
  });

  it("refuses every cut of a file and takes no changed byte for a reason to throw anything else", async () => {
    const { graph } = await randomGraph();
    for (let i = 0; i < 300; i++) {
      const cut = graph.subarray(0, Math.floor((graph.length * i) / 300));
      expect(() => readOnnxFile(cut, "x")).toThrowError(expect.objectContaining({ code: "unprocessable" }));
    }
    for (let i = 0; i < 2000; i++) {
      const changed = Uint8Array.from(graph);
      changed[(i * 7919) % 20_000] = (i * 31) & 255;
      try {
        readOnnxFile(changed, "x");
      } catch (error) {
        expect(error).toMatchObject({ code: "unprocessable" });
      }
    }
  });
});
