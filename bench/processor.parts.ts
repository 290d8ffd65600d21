import { readFileSync } from "node:fs";

/** Processor time of this process and of its workers, in milliseconds; of the workers on Linux only. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + workers().reduce((sum, pid) => sum + cpuMsOf(pid), 0);
}

/** Processor time of another process, on Linux; elsewhere not a number. */
export function cpuMsOf(pid: number | string): number {
  if (process.platform !== "linux") return Number.NaN;
  // Fields 14 and 15 of proc(5) are user and system time in ticks of 10 ms; the name before them may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Process ids of the workers. */
export function workers(): string[] {
  if (process.platform !== "linux") return [];
  return readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").split(" ").filter(Boolean);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
