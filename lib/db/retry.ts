import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "@/lib/core";

const ATTEMPTS = 10;
const BASE_MS = 4;
const CAP_MS = 400;

const retryableStates = new Set(["40001", "40P01"]);

interface DatabaseFailure {
  code?: unknown;
  meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown; kind?: unknown } } };
}

/** Whether the transaction lost against another one and may simply run again. */
export function isWriteConflict(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, meta } = error as DatabaseFailure;
  if (code === "P2034") return true;
  const cause = meta?.driverAdapterError?.cause;
  if (cause?.kind === "TransactionWriteConflict") return true;
  return [code, meta?.code, cause?.originalCode].some(
    (state) => typeof state === "string" && retryableStates.has(state),
  );
}

/** Runs `attempt` again after write conflicts, waiting a random, growing time. @throws AppError `unavailable` when none succeeded. */
export async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
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
