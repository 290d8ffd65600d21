import "server-only";
import { authorize } from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import {
  auditContext,
  type Context,
  notFound,
  openSecret,
  requirePrivilege,
  sealSecret,
} from "@/lib/auth/server";
import { isAppError, newId } from "@/lib/core";
import { checkedUrl, safeDispatcher } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { openAiEngine } from "@/lib/inference/server";
import { offeredChanged } from "./offered";
import { keptPrices, priceChanges, pricesFor } from "./price-list";
import type {
  Connection,
  ConnectionInput,
  ConnectionPatch,
  ConnectionTest,
  ConnectionTestResult,
} from "./schema";
import {
  changeConnection,
  deleteConnectionRow,
  findConnectionRow,
  findConnectionRows,
  insertConnection,
  type StoredConnection,
} from "./store";
import { forgetUpstreams, secretPlace } from "./upstreams";

const testTimeoutMs = 15_000;

/** The URL in one spelling, without what would be appended twice. @throws AppError `unprocessable`. */
export function normalisedBaseUrl(text: string): string {
  const url = checkedUrl(text);
  url.hash = "";
  url.pathname = url.pathname
    .replace(/\/+$/, "")
    .replace(/\/(chat\/completions|completions|embeddings|models)$/, "");
  return url.search ? url.href : url.href.replace(/\/+$/, "");
}

function sealed(id: string, apiKey: string) {
  // A short secret's last four characters would be most of it.
  return {
    sealed: sealSecret(apiKey, secretPlace(id)),
    last4: apiKey.length >= 12 ? apiKey.slice(-4) : "****",
  };
}

/** What of a row its reader may see: where it leads and its key's end are for administrators. */
function shown(ctx: Context, row: StoredConnection): Connection {
  const { id, name, models, prices, version, updatedAt, baseUrl, secretLast4 } = row;
  const forAll = { id, name, models, version, updatedAt: updatedAt.toISOString() };
  const { allow } = authorize(ctx.actor, "MANAGE", { kind: "connection", id });
  return allow ? { ...forAll, baseUrl, keyLast4: secretLast4, prices } : forAll;
}

async function audit(tx: Tx, ctx: Context, action: string, params: Record<string, unknown>): Promise<void> {
  await record(tx, auditContext(ctx), { service: "gateway", action, params, status: 200 });
}

/** The connections, by name. */
export async function findConnections(ctx: Context): Promise<Connection[]> {
  return (await findConnectionRows())
    .filter(({ id }) => authorize(ctx.actor, "BROWSE", { kind: "connection", id }).allow)
    .map((row) => shown(ctx, row));
}

/** A new connection. @throws AppError `forbidden`, `conflict` or `unprocessable`. */
export async function createConnection(ctx: Context, input: ConnectionInput): Promise<Connection> {
  requirePrivilege(ctx, "CREATE CONNECTION", { kind: "metastore" });
  const id = newId("con");
  const { name, models, apiKey } = input;
  const baseUrl = normalisedBaseUrl(input.baseUrl);
  const prices = pricesFor(models, input.prices ?? {});
  const secret = apiKey === undefined ? undefined : sealed(id, apiKey);
  const row = await (await db()).write(async (tx) => {
    await audit(tx, ctx, "createConnection", {
      id,
      name,
      baseUrl,
      models: models.length,
      credential: secret ? "given" : "none",
      ...priceChanges({}, prices),
    });
    return insertConnection(tx, {
      id,
      name,
      baseUrl,
      models,
      prices,
      secret: secret?.sealed,
      secretLast4: secret?.last4 ?? null,
      createdById: ctx.actor.userId,
    });
  });
  forgetUpstreams();
  await offeredChanged();
  return shown(ctx, row);
}

async function getRow(ctx: Context, id: string, tx?: Tx): Promise<StoredConnection> {
  requirePrivilege(ctx, "MANAGE", { kind: "connection", id });
  const row = await findConnectionRow(id, tx);
  if (!row) throw notFound("connection");
  return row;
}

/** Changes a connection whose `version` is still the one seen. @throws AppError `conflict` when it is not. */
export async function updateConnection(
  ctx: Context,
  id: string,
  patch: ConnectionPatch,
): Promise<Connection> {
  const { version, apiKey, name, models } = patch;
  const baseUrl = patch.baseUrl === undefined ? undefined : normalisedBaseUrl(patch.baseUrl);
  const row = await (await db()).write(async (tx) => {
    const before = await getRow(ctx, id, tx);
    // The stored key was given for the old address; sent to a new one it would be handed to whoever set it.
    const isMoved = baseUrl !== undefined && baseUrl !== before.baseUrl;
    const removesSecret = apiKey === null || (isMoved && apiKey === undefined);
    const secret = typeof apiKey === "string" ? sealed(id, apiKey) : removesSecret ? null : undefined;
    const offered = models ?? before.models;
    const prices = patch.prices ? pricesFor(offered, patch.prices) : keptPrices(offered, before.prices);
    const after = await changeConnection(tx, id, version, ctx.actor.userId, {
      name,
      baseUrl,
      models,
      prices,
      secret,
    });
    await audit(tx, ctx, "updateConnection", {
      id,
      name: after.name,
      ...(isMoved ? { baseUrl, from: before.baseUrl } : {}),
      ...(models ? { models: models.length } : {}),
      credential: secret === undefined ? "kept" : secret === null ? "removed" : "replaced",
      ...priceChanges(before.prices, prices),
    });
    return after;
  });
  forgetUpstreams();
  await offeredChanged();
  return shown(ctx, row);
}

/** Removes a connection; calls that run over it end as they would have. */
export async function deleteConnection(ctx: Context, id: string): Promise<void> {
  await (await db()).write(async (tx) => {
    const { name } = await getRow(ctx, id, tx);
    await deleteConnectionRow(tx, id);
    await audit(tx, ctx, "deleteConnection", { id, name });
  });
  forgetUpstreams();
}

/** The key to test with: the one given, or the stored one as long as it is sent where it was given for. */
async function keyForTest(
  ctx: Context,
  baseUrl: string,
  { id, apiKey }: ConnectionTest,
): Promise<string | undefined> {
  if (apiKey !== undefined || id === undefined) return apiKey;
  const row = await getRow(ctx, id);
  return row.secret && row.baseUrl === baseUrl ? openSecret(row.secret, secretPlace(id)) : undefined;
}

/** Asks an upstream for its model ids. What it cannot answer is a value that says why. */
export async function testConnection(ctx: Context, input: ConnectionTest): Promise<ConnectionTestResult> {
  requirePrivilege(ctx, "CREATE CONNECTION", { kind: "metastore" });
  const baseUrl = normalisedBaseUrl(input.baseUrl);
  const apiKey = await keyForTest(ctx, baseUrl, input);
  await (await db()).writeBatched((tx) =>
    audit(tx, ctx, "testConnection", {
      id: input.id ?? null,
      baseUrl,
      credential: apiKey === undefined ? "none" : "given",
    }),
  );
  const engine = openAiEngine({
    baseUrl,
    apiKey,
    dispatcher: safeDispatcher(),
    timeouts: { headersMs: testTimeoutMs },
  });
  try {
    return { ok: true, models: await engine.listModels(ctx.signal) };
  } catch (error) {
    if (!isAppError(error) || error.code === "client_closed") throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
