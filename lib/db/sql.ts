import "server-only";
import { Prisma } from "./generated/client";

export type Sql = Prisma.Sql;

/** A piece of a raw statement, its values bound: for stores whose conditions vary. */
export const sql = Prisma.sql;

/** All of the conditions; TRUE for none. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : Prisma.join([...conditions], " AND ");
}
