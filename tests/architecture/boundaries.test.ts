import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}
interface Report {
  summary: { violations: Violation[]; totalCruised: number; totalDependenciesCruised: number };
}

function cruise(): Report {
  const command = join("node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
  const args = [command, "--output-type", "json", "app", "components", "lib", "server.ts"];
  try {
    return JSON.parse(
      execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 }),
    ) as Report;
  } catch (error) {
    // The exit code is the number of violations; the report is on standard output all the same.
    return JSON.parse((error as { stdout: string }).stdout) as Report;
  }
}

describe("boundaries between domains", () => {
  const { summary } = cruise();

  it("sees the project: a parser that reads nothing would pass everything", () => {
    expect(summary.totalCruised).toBeGreaterThan(150);
    expect(summary.totalDependenciesCruised).toBeGreaterThan(400);
  });

  it("finds no violation", () => {
    expect(summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([]);
  });
});
