import "server-only";
import type { Database, Tx } from "@/lib/db/server";
import { type ChainedRow, genesis, keyCheck, type Link } from "./chain";
import type { AuditRow } from "./row";

export type Reader = Pick<Tx, "auditEvent" | "auditHead" | "auditCheckpoint" | "$queryRaw">;

/** The end of the chain, locked until the transaction ends; null before the first start has made one. */
export async function lockHead(tx: Tx): Promise<Link | null> {
  const rows = await tx.$queryRaw<Link[]>`SELECT "seq", "mac" FROM "AuditHead" WHERE "id" = 1 FOR UPDATE`;
  return rows[0] ?? null;
}

/** Whether anything was ever recorded here. */
export async function hasHistory(tx: Reader): Promise<boolean> {
  return (await tx.auditEvent.count({ take: 1 })) > 0 || (await tx.auditCheckpoint.count({ take: 1 })) > 0;
}

export async function insertHead(tx: Tx, { seq, mac } = genesis): Promise<void> {
  await tx.auditHead.create({ data: { seq, mac: bytes(mac), keyCheck: bytes(keyCheck()) } });
}

/** Keeps two processes that start at once from opening the chain at the same time. */
export async function lockOpening(tx: Tx): Promise<void> {
  await tx.$executeRaw`LOCK TABLE "AuditHead" IN EXCLUSIVE MODE`;
}

const bytes = (mac: Uint8Array) => new Uint8Array(mac);

/** Adds rows behind the locked head and moves it, in one statement. */
export async function insertRows(tx: Tx, rows: readonly ChainedRow[], head: Link): Promise<void> {
  const values = JSON.stringify(
    rows.map((row) => ({ ...row, seq: String(row.seq), mac: Buffer.from(row.mac).toString("hex") })),
  );
  await tx.$executeRaw`
    WITH "moved" AS (UPDATE "AuditHead" SET "seq" = ${head.seq}, "mac" = ${bytes(head.mac)} WHERE "id" = 1)
    INSERT INTO "AuditEvent" ("seq", "eventTime", "eventId", "sourceIp", "userAgent", "sessionId", "userId",
      "userIdentity", "serviceName", "actionName", "requestId", "requestParams", "statusCode", "errorMessage",
      "auditLevel", "privilege", "why", "securableKind", "securableId", "securableName", "mac")
    SELECT "seq", "eventTime", "eventId", "sourceIp", "userAgent", "sessionId", "userId",
      "userIdentity", "serviceName", "actionName", "requestId", "requestParams", "statusCode", "errorMessage",
      "auditLevel", "privilege", "why", "securableKind", "securableId", "securableName", decode("mac", 'hex')
    FROM json_to_recordset(${values}::json) AS t(
      "seq" bigint, "eventTime" timestamptz, "eventId" text, "sourceIp" text, "userAgent" text, "sessionId" text,
      "userId" text, "userIdentity" text, "serviceName" text, "actionName" text, "requestId" text,
      "requestParams" jsonb, "statusCode" int, "errorMessage" text, "auditLevel" "AuditLevel", "privilege" text,
      "why" text, "securableKind" text, "securableId" text, "securableName" text, "mac" text)`;
}

/** Rows from before the chain, oldest first. */
export async function unchainedRows(tx: Tx, limit: number): Promise<(AuditRow & { seq: bigint })[]> {
  return tx.auditEvent.findMany({
    where: { mac: null },
    omit: { searched: true },
    orderBy: { seq: "asc" },
    take: limit,
  });
}

/** Gives rows from before the chain their MACs; the database allows it once. */
export async function chainRows(tx: Tx, rows: readonly Link[]): Promise<void> {
  const values = JSON.stringify(
    rows.map(({ seq, mac }) => ({ seq: String(seq), mac: Buffer.from(mac).toString("hex") })),
  );
  await tx.$executeRaw`
    UPDATE "AuditEvent" AS e SET "mac" = decode(t."mac", 'hex')
    FROM json_to_recordset(${values}::json) AS t("seq" bigint, "mac" text)
    WHERE e."seq" = t."seq"`;
}

/** The last row that has a MAC. */
export async function lastLink(tx: Reader): Promise<Link | null> {
  const row = await tx.auditEvent.findFirst({
    where: { mac: { not: null } },
    orderBy: { seq: "desc" },
    select: { seq: true, mac: true },
  });
  return row?.mac ? { seq: row.seq, mac: row.mac } : null;
}

export interface ChainEnds {
  head: (Link & { keyCheck: Uint8Array }) | null;
  checkpoint: (Link & { removedAt: Date; proof: Uint8Array }) | null;
  /** The highest number any row has; 0 without rows. */
  lastRow: bigint;
}

/** Both ends of the chain at one moment. */
export async function readEnds({ prisma }: Pick<Database, "prisma">): Promise<ChainEnds> {
  const [row] = await prisma.$queryRaw<Record<string, unknown>[]>`
    SELECT coalesce((SELECT max("seq") FROM "AuditEvent"), 0) AS "lastRow",
      h."seq", h."mac", h."keyCheck",
      c."seq" AS "removedSeq", c."mac" AS "removedMac", c."removedAt", c."proof"
    FROM (SELECT 1) AS one
    LEFT JOIN "AuditHead" AS h ON h."id" = 1
    LEFT JOIN "AuditCheckpoint" AS c ON c."seq" = (SELECT max("seq") FROM "AuditCheckpoint")`;
  const {
    lastRow,
    seq,
    mac,
    keyCheck: check,
    removedSeq,
    removedMac,
    removedAt,
    proof,
  } = row as {
    lastRow: bigint;
    seq: bigint | null;
    mac: Uint8Array;
    keyCheck: Uint8Array;
    removedSeq: bigint | null;
    removedMac: Uint8Array;
    removedAt: Date;
    proof: Uint8Array;
  };
  return {
    lastRow: BigInt(lastRow),
    head: seq === null ? null : { seq, mac, keyCheck: check },
    checkpoint: removedSeq === null ? null : { seq: removedSeq, mac: removedMac, removedAt, proof },
  };
}

/** Rows behind `after`, in order. */
export function rowsAfter(reader: Reader, after: bigint, limit: number) {
  return reader.auditEvent.findMany({
    where: { seq: { gt: after } },
    omit: { searched: true },
    orderBy: { seq: "asc" },
    take: limit,
  });
}

/** The MACs of some rows; those that are missing are left out. */
export async function macsOf(reader: Reader, seqs: readonly bigint[]): Promise<Map<bigint, Uint8Array>> {
  const rows = await reader.auditEvent.findMany({
    where: { seq: { in: [...seqs] } },
    select: { seq: true, mac: true },
  });
  return new Map(rows.flatMap(({ seq, mac }) => (mac ? [[seq, mac] as const] : [])));
}

/** The last row of those that may go: none before it is as young as `before`, and no more than `limit` lie before it. */
export async function lastBefore(tx: Tx, before: Date, limit: number): Promise<Link | null> {
  const first = await tx.auditEvent.findFirst({ orderBy: { seq: "asc" }, select: { seq: true } });
  const kept = await tx.auditEvent.findFirst({
    where: { eventTime: { gte: before } },
    orderBy: { seq: "asc" },
    select: { seq: true },
  });
  if (!first) return null;
  const row = await tx.auditEvent.findFirst({
    where: { seq: { lt: kept?.seq, lte: first.seq + BigInt(limit - 1) } },
    orderBy: { seq: "desc" },
    select: { seq: true, mac: true },
  });
  return row?.mac ? { seq: row.seq, mac: row.mac } : null;
}

export async function insertCheckpoint(
  tx: Tx,
  link: Link,
  removedAt: Date,
  proof: Uint8Array,
): Promise<void> {
  await tx.auditCheckpoint.create({
    data: { seq: link.seq, mac: bytes(link.mac), removedAt, proof: bytes(proof) },
  });
}

/** Removes what the newest checkpoint covers; the database refuses anything else. */
export async function deleteThrough(tx: Tx, seq: bigint): Promise<number> {
  return (await tx.auditEvent.deleteMany({ where: { seq: { lte: seq } } })).count;
}
