import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface LockEntry {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  dev?: boolean;
}

const packages = (
  JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, LockEntry> }
).packages;

/** Whether `name`, wanted by the package at `from`, has an entry where Node would look for it. */
function isLocked(from: string, name: string): boolean {
  let folder: string | undefined = from;
  while (folder !== undefined) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    const cut: number = folder.lastIndexOf("node_modules/");
    folder = folder === "" ? undefined : cut <= 0 ? "" : folder.slice(0, cut - 1);
  }
  return false;
}

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" }).split("\n").filter(Boolean);

describe("the repository", () => {
  it("locks the optional packages of every platform, or npm ci refuses the lock elsewhere", () => {
    const missing = Object.entries(packages).flatMap(([from, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isLocked(from, name))
        .map((name) => `${from} → ${name}`),
    );
    expect(Object.values(packages).filter((entry) => entry.optionalDependencies).length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  it("names no registry host in the lock file", () => {
    expect(
      Object.entries(packages)
        .filter(([, entry]) => entry.resolved?.startsWith("http"))
        .map(([name]) => name),
    ).toEqual([]);
  });

  it("pins TypeScript below 7, which the boundary check cannot parse", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(Number(manifest.dependencies.typescript?.split(".")[0])).toBeLessThan(7);
  });

  it("tracks no generated or private file", () => {
    expect(
      tracked.filter(
        (file) =>
          /^(data|dist|\.next|node_modules|public\/(ort|workers))\//.test(file) || /(^|\/)\.env$/.test(file),
      ),
    ).toEqual([]);
  });

  it("marks every server file of a domain as server-only", () => {
    const serverFiles = tracked.filter((file) =>
      /^lib\/[^/]+\/(.*\/)?(service|store|server)(\.ts|\/.+\.ts)$/.test(file),
    );
    expect(serverFiles.length).toBeGreaterThan(8);
    expect(
      serverFiles.filter((file) => !readFileSync(file, "utf8").includes('import "server-only"')),
    ).toEqual([]);
  });
});
