import type { Transaction as EngineTransaction, PGlite } from "@electric-sql/pglite";
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";

/** Statements against a connection or an open transaction; the package only ever calls `query` on what it is given. */
function statements(on: PGlite | EngineTransaction): Promise<SqlDriverAdapter> {
  return new PrismaPGlite(on as PGlite).connect();
}

/** Ends an open engine transaction: true commits, false rolls back. */
type Finish = (commit: boolean) => void;

class Abandoned extends Error {}

async function begin(pg: PGlite, relaxed: boolean): Promise<Transaction> {
  let finish: Finish = () => {};
  const decision = new Promise<boolean>((resolve) => {
    finish = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  const opened = await new Promise<EngineTransaction>((resolve, reject) => {
    done = pg.transaction(async (tx) => {
      if (relaxed) await tx.exec("SET LOCAL synchronous_commit = off");
      resolve(tx);
      if (!(await decision)) throw new Abandoned();
    });
    done.catch(reject);
  });
  const { queryRaw, executeRaw, provider, adapterName } = await statements(opened).then((adapter) => ({
    queryRaw: adapter.queryRaw.bind(adapter),
    executeRaw: adapter.executeRaw.bind(adapter),
    provider: adapter.provider,
    adapterName: adapter.adapterName,
  }));
  return {
    provider,
    adapterName,
    options: { usePhantomQuery: true },
    queryRaw,
    executeRaw,
    async commit() {
      finish(true);
      // The package's own transaction drops a failure of COMMIT itself and would report rows that are not there.
      await done;
    },
    async rollback() {
      finish(false);
      await done.catch((error: unknown) => {
        if (!(error instanceof Abandoned)) throw error;
      });
    },
  };
}

/** Prisma's driver for an embedded database. `isRelaxed` says whether a transaction begun now may commit before its flush. */
export function embeddedAdapter(pg: PGlite, isRelaxed: () => boolean): SqlDriverAdapterFactory {
  return {
    provider: "postgres",
    adapterName: "tessera-embedded",
    async connect() {
      const adapter = await statements(pg);
      adapter.startTransaction = () => begin(pg, isRelaxed());
      return adapter;
    },
  };
}
