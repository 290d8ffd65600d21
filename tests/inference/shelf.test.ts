import { describe, expect, it } from "vitest";
import { ModelShelf, memoryNeeded } from "@/lib/inference/engines/model-shelf";
import type { ModelSource } from "@/lib/inference/engines/protocol";

const megabyte = 2 ** 20;

/** A model whose weights take so many bytes; the shelf counts twice that. */
function source(name: string, bytes: number, version = "0"): ModelSource {
  const files = [{ path: "onnx/model.onnx", size: bytes, sha256: version.padStart(64, "0") }];
  const manifest = {
    name,
    task: "chat",
    description: "",
    license: "",
    parameters: 0,
    context: 1,
    files,
  } as const;
  return { manifest: { ...manifest, files }, base: "" };
}

function shelf(limit: number) {
  const loads: string[] = [];
  const evicted: string[] = [];
  let released = 0;
  const models = new ModelShelf({
    limit,
    load: async ({ manifest: { name } }) => {
      loads.push(name);
      await new Promise((done) => setTimeout(done, 5));
      if (name === "broken") throw new Error("It does not load.");
      return {
        name,
        release: async () => {
          released++;
        },
      };
    },
    onEvicted: (name) => evicted.push(name),
  });
  return { models, loads, evicted, released: () => released };
}

describe("the models in memory", () => {
  it("are loaded once for fifty who ask at the same time", async () => {
    const { models, loads } = shelf(100 * megabyte);
    const all = await Promise.all(Array.from({ length: 50 }, () => models.take(source("a", megabyte))));
    expect(loads).toEqual(["a"]);
    expect(new Set(all).size).toBe(1);
  });

  it("make room for another: the one unused longest goes first", async () => {
    const { models, evicted, released } = shelf(10 * megabyte);
    for (const name of ["a", "b", "a", "c"]) models.leave(await models.take(source(name, 2 * megabyte)));
    expect(evicted).toEqual(["b"]);
    expect(released()).toBe(1);
  });

  it("stay while they are used: another waits until one is free", async () => {
    const { models, loads, evicted } = shelf(5 * megabyte);
    const used = await models.take(source("a", 2 * megabyte));
    const waiting = models.take(source("b", 2 * megabyte));
    await new Promise((done) => setTimeout(done, 30));
    expect(loads).toEqual(["a"]);
    models.leave(used);
    expect(await waiting).toMatchObject({ name: "b" });
    expect(evicted).toEqual(["a"]);
  });

  it("refuse one that would not fit even alone, with both figures, and go on", async () => {
    const { models } = shelf(5 * megabyte);
    await expect(models.take(source("large", 3 * megabyte))).rejects.toMatchObject({
      code: "unprocessable",
      message: "large needs about 6 MiB of memory; 5 MiB may be used for models here.",
    });
    expect(await models.take(source("small", megabyte))).toMatchObject({ name: "small" });
  });

  it("are loaded anew after a failure, and when their files changed", async () => {
    const { models, loads } = shelf(100 * megabyte);
    await expect(models.take(source("broken", megabyte))).rejects.toThrow("does not load");
    await expect(models.take(source("broken", megabyte))).rejects.toThrow("does not load");
    models.leave(await models.take(source("a", megabyte, "1")));
    models.leave(await models.take(source("a", megabyte, "2")));
    expect(loads).toEqual(["broken", "broken", "a", "a"]);
  });

  it("are released once, when the last call has left one that failed", async () => {
    const { models, loads, released } = shelf(100 * megabyte);
    const [first, second] = [await models.take(source("a", 1)), await models.take(source("a", 1))];
    models.distrust(first);
    models.leave(first);
    expect(released()).toBe(0);
    models.leave(second);
    expect(released()).toBe(1);
    await models.take(source("a", 1));
    expect(loads).toEqual(["a", "a"]);
  });
});

describe("memoryNeeded", () => {
  it("counts the weights of one graph twice, wherever they lie", () => {
    const file = (path: string, size: number) => ({ path, size, sha256: "0".repeat(64) });
    const files = [
      file("onnx/model.onnx", 10),
      file("onnx/model.onnx_data", 1000),
      file("onnx/model_q4.onnx", 300),
      file("tokenizer.json", 5000),
    ];
    const { manifest } = source("x", 1);
    expect(memoryNeeded({ ...manifest, files })).toBe(2020);
    expect(memoryNeeded({ ...manifest, files, graph: "onnx/model_q4.onnx" })).toBe(600);
  });
});
