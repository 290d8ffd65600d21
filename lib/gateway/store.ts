import "server-only";
import { metastoreId } from "@/lib/access";
import { changeSecurable, findSecurable, insertSecurables, removeSecurables } from "@/lib/access/server";
import type { SealedSecret } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import {
  type InvocationRow,
  type ModelPrices,
  type ModelUsage,
  modelPrices,
  modelUsage,
  type NamedUsage,
  namedUsage,
} from "./schema";

export interface StoredConnection {
  id: string;
  name: string;
  baseUrl: string;
  secret: unknown;
  secretLast4: string | null;
  models: string[];
  prices: ModelPrices;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

type Row = Omit<StoredConnection, "models" | "prices"> & { models: unknown; prices: unknown };

function stored(row: Row): StoredConnection {
  const models = Array.isArray(row.models)
    ? row.models.filter((id): id is string => typeof id === "string")
    : [];
  return { ...row, models, prices: modelPrices.safeParse(row.prices).data ?? {} };
}

export async function findConnectionRows(): Promise<StoredConnection[]> {
  const { prisma } = await db();
  return (await prisma.connection.findMany({ orderBy: { name: "asc" } })).map(stored);
}

export async function findConnectionRow(id: string, tx?: Tx): Promise<StoredConnection | undefined> {
  const row = await (tx ?? (await db()).prisma).connection.findUnique({ where: { id } });
  return row ? stored(row) : undefined;
}

const nameTaken = (name: string) => new AppError("conflict", `A connection named ${name} exists already.`);

/** @throws AppError `conflict` when the name is taken. */
export async function insertConnection(
  tx: Tx,
  row: Pick<StoredConnection, "id" | "name" | "baseUrl" | "secretLast4" | "models" | "prices"> & {
    secret: SealedSecret | undefined;
    createdById: string;
  },
): Promise<StoredConnection> {
  if (await tx.connection.findUnique({ where: { name: row.name } })) throw nameTaken(row.name);
  await insertSecurables(tx, [
    {
      id: row.id,
      kind: "connection",
      parentId: metastoreId,
      name: row.name,
      ownerId: row.createdById,
      createdById: row.createdById,
    },
  ]);
  return stored(await tx.connection.create({ data: row }));
}

interface ConnectionChange {
  name?: string;
  baseUrl?: string;
  models?: string[];
  prices?: ModelPrices;
  /** Absent: keep; null: remove. */
  secret?: { sealed: SealedSecret; last4: string } | null;
}

/** Changes the row if its version is still the one seen. @throws AppError `conflict`. */
export async function changeConnection(
  tx: Tx,
  id: string,
  version: number,
  byId: string,
  { secret, ...change }: ConnectionChange,
): Promise<StoredConnection> {
  if (change.name !== undefined) {
    const other = await tx.connection.findUnique({ where: { name: change.name } });
    if (other && other.id !== id) throw nameTaken(change.name);
    const securable = await findSecurable(tx, id);
    if (securable) await changeSecurable(tx, securable, { name: change.name }, { id: byId });
  }
  const { count } = await tx.connection.updateMany({
    where: { id, version },
    data: {
      ...change,
      version: { increment: 1 },
      ...(secret ? { secret: secret.sealed } : {}),
      ...(secret === undefined ? {} : { secretLast4: secret?.last4 ?? null }),
    },
  });
  // Prisma writes null into a JSON column as JSON's null, which would read as a secret that is there.
  if (secret === null && count > 0)
    await tx.$executeRaw`UPDATE "Connection" SET "secret" = NULL WHERE "id" = ${id}`;
  const row = await findConnectionRow(id, tx);
  if (count === 0 || !row) {
    throw new AppError(
      "conflict",
      "Somebody else has changed this connection meanwhile. Load it again to see how.",
    );
  }
  return row;
}

export async function deleteConnectionRow(tx: Tx, id: string): Promise<void> {
  await removeSecurables(tx, [id]);
  await tx.connection.deleteMany({ where: { id } });
}

/** Adds rows; those that are there already stay as they are. One statement with one parameter: its cost hardly grows with the rows. */
export async function insertInvocations(rows: InvocationRow[]): Promise<void> {
  const json = JSON.stringify(rows);
  await (await db()).writeBatched(
    (tx) => tx.$executeRaw`
      INSERT INTO "Invocation" (
        "id", "requestId", "traceId", "userId", "keyId", "source", "task", "model", "calledAs", "registeredModel",
        "registeredVersion", "promptId", "promptVersion", "promptAlias", "promptVariables", "connectionId", "engine", "device", "parameters", "stream", "startedAt", "durationMs", "firstTokenMs", "inputTokens", "outputTokens", "cost",
        "outcome", "statusCode", "finishReason", "errorCode", "clientReported")
      SELECT * FROM jsonb_to_recordset(${json}::jsonb) AS row(
        "id" text, "requestId" text, "traceId" text, "userId" text, "keyId" text, "source" text, "task" text,
        "model" text, "calledAs" text, "registeredModel" text, "registeredVersion" int,
        "promptId" text, "promptVersion" int, "promptAlias" text, "promptVariables" jsonb, "connectionId" text, "engine" text, "device" text, "parameters" jsonb, "stream" boolean,
        "startedAt" timestamptz, "durationMs" double precision, "firstTokenMs" double precision, "inputTokens" int,
        "outputTokens" int, "cost" double precision, "outcome" text, "statusCode" int, "finishReason" text, "errorCode" text,
        "clientReported" boolean)
      ON CONFLICT ("id") DO NOTHING`,
  );
}

/** Calls since a time, summed up by model and place; most calls first. */
export async function sumInvocations(models: readonly string[], since: Date): Promise<ModelUsage[]> {
  const rows = await (await db()).prisma.$queryRaw<Record<string, unknown>[]>`
    SELECT "model", "engine", count(*)::int AS "calls", count(*) FILTER (WHERE "outcome" = 'error')::int AS "failed",
      count(DISTINCT "userId")::int AS "people", sum("inputTokens")::float8 AS "inputTokens",
      sum("outputTokens")::float8 AS "outputTokens",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY "firstTokenMs") AS "firstTokenMs",
      percentile_cont(0.5) WITHIN GROUP (ORDER BY "durationMs") AS "durationMs", max("startedAt") AS "lastAt"
    FROM "Invocation"
    WHERE "model" IN (SELECT jsonb_array_elements_text(${JSON.stringify(models)}::jsonb)) AND "startedAt" >= ${since}
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`;
  return rows.map(({ lastAt, ...row }) => {
    const known = Object.entries(row).filter(([, value]) => value !== null);
    return modelUsage.parse({ ...Object.fromEntries(known), lastAt: new Date(String(lastAt)).toISOString() });
  });
}

/** Calls by names of a registered model's versions since a time, by what they meant; last called first. */
export async function sumNamedInvocations(registeredModel: string, since: Date): Promise<NamedUsage[]> {
  const rows = await (await db()).prisma.$queryRaw<Record<string, unknown>[]>`
    SELECT "calledAs", "registeredVersion" AS "number", "model", count(*)::int AS "calls",
      count(*) FILTER (WHERE "outcome" = 'error')::int AS "failed", count(DISTINCT "userId")::int AS "people",
      max("startedAt") AS "lastAt"
    FROM "Invocation"
    WHERE "registeredModel" = ${registeredModel} AND "startedAt" >= ${since}
    GROUP BY 1, 2, 3 ORDER BY 7 DESC, 1, 2`;
  return rows.map(({ lastAt, ...row }) =>
    namedUsage.parse({ ...row, lastAt: new Date(String(lastAt)).toISOString() }),
  );
}

interface DatabaseFailure {
  meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown } } };
}

/** Whether a row was refused for what it holds (SQLSTATE classes 22 and 23), so that it will be refused again. */
export function isRowAtFault(error: unknown): boolean {
  const { meta } = (typeof error === "object" && error !== null ? error : {}) as DatabaseFailure;
  return [meta?.code, meta?.driverAdapterError?.cause?.originalCode].some(
    (state) => typeof state === "string" && /^2[23]/.test(state),
  );
}
