import "server-only";
import { authorize, bumpPolicyEpoch, fullNameOf, knownPolicy, nodeByName } from "@/lib/access/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { type Context, notFound, requirePrivilege } from "../context";
import { keyHash, makeKey, readKey } from "../key-format";
import { type ApiKey, type CreatedKey, type KeyScopes, type keyInput, keyScopes } from "../schema";
import { countLiveKeys, findKey, findLiveKeys, insertKey, revokeKeyRow } from "../store/keys";
import { audit } from "./audit";
import { requireServicePrincipal } from "./service-principals";

const maxKeys = 100;
const dayMs = 24 * 60 * 60 * 1000;

type Row = Awaited<ReturnType<typeof findLiveKeys>>[number];

/** Objects by name as they are called now; one that is gone keeps its id. */
function namedScopes({ securables, ...rest }: KeyScopes): KeyScopes {
  const policy = knownPolicy();
  const nameOf = (id: string) => {
    const node = policy.node(id);
    return node ? fullNameOf(node) : id;
  };
  return { ...rest, ...(securables ? { securables: securables.map(nameOf) } : {}) };
}

/** Objects by id, as a key keeps them. @throws AppError `unprocessable` for a name the maker sees nothing under */
function keptScopes(ctx: Context, { securables, ...rest }: KeyScopes): KeyScopes {
  const policy = knownPolicy();
  const idOf = (name: string, at: number) => {
    const node = nodeByName(policy, name);
    if (node && authorize(ctx.actor, "BROWSE", { id: node.id }).allow) return node.id;
    const message = `There is no ${name}, or you may not see it.`;
    throw new AppError("unprocessable", message, { details: [{ path: `scopes.securables.${at}`, message }] });
  };
  return { ...rest, ...(securables ? { securables: [...new Set(securables.map(idOf))] } : {}) };
}

export const shownKey = (row: Row): ApiKey => ({
  id: row.id,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  scopes: row.scopes === null ? null : namedScopes(keyScopes.parse(row.scopes)),
});

/** The person's own keys that were not revoked. */
export async function findKeys(ctx: Context): Promise<ApiKey[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "key", ownerId: ctx.actor.userId });
  return (await findLiveKeys((await db()).prisma, ctx.actor.userId)).map(shownKey);
}

type KeyRequest = ReturnType<typeof keyInput.parse>;

async function makeKeyFor(
  ctx: Context,
  ownerId: string,
  { name, expiresInDays, scopes }: KeyRequest,
  requireOwner: (tx: Tx) => Promise<void> = async () => {},
): Promise<CreatedKey> {
  const key = makeKey();
  const read = readKey(key);
  if ("wrong" in read) throw new Error("A made key does not read");
  const expiresAt = expiresInDays ? new Date(Date.now() + expiresInDays * dayMs) : null;
  const kept = scopes ? keptScopes(ctx, scopes) : undefined;
  const row = await (await db()).write(async (tx) => {
    await requireOwner(tx);
    if ((await countLiveKeys(tx, ownerId)) >= maxKeys) {
      const who = ownerId === ctx.actor.userId ? "You have" : "It has";
      throw new AppError("conflict", `${who} ${maxKeys} keys already. Revoke those that are not used.`);
    }
    const created = await insertKey(tx, {
      id: read.id,
      ownerId,
      name,
      hash: keyHash(key),
      expiresAt,
      scopes: kept,
      createdById: ctx.actor.userId,
    });
    await audit(tx, ctx, "createKey", {
      keyId: read.id,
      ownerId,
      name,
      expiresAt: expiresAt?.toISOString() ?? null,
      scopes: scopes ?? null,
    });
    return created;
  });
  return { ...shownKey(row), key };
}

/** A new key for the person themselves; this answer is the only place where it is ever shown. */
export async function createKey(ctx: Context, input: KeyRequest): Promise<CreatedKey> {
  const ownerId = ctx.actor.userId;
  requirePrivilege(ctx, "MANAGE", { kind: "key", ownerId });
  return makeKeyFor(ctx, ownerId, input);
}

/** A new key with which a program acts as the service principal; shown in this answer only. */
export async function createServiceKey(
  ctx: Context,
  ownerId: string,
  input: KeyRequest,
): Promise<CreatedKey> {
  requirePrivilege(ctx, "MANAGE", { kind: "user", id: ownerId });
  return makeKeyFor(ctx, ownerId, input, async (tx) => {
    const { name, disabledAt } = await requireServicePrincipal(tx, ownerId);
    if (disabledAt) throw new AppError("conflict", `${name} is switched off. Switch it on first.`);
  });
}

/** Ends a key at once. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  const row = await findKey((await db()).prisma, id);
  if (!row) throw notFound("key");
  requirePrivilege(ctx, "MANAGE", { kind: "key", ownerId: row.ownerId, id });
  await (await db()).write(async (tx) => {
    if (!(await revokeKeyRow(tx, id, new Date()))) throw notFound("key");
    await bumpPolicyEpoch(tx, [{ kind: "principal", id: row.ownerId }]);
    await audit(tx, ctx, "revokeKey", { keyId: id, ownerId: row.ownerId });
  });
}
