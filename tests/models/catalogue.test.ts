import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { modelFolder } from "../../models/decoder-session.mjs";

describe.each(["pebble-2m"])("the catalogue entry of %s", (model) => {
  const folder = modelFolder(model);
  const entry = JSON.parse(readFileSync(join(folder, "tessera.json"), "utf8"));

  it("lists every file of the folder", () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const paths = files.map((file) =>
      relative(folder, join(file.parentPath, file.name)).replaceAll("\\", "/"),
    );
    expect(entry.files.map((file: { path: string }) => file.path).sort()).toEqual(
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

  it("gives a score with its interval for every task", () => {
    for (const task of ["sentiment", "topic", "answers", "fallback"]) {
      const { n, right, score, low, high } = entry.scores[task];
      expect(score).toBe(right / n);
      expect(low).toBeLessThanOrEqual(score);
      expect(high).toBeGreaterThanOrEqual(score);
    }
  });
});
