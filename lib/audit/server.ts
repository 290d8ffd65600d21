import "server-only";

export { recordGrouped, recordRead } from "./group";
export { startAudit, stopAudit } from "./lifecycle";
export { record } from "./record";
export type { AuditedAction, AuditOrigin, AuditRow } from "./row";
export { trimChain } from "./trim";
export { verifyChain } from "./verify";
