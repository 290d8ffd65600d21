import { AppError } from "@/lib/core";

const MOST_WORK = 1_000_000;

/**
 * Counts the work of one compilation, so that a hostile schema or pattern is refused after a bounded time that
 * does not depend on the machine.
 */
export class Budget {
  #left: number;

  constructor(units = MOST_WORK) {
    this.#left = units;
  }

  /** @throws AppError `invalid` when the compilation has become too large. */
  spend(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw refusal("The grammar is too large to compile: simplify it.");
  }
}

/** A refusal of what the caller asked for; `pointer` is the JSON pointer to the place in the schema. */
export function refusal(message: string, pointer?: string, param = "response_format"): AppError {
  return new AppError("invalid", pointer === undefined ? message : `${pointer || "#"}: ${message}`, {
    param,
  });
}
