import type { Prisma, PrismaClient } from "./generated/client";

/** A transaction's client: inside `write`, every statement goes through it. */
export type Tx = Prisma.TransactionClient;

export interface Health {
  ok: boolean;
  /** Why not, in words for an administrator. */
  reason?: string;
}

/** The one database, embedded or PostgreSQL, with the same meaning on both. */
export interface Database {
  readonly kind: "pglite" | "postgresql";
  /** For reads and single statements. Inside `write`, use the transaction's client only. */
  readonly prisma: PrismaClient;
  /** Runs `fn` as one serializable transaction; it may run several times, so it must have no effect outside the database. */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** As `write`, for writers that are independent of each other: they share the flush that makes them durable. */
  writeBatched<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  health(): Promise<Health>;
  close(): Promise<void>;
}
