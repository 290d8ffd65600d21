import "server-only";

export { backupTo } from "./backup/backup";
export { restoreFrom } from "./backup/restore";
export { beforeCommit } from "./before-commit";
export { onCommitted } from "./committed";
export { callControl, handleControl } from "./control";
export { acquireDataLock } from "./data-lock";
export type { Database, Health, Tx } from "./database";
export { isDiskFull, isUniqueViolation, isWriteConflict } from "./failures";
export { db, openDatabase } from "./open";
export { allOf, type Sql, sql } from "./sql";
