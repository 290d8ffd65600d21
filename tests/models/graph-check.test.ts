import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireSoundGraph } from "@/lib/models/graph-check";
import { testFolder } from "../support/folder";
import { onnxGraph, writeSparseGraph } from "./graphs";

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
