import "server-only";

export { backupTo } from "./backup/backup";
export { restoreFrom } from "./backup/restore";
export { callControl, handleControl } from "./control";
export { acquireDataLock } from "./data-lock";
export type { Database, Health, Tx } from "./database";
export { isUniqueViolation } from "./failures";
export { db, openDatabase } from "./open";
