import { AsyncLocalStorage } from "node:async_hooks";
import type { PGlite } from "@electric-sql/pglite";
import type { Database, Health, Tx } from "../database";
import { PrismaClient } from "../generated/client";
import { retryConflicts } from "../retry";
import { embeddedAdapter } from "./adapter";
import { GroupCommit } from "./group-commit";
import { Turns } from "./turns";

/** How long one transaction may hold the only connection. */
const TRANSACTION_MS = 20_000;
/** How long it may wait for single statements ahead of it. */
const WAIT_MS = 30_000;

type CommitMode = "durable" | "relaxed";

/** The database inside this process. It has one connection, so transactions take turns and never conflict. */
export class EmbeddedDatabase implements Database {
  readonly kind = "pglite";
  readonly prisma: PrismaClient;
  readonly engine: PGlite;
  readonly #mode = new AsyncLocalStorage<CommitMode>();
  readonly #turns = new Turns();
  readonly #group: GroupCommit;

  constructor(engine: PGlite) {
    this.engine = engine;
    this.prisma = new PrismaClient({
      adapter: embeddedAdapter(engine, () => this.#mode.getStore() === "relaxed"),
    });
    this.#group = new GroupCommit(() =>
      engine.query("select pg_logical_emit_message(false, 'group commit', '', true)"),
    );
  }

  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#transaction("durable", fn);
  }

  writeBatched<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#group.run(() => this.#transaction("relaxed", fn));
  }

  async health(): Promise<Health> {
    await this.engine.query("select 1");
    return { ok: true };
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.engine.close();
  }

  #transaction<T>(mode: CommitMode, fn: (tx: Tx) => Promise<T>): Promise<T> {
    // A transaction inside a transaction would wait for itself on the one connection.
    if (this.#mode.getStore()) throw new Error("write() inside write(): pass the transaction on instead.");
    const options = { maxWait: WAIT_MS, timeout: TRANSACTION_MS };
    return retryConflicts(() =>
      this.#turns.take(() => this.#mode.run(mode, () => this.prisma.$transaction(fn, options))),
    );
  }
}
