import "server-only";
import { AppError } from "@/lib/core";

interface DriverCause {
  originalCode?: unknown;
  kind?: unknown;
}

interface DatabaseFailure {
  code?: unknown;
  meta?: { code?: unknown; driverAdapterError?: { cause?: DriverCause } };
  /** The driver's own error comes through bare when COMMIT itself fails. */
  cause?: DriverCause;
}

/** Everything that names the failure: Prisma's code, the driver's kind and the SQLSTATE, whichever are there. */
function namesOf(error: unknown): unknown[] {
  if (typeof error !== "object" || error === null) return [];
  const { code, meta, cause: bare } = error as DatabaseFailure;
  const cause = meta?.driverAdapterError?.cause ?? bare;
  return [code, meta?.code, cause?.originalCode, cause?.kind];
}

const named =
  (...names: string[]) =>
  (error: unknown): boolean =>
    namesOf(error).some((name) => typeof name === "string" && names.includes(name));

/** Whether the transaction lost against another one and may simply run again. */
export const isWriteConflict = named("P2034", "40001", "40P01", "TransactionWriteConflict");

/** Whether a value that must be unique was already there. */
export const isUniqueViolation = named("P2002", "23505");

export const isDiskFull = named("53100", "disk_full");

/** Whether a lock was waited for longer than a connection may. */
export const isLockTimeout = named("55P03");

export function storageFull(cause?: unknown): AppError {
  return new AppError("disk_full", "The database's disk is full. Nothing was changed; reading still works.", {
    cause,
  });
}
