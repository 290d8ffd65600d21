import "server-only";
import type { z } from "zod";
import {
  creationPrivilege,
  metastoreId,
  questionsOf,
  type StoredKind,
  schemaKinds,
  securableName,
} from "@/lib/access";
import {
  authorize,
  bumpPolicyEpoch,
  changeSecurable,
  currentPolicy,
  findPrincipals,
  findSecurables,
  findTags,
  fullNameOf,
  insertSecurables,
  knownPolicy,
  type NewSecurable,
  nodeByName,
  type PolicyNode,
  pathOf,
  type SecurableRow,
  saveTags,
  type TagRow,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { parseInput } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { hooksOf } from "../hooks";
import {
  type CatalogObject,
  mostTags,
  type OwnerChange,
  type objectCreation,
  type objectPatch,
  type schemaObjectCreation,
  type tagChange,
} from "../schema";
import { principalNames, storedKind, toRef } from "../view";
import { audit, noObject, requireOn, rowOf } from "./context";

/** One object with what the reader may do. @throws AppError `not_found` */
export async function getObject(ctx: Context, id: string): Promise<CatalogObject> {
  requireOn(ctx, await currentPolicy(), id, "BROWSE");
  const [object] = await objectsOf(ctx, [id]);
  if (!object) throw noObject();
  return object;
}

/** Objects that the reader may see, in the order of their ids; what is gone by now is left out. */
export async function objectsOf(ctx: Context, ids: readonly string[]): Promise<CatalogObject[]> {
  const policy = await currentPolicy();
  const { prisma } = await db();
  const [rows, tags] = await Promise.all([findSecurables(prisma, ids), findTags(prisma, ids)]);
  const people = await principalNames(
    prisma,
    policy,
    rows.flatMap((row) => [row.ownerId, row.createdById, row.updatedById]),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const node = policy.node(id);
    if (!row || !node) return [];
    const own = tags.filter(({ securableId }) => securableId === id);
    return [shown(ctx, { row, node, tags: own, people })];
  });
}

interface Facts {
  row: SecurableRow;
  node: PolicyNode;
  tags: readonly TagRow[];
  people: Awaited<ReturnType<typeof principalNames>>;
}

function shown(ctx: Context, { row, node, tags, people }: Facts): CatalogObject {
  const { id } = node;
  const may = (question: Parameters<typeof authorize>[1]) => authorize(ctx.actor, question, { id }).allow;
  const kind = storedKind(node.kind);
  return {
    ...toRef(node),
    path: pathOf(node)
      .filter((each) => each !== node && each.kind !== "metastore")
      .reverse()
      .map(toRef),
    owner: people(row.ownerId),
    comment: row.comment,
    properties: row.properties as Record<string, string>,
    details: row.details as Record<string, unknown>,
    tags: tags.map(({ part, key, value }) => ({ part, key, value })),
    createdBy: row.createdById === null ? null : people(row.createdById),
    createdAt: row.createdAt.toISOString(),
    updatedBy: row.updatedById === null ? null : people(row.updatedById),
    updatedAt: row.updatedAt.toISOString(),
    revision: row.revision,
    may: {
      manage: may("MANAGE"),
      grant: may("GRANT"),
      tag: may("APPLY TAG"),
      create: creatable(kind).filter((each) => may(creationPrivilege(each))),
      privileges: questionsOf(kind).filter(may),
    },
  };
}

function creatable(kind: StoredKind): StoredKind[] {
  if (kind === "metastore") return ["catalog", "connection"];
  if (kind === "catalog") return ["schema"];
  return kind === "schema" ? [...schemaKinds] : [];
}

/** As `getObject`, by full name. @throws AppError `not_found` */
export async function getObjectByName(
  ctx: Context,
  { name, kind }: { name: string; kind?: StoredKind },
): Promise<CatalogObject> {
  const node = nodeByName(await currentPolicy(), name, kind);
  if (!node) throw noObject();
  return getObject(ctx, node.id);
}

/** A catalog or a schema, owned by whoever makes it. @throws AppError `conflict` for a taken name. */
export async function createObject(
  ctx: Context,
  { kind, parentId, ...facts }: z.output<typeof objectCreation>,
): Promise<CatalogObject> {
  const policy = await currentPolicy();
  const parent = requireOn(ctx, policy, parentId, creationPrivilege(kind));
  if (parent.kind !== (kind === "catalog" ? "metastore" : "catalog")) {
    throw new AppError("unprocessable", `A ${kind} cannot lie in a ${parent.kind}.`);
  }
  const actorId = ctx.actor.userId;
  return insert(ctx, kind === "catalog" ? "createCatalog" : "createSchema", {
    kind,
    parentId,
    ownerId: actorId,
    ...facts,
  });
}

async function insert(
  ctx: Context,
  action: string,
  object: Omit<NewSecurable, "createdById">,
): Promise<CatalogObject> {
  const { kind, name, parentId } = object;
  const id = await (await db()).write(async (tx) => {
    const [made] = await insertSecurables(tx, [{ ...object, createdById: ctx.actor.userId }]);
    if (!made) throw new Error("Nothing was made");
    const node = knownPolicy().node(parentId);
    const fullName = node && node.kind !== "metastore" ? `${fullNameOf(node)}.${name}` : name;
    await audit(tx, ctx, action, { id: made.id, kind, name, parentId }, { id: made.id, kind, fullName });
    return made.id;
  });
  return getObject(ctx, id);
}

/**
 * An object in a schema, as far as the catalogue alone keeps it: a table, a volume or a function, owned by
 * whoever makes it. @throws AppError `conflict` for a taken name.
 */
export async function createInSchema(
  ctx: Context,
  schemaId: string,
  object: z.output<typeof schemaObjectCreation>,
): Promise<CatalogObject> {
  const { kind } = object;
  const schema = requireOn(ctx, await currentPolicy(), schemaId, creationPrivilege(kind));
  if (schema.kind !== "schema") {
    throw new AppError("unprocessable", `A ${kind} cannot lie in a ${schema.kind}.`);
  }
  const action = {
    table: "createTable",
    view: "createTable",
    volume: "createVolume",
    function: "createFunction",
  };
  return insert(ctx, action[kind], { ...object, parentId: schemaId, ownerId: ctx.actor.userId });
}

/** A place where an object may lie: of the kind its present container is. */
function requirePlace(
  ctx: Context,
  row: SecurableRow,
  parentId: string,
  policy: Awaited<ReturnType<typeof currentPolicy>>,
): void {
  const kind = storedKind(row.kind);
  const before = row.parentId === null ? undefined : policy.node(row.parentId);
  const parent = requireOn(ctx, policy, parentId, creationPrivilege(kind));
  if (!before || parent.kind !== before.kind || parent.kind === "metastore") {
    throw new AppError("unprocessable", `A ${kind} cannot be moved there.`);
  }
}

/** Renames, moves or describes an object. @throws AppError `conflict` for a taken name or a stale revision. */
export async function updateObject(
  ctx: Context,
  id: string,
  { revision, ...patch }: z.output<typeof objectPatch>,
): Promise<CatalogObject> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, id, "MANAGE");
  if (id === metastoreId) throw new AppError("unprocessable", "The metastore is not renamed or moved.");
  await (await db()).write(async (tx) => {
    const row = await rowOf(tx, id);
    const kind = storedKind(row.kind);
    const isRenamed = patch.name !== undefined && patch.name !== row.name;
    const isMoved = patch.parentId !== undefined && patch.parentId !== row.parentId;
    if (isRenamed && kind === "connection") {
      throw new AppError(
        "unprocessable",
        "A connection is renamed under Connections: its models' names begin with it.",
      );
    }
    if (isRenamed && kind !== "model") parseInput(securableName, patch.name);
    if (isMoved && patch.parentId !== undefined) requirePlace(ctx, row, patch.parentId, policy);
    const changed = await changeSecurable(tx, row, patch, { id: ctx.actor.userId, revision });
    if (isRenamed) await hooksOf(kind)?.renamed?.(tx, id, changed.name);
    if (patch.comment !== undefined) await hooksOf(kind)?.described?.(tx, id, { comment: patch.comment });
    const action = isMoved ? "moveObject" : isRenamed ? "renameObject" : "updateObject";
    await audit(tx, ctx, action, { id, kind, name: row.name, ...patch }, toRef(node));
  });
  return getObject(ctx, id);
}

/** Gives an object to somebody else: a user, a service principal or a group. */
export async function transferOwner(
  ctx: Context,
  id: string,
  { principalId, revision }: OwnerChange,
): Promise<CatalogObject> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, id, "GRANT");
  if (id === metastoreId) throw new AppError("unprocessable", "The metastore belongs to the administrators.");
  await (await db()).write(async (tx) => {
    const row = await rowOf(tx, id);
    const owner = (await findPrincipals(tx, [principalId])).get(principalId);
    if (!owner?.isActive) {
      throw new AppError(
        "unprocessable",
        "There is no such user, service principal or group, or it is switched off.",
        {
          details: [{ path: "principalId", message: "Choose somebody who is active." }],
        },
      );
    }
    await changeSecurable(tx, row, { ownerId: principalId }, { id: ctx.actor.userId, revision });
    await hooksOf(storedKind(row.kind))?.described?.(tx, id, { ownerId: principalId });
    const params = { id, name: row.name, from: row.ownerId, to: principalId };
    await audit(tx, ctx, "transferOwner", params, toRef(node));
  });
  // Whoever gave it away may not see it any more, and yet is told that it is done.
  const [object] = await objectsOf(ctx, [id]);
  if (!object) throw noObject();
  return object;
}

/** Sets and removes tags of an object, or of a part such as a column. */
export async function changeTags(
  ctx: Context,
  id: string,
  { part, set, remove }: z.output<typeof tagChange>,
): Promise<CatalogObject> {
  const node = requireOn(ctx, await currentPolicy(), id, "APPLY TAG");
  await (await db()).write(async (tx: Tx) => {
    const count = await saveTags(tx, { securableId: id, part, set, remove, byId: ctx.actor.userId });
    if (count > mostTags) throw new AppError("conflict", `An object has ${mostTags} tags at most.`);
    // What may be read of a table hangs on them.
    await bumpPolicyEpoch(tx, [{ kind: "grants", id }]);
    await audit(tx, ctx, "changeTags", { id, part, set, remove }, toRef(node));
  });
  return getObject(ctx, id);
}
