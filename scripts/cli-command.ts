import { AppError } from "@/lib/core";

export interface Command {
  usage: string;
  summary: string;
  /** Returns what to print. Paths are resolved against `cwd`, where the caller stood. */
  run(args: string[], cwd: string): Promise<string>;
}

export function usageError(command: Pick<Command, "usage">): AppError {
  return new AppError("invalid", `Usage: tessera ${command.usage}`);
}
