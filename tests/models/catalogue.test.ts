import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInModels } from "@/lib/inference";
import { builtIn } from "../../models/built-in.mjs";
import { modelFolder } from "../../models/decoder-session.mjs";
import { type Measure, TASKS } from "../../models/evaluation.mjs";
import { graphsOf, readCard } from "../../models/shipped.mjs";

describe.each(builtIn())("the catalogue entry of %s", (model) => {
  const folder = modelFolder(model);
  const entry = readCard(model);

  it("lists every file of the folder", () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const paths = files.map((file) =>
      relative(folder, join(file.parentPath, file.name)).replaceAll("\\", "/"),
    );
    expect(entry.files.map(({ path }) => path).sort()).toEqual(
      paths.filter((path) => path !== "tessera.json").sort(),
    );
  });

  it("has the size and sha256 of each", () => {
    for (const { path, size, sha256 } of entry.files) {
      const bytes = readFileSync(join(folder, path));
      expect({ path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") }).toEqual({
        path,
        size,
        sha256,
      });
    }
  });

  it("names graphs and weights that are there", () => {
    const paths = entry.files.map(({ path }) => path);
    for (const { path, weights } of entry.graphs ?? [])
      expect(paths).toEqual(expect.arrayContaining([path, weights]));
  });

  it("gives a score with its interval for every task and dtype", () => {
    const scores = entry.scores as Record<string, Record<string, Measure>>;
    const names = entry.task === "chat" ? TASKS : ["paraphrase recall@1", "question triplets"];
    for (const dtype of Object.keys(graphsOf(entry)))
      for (const name of names) {
        const { n, right, score, low, high } = scores[dtype]?.[name] ?? ({} as Partial<Measure>);
        expect(score, `${dtype}, ${name}`).toBe((right ?? 0) / (n ?? 0));
        expect(low).toBeLessThanOrEqual(score ?? 0);
        expect(high).toBeGreaterThanOrEqual(score ?? 0);
      }
  });
});

describe("what is shipped", () => {
  it("has 40 MB at most", () => {
    const sizes = builtIn().flatMap((model) => readCard(model).files.map(({ size }) => size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(40e6);
  });

  it("is known to the browser by name, as far as it chats", () => {
    expect([...builtInModels].sort()).toEqual(builtIn().filter((model) => readCard(model).task === "chat"));
  });
});
