import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client, Pool } from "pg";
import { AppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import { withLastWork } from "./before-commit";
import { committed } from "./committed";
import type { Database, Health, Tx } from "./database";
import { isDiskFull, isLockTimeout, storageFull } from "./failures";
import { PrismaClient } from "./generated/client";
import { guardTransactions } from "./guarded-transactions";
import { type Migration, migrate } from "./migrations";
import { retryConflicts } from "./retry";

const OLDEST = 150_000;
const CONNECT_MS = 10_000;
const TRANSACTION_MS = 20_000;
/** A lock that is held longer than this belongs to something that is stuck. */
const LOCK_MS = 10_000;
/**
 * After so many lost races a transaction queues for the row that every change ends at. Locking its table takes no
 * snapshot, so what was waited for is seen.
 */
const PATIENCE = 1;

/** Host and database, never the password. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function unreachable(url: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new AppError(
    "unavailable",
    `PostgreSQL at ${nameOf(url)} cannot be used: ${why}. Check DATABASE_URL.`,
    { cause },
  );
}

async function prepare(url: string, migrations?: Migration[]): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
  try {
    await client.connect();
  } catch (cause) {
    throw unreachable(url, cause);
  }
  try {
    const { rows } = await client.query<{ number: number; name: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
    );
    const version = rows[0];
    if (!version || version.number < OLDEST) {
      throw new AppError(
        "unavailable",
        `PostgreSQL at ${nameOf(url)} is version ${version?.name}; 15 or later is needed.`,
      );
    }
    await migrate(
      {
        exec: (sql) => client.query(sql),
        rows: async (sql, values) => (await client.query<Record<string, unknown>>(sql, values)).rows,
      },
      migrations,
    );
  } finally {
    await client.end();
  }
}

class PostgresqlDatabase implements Database {
  readonly kind = "postgresql";
  readonly prisma: PrismaClient;
  readonly #pool: Pool;

  constructor(url: string) {
    this.#pool = new Pool({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      // The driver reads times as if every session were in UTC.
      onConnect: (client) => client.query(`SET TIME ZONE 'UTC'; SET lock_timeout = ${LOCK_MS}`),
    });
    this.#pool.on("error", (error) => log.warn("A database connection was lost", { error }));
    this.prisma = new PrismaClient({ adapter: guardTransactions(new PrismaPg(this.#pool)) });
  }

  /** Serializable, because the embedded database runs transactions one after another and both must mean the same. */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction("Serializable", fn);
  }

  /** Independent writers need no such order, and PostgreSQL groups their flushes itself. */
  writeBatched<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction("ReadCommitted", fn);
  }

  async health(): Promise<Health> {
    try {
      await this.#pool.query("select 1");
      return { ok: true };
    } catch (error) {
      log.warn("PostgreSQL did not answer", { error });
      return { ok: false, reason: "PostgreSQL does not answer." };
    }
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.#pool.end();
  }

  async #transaction<T>(
    isolationLevel: "Serializable" | "ReadCommitted",
    fn: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const options = { isolationLevel, maxWait: CONNECT_MS, timeout: TRANSACTION_MS };
    try {
      const result = await retryConflicts((tries) =>
        this.prisma.$transaction(async (tx) => {
          if (tries > PATIENCE) await tx.$executeRaw`LOCK TABLE "AuditHead" IN EXCLUSIVE MODE`;
          return withLastWork(tx, fn);
        }, options),
      );
      await committed();
      return result;
    } catch (error) {
      if (isDiskFull(error)) throw storageFull(error);
      if (!isLockTimeout(error)) throw error;
      throw new AppError(
        "unavailable",
        "The database is held by another change. Nothing was changed; try again.",
        {
          cause: error,
          retryAfter: 5,
        },
      );
    }
  }
}

/** Opens a PostgreSQL database, 15 or later, and brings it to the present schema. */
export async function openPostgresql(url: string, migrations?: Migration[]): Promise<Database> {
  await prepare(url, migrations);
  return new PostgresqlDatabase(url);
}
