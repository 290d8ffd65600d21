import "server-only";
import type { AuditRow } from "@/lib/audit/server";
import { allOf, type Sql, sql, type Tx } from "@/lib/db/server";
import type { AuditFilter, Outcome } from "../schema";

type Reader = Pick<Tx, "$queryRaw">;

/** A row as the database gives it. */
export interface EventRow extends AuditRow {
  seq: bigint;
  mac: Uint8Array | null;
}

/** A filter, and whose rows at most. */
export interface Sought extends Omit<AuditFilter, "mine"> {
  ownerId: string | null;
}

/** LIKE's own signs are meant as they were typed. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");

const outcomeIs: Record<Outcome, Sql> = {
  allowed: sql`"statusCode" < 400`,
  refused: sql`"statusCode" BETWEEN 400 AND 499`,
  failed: sql`"statusCode" >= 500`,
};

/** All that was typed is bound as values; none of it becomes SQL. */
function matching({
  ownerId,
  from,
  to,
  person,
  action,
  outcome,
  object,
  text,
  request,
  securable,
}: Sought): Sql {
  const [service, verb] = action?.split(".") ?? [];
  return allOf([
    ...(ownerId === null ? [] : [sql`"userId" = ${ownerId}`]),
    ...(from ? [sql`"eventTime" >= ${from}::timestamptz`] : []),
    ...(to ? [sql`"eventTime" < ${to}::timestamptz`] : []),
    ...(person
      ? [
          sql`"userIdentity" LIKE ANY (${[`${literal(person)}%`, `${literal(person.toLowerCase())}%`]}::text[])`,
        ]
      : []),
    ...(service ? [sql`"serviceName" = ${service}`] : []),
    ...(verb ? [sql`"actionName" = ${verb}`] : []),
    ...(outcome ? [outcomeIs[outcome]] : []),
    ...(object ? [sql`"securableName" LIKE ${`${literal(object)}%`}`] : []),
    ...(request ? [sql`"requestId" = ${request}`] : []),
    ...(securable ? [sql`"securableId" = ${securable}`] : []),
    ...(text ? [sql`"searched" LIKE lower(${`%${literal(text)}%`})`] : []),
  ]);
}

/** All but what is made for searching. */
const columns = sql`"seq", "eventTime", "eventId", "sourceIp", "userAgent", "sessionId", "userId", "userIdentity",
  "serviceName", "actionName", "requestId", "requestParams", "statusCode", "errorMessage", "auditLevel",
  "privilege", "why", "securableKind", "securableId", "securableName", "mac"`;

/** Matching rows before `before`, newest first. */
export function findRows(
  reader: Reader,
  sought: Sought,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<EventRow[]> {
  const place = before === undefined ? sql`TRUE` : sql`"seq" < ${before}::bigint`;
  return reader.$queryRaw<EventRow[]>`
    SELECT ${columns} FROM "AuditEvent" WHERE ${place} AND ${matching(sought)} ORDER BY "seq" DESC LIMIT ${limit}::int`;
}

/** Matching rows behind `after` and up to `through`, oldest first. */
export function rowsBetween(
  reader: Reader,
  sought: Sought,
  { after, through, limit }: { after: bigint; through: bigint; limit: number },
): Promise<EventRow[]> {
  return reader.$queryRaw<EventRow[]>`
    SELECT ${columns} FROM "AuditEvent" WHERE "seq" > ${after} AND "seq" <= ${through} AND ${matching(sought)}
    ORDER BY "seq" LIMIT ${limit}::int`;
}

export async function findRow(reader: Reader, eventId: string): Promise<EventRow | null> {
  const rows = await reader.$queryRaw<
    EventRow[]
  >`SELECT ${columns} FROM "AuditEvent" WHERE "eventId" = ${eventId}`;
  return rows[0] ?? null;
}

/** Where the log ends. */
export async function lastSeq(reader: Reader): Promise<bigint> {
  const rows = await reader.$queryRaw<{ seq: bigint }[]>`
    SELECT coalesce(max("seq"), 0) AS "seq" FROM "AuditEvent"`;
  return BigInt(rows[0]?.seq ?? 0);
}

export interface Span {
  first: Date | null;
  last: Date | null;
  total: number;
}

/** When the first and the last matching row were written, and how many match. */
export async function spanOf(reader: Reader, sought: Sought): Promise<Span> {
  const rows = await reader.$queryRaw<Span[]>`
    SELECT min("eventTime") AS "first", max("eventTime") AS "last", count(*)::int AS "total"
    FROM "AuditEvent" WHERE ${matching(sought)}`;
  return rows[0] ?? { first: null, last: null, total: 0 };
}

export interface BucketRow {
  bucket: number;
  allowed: number;
  refused: number;
  failed: number;
}

/** Matching rows by time: bucket 0 begins at `start`, each is `stepMs` long. */
export function countRows(
  reader: Reader,
  sought: Sought,
  { start, stepMs }: { start: Date; stepMs: number },
): Promise<BucketRow[]> {
  return reader.$queryRaw<BucketRow[]>`
    SELECT floor(extract(epoch FROM "eventTime" - ${start.toISOString()}::timestamptz) * 1000 / ${stepMs}::float8)::int AS "bucket",
      count(*) FILTER (WHERE "statusCode" < 400)::int AS "allowed",
      count(*) FILTER (WHERE "statusCode" BETWEEN 400 AND 499)::int AS "refused",
      count(*) FILTER (WHERE "statusCode" >= 500)::int AS "failed"
    FROM "AuditEvent" WHERE ${matching(sought)}
    GROUP BY 1 ORDER BY 1`;
}
