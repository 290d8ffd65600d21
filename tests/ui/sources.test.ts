import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

const sources = [...filesIn("app"), ...filesIn("components")].map((path) => ({
  path,
  text: readFileSync(join(root, path), "utf8"),
}));

const hits = (pattern: RegExp, except: string[] = []) =>
  sources
    .filter(({ path }) => !except.includes(path))
    .flatMap(({ path, text }) => (text.match(pattern) ?? []).map((hit) => `${path}: ${hit}`));

describe("components and pages", () => {
  it("are many enough for these rules to mean something", () => {
    expect(sources.length).toBeGreaterThan(60);
  });

  it("name every colour by its token", () => {
    expect(hits(/#[0-9a-f]{3,8}\b(?=["'`\];)\s])|\b(?:rgba?|hsla?|oklch|oklab)\(/gi)).toEqual([]);
    expect(
      hits(
        /\b(?:bg|text|border|ring|fill|stroke|outline)-(?:white|black|gray|slate|zinc|red|green|blue|amber|yellow)\b/g,
      ),
    ).toEqual([]);
  });

  it("name layers instead of numbering them, apart from order within one component", () => {
    expect(hits(/\bz-(?:\d{2,}|\[)/g)).toEqual([]);
  });

  it("use the two weights and no capitals for emphasis", () => {
    expect(hits(/\bfont-(?:thin|light|normal|medium|semibold|bold|black)\b|\buppercase\b/g)).toEqual([]);
  });

  it("speak plainly", () => {
    expect(hits(/\b(?:Oops|Successfully|Please|Invalid)\b/g)).toEqual([]);
  });

  it("set no markup from text", () => {
    expect(hits(/dangerouslySetInnerHTML/g)).toEqual([]);
  });
});
