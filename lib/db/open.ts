import { join } from "node:path";
import { dropSingle, env, single } from "@/lib/core/server";
import type { Database } from "./database";
import { EmbeddedDatabase } from "./embedded/database";
import { openDurable, openInMemory } from "./embedded/open";
import { pgliteSession } from "./embedded/session";
import { migrate } from "./migrations";

export type OpenOptions = { kind: "memory"; snapshot?: Blob } | { kind: "folder"; dir: string };

/** Opens a database and brings it to the present schema. For tests and the command line; the application calls `db()`. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const pg =
    options.kind === "memory" ? await openInMemory(options.snapshot) : await openDurable(options.dir);
  try {
    await migrate(pgliteSession(pg));
    return new EmbeddedDatabase(pg);
  } catch (error) {
    await pg.close();
    throw error;
  }
}

async function openConfigured(): Promise<Database> {
  return openDatabase({ kind: "folder", dir: join(env().dataDir, "db") });
}

/** The process's database: opened, and brought to the present schema, by the first call. */
export function db(): Promise<Database> {
  return single("db", () => {
    const opening = openConfigured();
    opening.catch(() => dropSingle("db"));
    return opening;
  });
}
