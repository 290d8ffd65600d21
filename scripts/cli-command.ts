import { AppError } from "@/lib/core";

/** What a command printed, where its exit status is not 0 although nothing was refused. */
export interface Printed {
  text: string;
  status: number;
}

export interface Command {
  usage: string;
  summary: string;
  /** Returns what to print. Paths are resolved against `cwd`, where the caller stood. */
  run(args: string[], cwd: string): Promise<string | Printed>;
}

export function usageError(command: Pick<Command, "usage">): AppError {
  return new AppError("invalid", `Usage: tessera ${command.usage}`);
}
