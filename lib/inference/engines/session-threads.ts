import "server-only";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Threads for one session: one physical core is left to the server. More than that is slower on a busy machine. */
export function sessionThreads(): number {
  return Math.max(1, Math.min(physicalCores(), availableParallelism()) - 1);
}

function physicalCores(): number {
  const logical = availableParallelism();
  if (process.platform === "darwin") return logical;
  try {
    const blocks = readFileSync("/proc/cpuinfo", "utf8").split("\n\n");
    const field = (block: string, name: string) => block.match(new RegExp(`^${name}\\s*: (\\d+)`, "m"))?.[1];
    const cores = blocks.flatMap((block) => {
      const core = field(block, "core id");
      return core === undefined ? [] : [`${field(block, "physical id") ?? 0}/${core}`];
    });
    if (cores.length > 0) return new Set(cores).size;
  } catch {
    // No /proc here: Windows.
  }
  return process.arch === "x64" ? Math.max(1, Math.floor(logical / 2)) : logical;
}
