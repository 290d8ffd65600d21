import "server-only";
import type { Transaction as EngineTransaction, PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { type AdapterFactory, type AdapterTransaction, guardTransactions } from "../guarded-transactions";

/** Prisma's view of a connection or an open transaction; the package only ever calls `query` on what it is given. */
function statements(on: PGlite | EngineTransaction) {
  return new PrismaPGlite(on as PGlite).connect();
}

class RolledBack extends Error {}

async function begin(pg: PGlite, relaxed: boolean): Promise<AdapterTransaction> {
  let decide: (how: "commit" | "rollback") => void = () => {};
  const decision = new Promise<"commit" | "rollback">((resolve) => {
    decide = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  const opened = new Promise<EngineTransaction>((resolve, reject) => {
    done = pg.transaction(async (tx) => {
      if (relaxed) await tx.exec("SET LOCAL synchronous_commit = off");
      resolve(tx);
      if ((await decision) === "rollback") throw new RolledBack();
    });
    done.catch(reject);
  });
  const adapter = await statements(await opened);
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    async commit() {
      decide("commit");
      // The package's own transaction drops a failure of COMMIT itself and would report rows that are not there.
      await done;
    },
    async rollback() {
      decide("rollback");
      await done.catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
      });
    },
  };
}

interface AdapterOptions {
  /** Whether a transaction begun now may commit before its flush. */
  isRelaxed(): boolean;
  /** Called before every statement; throws when it must not run. */
  admit(sql: string): void;
}

/** Prisma's driver for an embedded database. */
export function embeddedAdapter(pg: PGlite, { isRelaxed, admit }: AdapterOptions): AdapterFactory {
  return guardTransactions({
    provider: "postgres",
    adapterName: "tessera-embedded",
    async connect() {
      const adapter = await statements(pg);
      const { queryRaw, executeRaw } = adapter;
      adapter.queryRaw = async (query) => {
        admit(query.sql);
        return queryRaw.call(adapter, query);
      };
      adapter.executeRaw = async (query) => {
        admit(query.sql);
        return executeRaw.call(adapter, query);
      };
      adapter.startTransaction = () => begin(pg, isRelaxed());
      return adapter;
    },
  });
}
