import "server-only";
import { createHmac } from "node:crypto";
import { deriveKey } from "@/lib/core/server";
import type { AuditRow } from "./row";

/** A place in the chain. */
export interface Link {
  seq: bigint;
  mac: Uint8Array;
}

export type ChainedRow = AuditRow & Link;

/** What stands before the first row. */
export const genesis: Link = { seq: 0n, mac: new Uint8Array(32) };

const hmac = () => createHmac("sha256", deriveKey("audit-chain"));

/** Tells whether the chain was made with the present key. */
export const keyCheck = (): Uint8Array => hmac().update("key").digest();

/** Without the order of keys, which the database does not keep; marked, so that `[["a",1]]` and `{"a":1}` differ. */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return ["[", ...value.map(marked)];
  if (typeof value !== "object" || value === null) return value;
  return [
    "{",
    ...Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, marked(v)]),
  ];
}

/** Every column of a row but its MAC, in one text that no other row has. Its form never changes: rows are kept for years. */
function canonical(row: AuditRow, seq: bigint): string {
  return JSON.stringify([
    1,
    String(seq),
    row.eventTime.toISOString(),
    row.eventId,
    row.sourceIp,
    row.userAgent,
    row.sessionId,
    row.userId,
    row.userIdentity,
    row.serviceName,
    row.actionName,
    row.requestId,
    marked(row.requestParams),
    row.statusCode,
    row.errorMessage,
    row.auditLevel,
    row.privilege,
    row.why,
    row.securableKind,
    row.securableId,
    row.securableName,
  ]);
}

/** HMAC-SHA256 of a row at `seq` and of the MAC before it. */
export function macOf(row: AuditRow, seq: bigint, before: Uint8Array): Uint8Array {
  return hmac().update(canonical(row, seq)).update(before).digest();
}

/** The rows with their places behind `head`. */
export function chained(rows: readonly AuditRow[], head: Link): ChainedRow[] {
  let { seq, mac } = head;
  return rows.map((row) => {
    seq += 1n;
    mac = macOf(row, seq, mac);
    return { ...row, seq, mac };
  });
}

/** MAC of a checkpoint: who can write to the database still cannot move the chain's beginning. */
export function checkpointProof({ seq, mac }: Link, removedAt: Date): Uint8Array {
  return hmac()
    .update(JSON.stringify(["checkpoint", String(seq), removedAt.toISOString()]))
    .update(mac)
    .digest();
}

export const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
