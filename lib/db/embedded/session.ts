import "server-only";
import type { PGlite } from "@electric-sql/pglite";
import type { MigrationSession } from "../migrations";

/** The embedded database as the migration runner sees it. */
export function pgliteSession(pg: PGlite): MigrationSession {
  return {
    exec: (sql) => pg.exec(sql),
    rows: async (sql, values) => (await pg.query<Record<string, unknown>>(sql, values)).rows,
  };
}
