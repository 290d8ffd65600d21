import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@/lib/core";
import { isWriteConflict } from "./failures";

const ATTEMPTS = 10;
const BASE_MS = 4;
const CAP_MS = 400;

/** Runs `attempt`, told which it is, again after write conflicts, waiting a random, growing time. @throws AppError `unavailable` when none succeeded. */
export async function retryConflicts<T>(attempt: (tries: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(tries);
    } catch (error) {
      if (!isWriteConflict(error)) throw error;
      if (tries === ATTEMPTS) {
        throw new AppError(
          "unavailable",
          "Too many changes at the same moment. Nothing was changed; try again.",
          {
            cause: error,
            retryAfter: 1,
          },
        );
      }
      await delay(Math.random() * Math.min(CAP_MS, BASE_MS * 2 ** tries));
    }
  }
}
