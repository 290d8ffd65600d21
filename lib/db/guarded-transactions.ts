import "server-only";
import type { PrismaClient } from "./generated/client";

type ClientOptions = ConstructorParameters<typeof PrismaClient>[0];
export type AdapterFactory = Extract<ClientOptions, { adapter: unknown }>["adapter"];
type Adapter = Awaited<ReturnType<AdapterFactory["connect"]>>;
export type AdapterTransaction = Awaited<ReturnType<Adapter["startTransaction"]>>;

function lost(): Error {
  return new Error(
    "A statement of this transaction had failed, so nothing of it was kept: let its error out of write().",
  );
}

function guarded(tx: AdapterTransaction): AdapterTransaction {
  let failed = false;
  const watch = async <T>(statement: Promise<T>): Promise<T> => {
    try {
      return await statement;
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  return {
    provider: tx.provider,
    adapterName: tx.adapterName,
    options: tx.options,
    queryRaw: (query) => watch(tx.queryRaw(query)),
    async executeRaw(query) {
      if (failed && /^commit\b/i.test(query.sql)) {
        await tx.executeRaw({ sql: "ROLLBACK", args: [], argTypes: [] });
        throw lost();
      }
      const rows = await watch(tx.executeRaw(query));
      if (/^rollback to\b/i.test(query.sql)) failed = false;
      return rows;
    },
    async commit() {
      if (failed && tx.options.usePhantomQuery) {
        await tx.rollback();
        throw lost();
      }
      await tx.commit();
    },
    rollback: () => tx.rollback(),
  };
}

/**
 * PostgreSQL answers COMMIT after a failed statement by rolling back, without an error: code that caught
 * the failure would report rows that are not there. With this around the driver, such a commit throws.
 */
export function guardTransactions(factory: AdapterFactory): AdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    async connect() {
      const adapter = await factory.connect();
      const start = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = async (isolation) => guarded(await start(isolation));
      return adapter;
    },
  };
}
