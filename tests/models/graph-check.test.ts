import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { integerField, integersField, messageField, textField } from "@/lib/inference/core/protobuf";
import { requireSoundGraph } from "@/lib/models/graph-check";
import { testFolder } from "../support/folder";
import { onnxGraph, onnxGraphWith, writeSparseGraph } from "./graphs";

const megabyte = 2 ** 20;

/** The most that the process held above what it held before, while `work` went on. */
async function growthOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most, process.memoryUsage.rss()) - before;
}

const check = (folder: string, size: number) =>
  requireSoundGraph(folder, "model.onnx", [{ path: "model.onnx", size }]);

describe("the check of a graph", () => {
  it("skips the weights of a file of 600 MB without reading them", async () => {
    const folder = testFolder();
    const size = writeSparseGraph(join(folder, "model.onnx"), 600 * megabyte);
    const since = performance.now();
    const growth = await growthOf(() => check(folder, size));
    expect(growth).toBeLessThan(100 * megabyte);
    expect(performance.now() - since).toBeLessThan(2_000);
  });

  it("takes one of just under 2 GB, and still sees what it announces and does not hold", async () => {
    const folder = testFolder();
    const values = 2047 * megabyte;
    await check(folder, writeSparseGraph(join(folder, "model.onnx"), values));
    const size = writeSparseGraph(join(folder, "model.onnx"), values, values + 1);
    await expect(check(folder, size)).rejects.toMatchObject({
      code: "unprocessable",
      message: expect.stringContaining(`holds ${values} of them`),
    });
  });

  it("refuses a file that is cut inside its weights", async () => {
    const folder = testFolder();
    const path = join(folder, "model.onnx");
    writeSparseGraph(path, 600 * megabyte);
    truncateSync(path, 300 * megabyte);
    await expect(check(folder, 300 * megabyte)).rejects.toMatchObject({
      code: "unprocessable",
      message: "model.onnx is not a whole ONNX file.",
    });
  });

  it("finds the weights beside a graph", async () => {
    const folder = testFolder();
    const graph = onnxGraph(new Uint8Array(8), { location: "w.data" });
    writeFileSync(join(folder, "model.onnx"), graph);
    const model = { path: "model.onnx", size: graph.length };
    await expect(requireSoundGraph(folder, "model.onnx", [model])).rejects.toMatchObject({
      message: expect.stringContaining("not among its files"),
    });
    await requireSoundGraph(folder, "model.onnx", [model, { path: "w.data", size: 8 }]);
  });
});

/** What a graph is refused with, and the time that took; nothing where it is taken. */
async function verdict(graph: Buffer): Promise<{ message?: string; ms: number }> {
  const folder = testFolder();
  writeFileSync(join(folder, "model.onnx"), graph);
  const since = performance.now();
  try {
    await check(folder, graph.length);
    return { ms: performance.now() - since };
  } catch (error) {
    expect(error).toMatchObject({ code: "unprocessable" });
    return { message: (error as Error).message, ms: performance.now() - since };
  }
}

const repeated = (field: Uint8Array, times: number) => Buffer.alloc(field.length * times, field);
const empty = (field: number) => messageField(field, []);

describe("a graph made to exhaust who looks at it", () => {
  it.each([
    ["outputs", 12, 40_000_000],
    ["inputs", 11, 40_000_000],
    ["nodes", 1, 40_000_000],
    ["tensors", 5, 40_000_000],
  ])("is refused for its empty %s before they fill the memory", async (_, field, times) => {
    const graph = onnxGraphWith([repeated(empty(field), times)]);
    let seen: Awaited<ReturnType<typeof verdict>> = { ms: 0 };
    const growth = await growthOf(async () => {
      seen = await verdict(graph);
    });
    expect(seen.message).toMatch(/has more than \d+ (inputs and outputs|nodes|tensors)/);
    expect(seen.ms).toBeLessThan(3_000);
    expect(growth).toBeLessThan(400 * megabyte);
  });

  it("is refused for attributes, dimensions and numbers without end", async () => {
    const inNode = (field: Uint8Array) => onnxGraphWith([messageField(1, [field])]);
    for (const graph of [
      inNode(repeated(empty(5), 20_000_000)),
      inNode(messageField(5, [repeated(integerField(3, 1), 20_000_000)])),
      onnxGraphWith([messageField(5, [messageField(1, [repeated(Uint8Array.of(1), 40_000_000)])])]),
    ]) {
      const { message, ms } = await verdict(graph);
      expect(message).toMatch(/more beside its weights than any model/);
      expect(ms).toBeLessThan(3_000);
    }
    const shape = messageField(2, [messageField(1, [messageField(2, [repeated(empty(1), 1_000)])])]);
    expect((await verdict(onnxGraphWith([messageField(12, [shape])]))).message).toMatch(/not a whole/);
  });

  it("is refused for a tensor that says in 100,000 ways where its values are", async () => {
    const entries = Array.from({ length: 100_000 }, (_, at) => messageField(13, [textField(1, `key-${at}`)]));
    const { message, ms } = await verdict(onnxGraphWith([messageField(5, entries)]));
    expect(message).toMatch(/not a whole/);
    expect(ms).toBeLessThan(1_000);
  });

  it("is refused for subgraphs in subgraphs", async () => {
    let graph = messageField(6, []);
    for (let depth = 0; depth < 20; depth += 1)
      graph = messageField(6, [messageField(1, [messageField(5, [graph])])]);
    expect((await verdict(onnxGraphWith([messageField(1, [messageField(5, [graph])])]))).message).toMatch(
      /not a whole/,
    );
  });
});

describe("a graph as large as the largest models'", () => {
  it("is taken, with 100,000 nodes and 10,000 weights of which each is an input too", {
    timeout: 60_000,
  }, async () => {
    const name = (at: number) => `/model/layers.${at % 200}/self_attn/q_proj/MatMul_${at}`;
    const attribute = (key: string) =>
      messageField(5, [textField(1, key), integerField(3, 7), integerField(20, 2)]);
    const node = (at: number) =>
      messageField(1, [
        ...[1, 2, 3].map((input) => textField(1, `${name(at)}_in_${input}`)),
        textField(2, `${name(at)}_out`),
        textField(3, name(at)),
        textField(4, "MatMulNBits"),
        textField(7, "com.microsoft"),
        ...["K", "N", "bits", "block_size"].map(attribute),
      ]);
    const float16 = 10;
    const weight = (at: number) =>
      messageField(5, [
        integersField(1, [64]),
        integerField(2, float16),
        textField(8, name(at)),
        messageField(9, [new Uint8Array(128)]),
      ]);
    const input = (at: number) => {
      const shape = messageField(2, [messageField(1, [integerField(1, 64)])]);
      return messageField(11, [
        textField(1, name(at)),
        messageField(2, [messageField(1, [integerField(1, float16), shape])]),
      ]);
    };
    const many = (length: number, each: (at: number) => Uint8Array) =>
      Array.from({ length }, (_, at) => each(at));
    const graph = onnxGraphWith([
      Buffer.concat(many(100_000, node)),
      Buffer.concat(many(10_000, weight)),
      Buffer.concat(many(10_000, input)),
    ]);
    const { message, ms } = await verdict(graph);
    expect(message).toBeUndefined();
    expect(ms).toBeLessThan(3_000);
  });
});

describe("a tensor in a corner of a graph", () => {
  const secret = [
    integersField(1, [64]),
    integerField(2, 1),
    messageField(13, [textField(1, "location"), textField(2, "/etc/passwd")]),
  ];
  const huge = [integersField(1, [1_000]), integerField(2, 1)];
  const inAttribute = (field: Uint8Array) => onnxGraphWith([messageField(1, [messageField(5, [field])])]);

  it.each([
    ["an attribute's tensors", (tensor: Uint8Array[]) => inAttribute(messageField(10, tensor))],
    [
      "an attribute's graphs",
      (tensor: Uint8Array[]) => inAttribute(messageField(11, [messageField(5, tensor)])),
    ],
    [
      "a function's default",
      (tensor: Uint8Array[]) =>
        onnxGraphWith([], [messageField(25, [messageField(11, [messageField(5, tensor)])])]),
    ],
  ])("is seen among %s", async (_, place) => {
    expect((await verdict(place(secret))).message).toMatch(/not a file beside it/);
    expect((await verdict(place(huge))).message).toMatch(/announces a tensor of 4000 bytes and holds 0/);
  });

  it("is refused where no engine here reads it", async () => {
    for (const graph of [onnxGraphWith([empty(15)]), inAttribute(empty(22)), inAttribute(empty(23))])
      expect((await verdict(graph)).message).toMatch(/has sparse tensors, which no engine here reads/);
    expect((await verdict(onnxGraphWith([], [empty(20)]))).message).toMatch(/has steps of training/);
  });

  it.each([
    ["strings", 8, /of 1000 strings and holds 0/],
    ["complex64", 14, /of 8000 bytes/],
    ["complex128", 15, /of 16000 bytes/],
    ["float8", 17, /of 1000 bytes/],
    ["float4", 23, /of 500 bytes/],
    ["a type to come", 99, /type 99, which is not known here/],
  ])("holds what it announces in %s", async (_, type, message) => {
    const tensor = [integersField(1, [1_000]), integerField(2, type)];
    expect((await verdict(onnxGraphWith([messageField(5, tensor)]))).message).toMatch(message);
  });

  it("is taken where it holds its strings and its small numbers", async () => {
    const strings = [integersField(1, [2]), integerField(2, 8), textField(6, "a"), textField(6, "")];
    const small = [integersField(1, [4]), integerField(2, 17), messageField(9, [new Uint8Array(4)])];
    expect(
      (await verdict(onnxGraphWith([messageField(5, strings), messageField(5, small)]))).message,
    ).toBeUndefined();
  });
});
