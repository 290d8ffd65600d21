import "server-only";

export type { Database, Health, Tx } from "./database";
export { db, openDatabase } from "./open";
