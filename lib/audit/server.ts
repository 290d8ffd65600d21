import "server-only";

export { type AuditedAction, type AuditOrigin, record } from "./record";
