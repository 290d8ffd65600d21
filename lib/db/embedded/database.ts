import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { PGlite } from "@electric-sql/pglite";
import { withLastWork } from "../before-commit";
import { committed } from "../committed";
import type { Database, Health, Tx } from "../database";
import { isDiskFull, storageFull } from "../failures";
import { PrismaClient } from "../generated/client";
import { retryConflicts } from "../retry";
import { embeddedAdapter } from "./adapter";
import { Checkpointer } from "./checkpointer";
import type { DiskSpace } from "./disk-space";
import { GroupCommit } from "./group-commit";
import { Turns } from "./turns";

/** How long one transaction may hold the only connection. */
const TRANSACTION_MS = 20_000;
/** How long it may wait for single statements ahead of it. */
const WAIT_MS = 30_000;
const HEALTH_MS = 5_000;

const changing = /^\s*(insert|update|delete|merge|truncate)\b/i;

/** The transaction that the running code is inside of. What it started and left behind still sees it, closed. */
interface Scope {
  relaxed: boolean;
  open: boolean;
}

/** The database inside this process. It has one connection, so transactions take turns and never conflict. */
export class EmbeddedDatabase implements Database {
  readonly kind = "pglite";
  readonly prisma: PrismaClient;
  readonly engine: PGlite;
  readonly #disk: DiskSpace | undefined;
  readonly #scope = new AsyncLocalStorage<Scope>();
  readonly #turns = new Turns();
  readonly #group: GroupCommit;
  readonly #checkpoints: Checkpointer;

  constructor(engine: PGlite, disk?: DiskSpace) {
    this.engine = engine;
    this.#disk = disk;
    const adapter = embeddedAdapter(engine, {
      isRelaxed: () => this.#current()?.relaxed === true,
      admit: (sql) => {
        if (changing.test(sql)) this.#disk?.requireRoom();
      },
    });
    this.prisma = new PrismaClient({ adapter });
    this.#group = new GroupCommit(() =>
      engine.query("select pg_logical_emit_message(false, 'group commit', '', true)"),
    );
    this.#checkpoints = new Checkpointer(engine);
  }

  /** Begins the work that a database in a folder needs from time to time. */
  startUpkeep(): Promise<void> {
    return this.#checkpoints.start();
  }

  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction(false, fn);
  }

  writeBatched<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#group.run(() => this.#transaction(true, fn));
  }

  async health(): Promise<Health> {
    if (this.#disk?.isLow()) return { ok: false, reason: "The disk of the data folder is full." };
    if (this.#checkpoints.failure)
      return { ok: false, reason: "The database's last checkpoint failed; see the log." };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Health>((resolve) => {
      timer = setTimeout(() => resolve({ ok: false, reason: "The database is busy or stuck." }), HEALTH_MS);
    });
    const answer = this.engine.query("select 1").then(
      (): Health => ({ ok: true }),
      (): Health => ({ ok: false, reason: "The database does not answer; start again to recover it." }),
    );
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  async close(): Promise<void> {
    this.#checkpoints.stop();
    await this.prisma.$disconnect();
    await this.engine.close();
  }

  #current(): Scope | undefined {
    const scope = this.#scope.getStore();
    return scope?.open ? scope : undefined;
  }

  async #transaction<T>(relaxed: boolean, fn: (tx: Tx) => Promise<T>): Promise<T> {
    // A transaction inside a transaction would wait for itself on the one connection.
    if (this.#current()) throw new Error("write() inside write(): pass the transaction on instead.");
    this.#disk?.requireRoom();
    const options = { maxWait: WAIT_MS, timeout: TRANSACTION_MS };
    const run = async () => {
      const scope: Scope = { relaxed, open: true };
      try {
        return await this.#scope.run(scope, () =>
          this.prisma.$transaction((tx) => withLastWork(tx, fn), options),
        );
      } finally {
        scope.open = false;
      }
    };
    try {
      const result = await retryConflicts(() => this.#turns.take(run));
      await committed();
      return result;
    } catch (error) {
      throw isDiskFull(error) ? storageFull(error) : error;
    }
  }
}
