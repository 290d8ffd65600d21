import "server-only";
import type { z } from "zod";
import { administrators } from "@/lib/access";
import { authorize, changeSecurable, defaultSchemaId, findSecurable } from "@/lib/access/server";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError, now } from "@/lib/core";
import { db } from "@/lib/db/server";
import { findUsage as findInvocations, findNamedUsage } from "@/lib/gateway/server";
import { matchesFilter } from "../matching";
import {
  type emptyRegistration,
  type modelPatch,
  mostListed,
  type RegisteredModel,
  type RegisteredSummary,
  type RegistryFilter,
  type RegistryUsage,
  type registration,
} from "../schema";
import { changeModel, findModelRow, insertModels, listModelRows, type ModelRow } from "../store/models";
import { findPeople, isActivePerson } from "../store/people";
import { insertVersions } from "../store/versions";
import type { Usable } from "../usable";
import { peopleIn, toModel, toSummary } from "../view";
import { audit, requireModel } from "./own";
import { findOwners } from "./owners";
import { reconcile } from "./reconcile";

const usageDays = 30;

/** The catalogue: every registered model that matches, by name. */
export async function findModels(
  ctx: Context,
  filter: RegistryFilter,
): Promise<{ models: RegisteredSummary[]; total: number }> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const usable = await reconcile();
  const { prisma } = await db();
  const rows = (await listModelRows(prisma)).filter(
    ({ id }) => authorize(ctx.actor, "BROWSE", { kind: "registered-model", id }).allow,
  );
  const ownerOf = await findOwners(prisma, rows);
  const models = rows
    .map((row) => toSummary({ ...row, owner: ownerOf(row) }, usable))
    .filter((model) => matchesFilter(model, filter));
  return { models: models.slice(0, mostListed), total: models.length };
}

/** A model with its versions and aliases. */
export async function shown(
  ctx: Context,
  row: ModelRow,
  usable?: ReadonlyMap<string, Usable>,
): Promise<RegisteredModel> {
  const { prisma } = await db();
  const people = await findPeople(prisma, peopleIn(row));
  const owner = (await findOwners(prisma, [row]))(row);
  return toModel(ctx, { ...row, owner }, usable ?? (await reconcile()), people);
}

/** One model by its name. @throws AppError `not_found` */
export async function getModelByName(ctx: Context, name: string): Promise<RegisteredModel> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const usable = await reconcile();
  const row = await findModelRow((await db()).prisma, { name });
  if (!row) throw notFound("registered-model");
  requirePrivilege(ctx, "BROWSE", { kind: "registered-model", id: row.id });
  return shown(ctx, row, usable);
}

/** One model by its id. @throws AppError `not_found` */
export async function getModel(ctx: Context, id: string): Promise<RegisteredModel> {
  return shown(ctx, await requireModel((await db()).prisma, ctx, id, "BROWSE"));
}

/** @throws AppError `unprocessable` for what no call reaches now. */
export function requireUsable(usable: ReadonlyMap<string, Usable>, servedAs: string): Usable {
  const found = usable.get(servedAs);
  if (found) return found;
  const message = `No call reaches ${servedAs.slice(0, 200)} now.`;
  throw new AppError("unprocessable", message, { details: [{ path: "servedAs", message }] });
}

/** A model of one's own naming, with what is served as its first version. @throws AppError `conflict` */
export async function createModel(
  ctx: Context,
  input: z.output<typeof registration>,
): Promise<RegisteredModel> {
  requirePrivilege(ctx, "CREATE MODEL", { id: defaultSchemaId });
  const all = await reconcile();
  const { name, servedAs } = input;
  const createdById = ctx.actor.userId;
  const id = await (await db()).write(async (tx) => {
    // A second object over the same model must not open it to others, nor tell that there is one.
    requirePrivilege(ctx, "EXECUTE", { kind: "model", name: servedAs });
    const usable = requireUsable(all, servedAs);
    const description = input.description || usable.description;
    const modelId = (await insertModels(tx, [{ name, description, createdById }])).get(name) ?? "";
    await insertVersions(tx, [{ modelId, usable, createdById }]);
    await audit(tx, ctx, "createModel", { id: modelId, name, servedAs });
    return modelId;
  });
  return getModel(ctx, id);
}

/** A name in a schema, to which versions are added later. @throws AppError `conflict` */
export async function createEmptyModel(
  ctx: Context,
  { name, description, schemaId }: z.output<typeof emptyRegistration>,
): Promise<RegisteredModel> {
  requirePrivilege(ctx, "CREATE MODEL", { id: schemaId });
  const createdById = ctx.actor.userId;
  const id = await (await db()).write(async (tx) => {
    const made = await insertModels(tx, [{ name, description, createdById, schemaId }]);
    const modelId = made.get(name) ?? "";
    await audit(tx, ctx, "createModel", { id: modelId, name, schemaId });
    return modelId;
  });
  return getModel(ctx, id);
}

/** Changes what is said of a model. @throws AppError `conflict` when it was changed meanwhile */
export async function updateModel(
  ctx: Context,
  id: string,
  patch: z.output<typeof modelPatch>,
): Promise<RegisteredModel> {
  const { revision, deprecation, ...change } = patch;
  await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    if (change.ownerId && !(await isActivePerson(tx, change.ownerId))) {
      const message = "There is no such account, or it is switched off.";
      throw new AppError("unprocessable", message, { details: [{ path: "ownerId", message }] });
    }
    if (change.ownerId !== undefined) requirePrivilege(ctx, "GRANT", { kind: "registered-model", id });
    const securable = await findSecurable(tx, id);
    // The catalogue says the same of it.
    const facts = {
      ...(change.ownerId === undefined ? {} : { ownerId: change.ownerId ?? administrators }),
      ...(change.description === undefined ? {} : { comment: change.description }),
    };
    if (securable && Object.keys(facts).length > 0) {
      await changeSecurable(tx, securable, facts, { id: ctx.actor.userId });
    }
    await changeModel(tx, id, revision, {
      ...change,
      ...(deprecation === undefined
        ? {}
        : {
            deprecatedAt: deprecation === null ? null : (row.deprecatedAt ?? now()),
            deprecation: deprecation ?? "",
          }),
    });
    await audit(tx, ctx, "updateModel", { id, name: row.name, ...patch });
  });
  return getModel(ctx, id);
}

/** How a model was called in the last days: by what answered, and by the names of its versions. */
export async function getUsage(ctx: Context, id: string): Promise<RegistryUsage> {
  const row = await requireModel((await db()).prisma, ctx, id, "BROWSE");
  const names = [...new Set(row.versions.map(({ servedAs }) => servedAs))];
  const [served, named] = await Promise.all([
    findInvocations(ctx, names, usageDays),
    findNamedUsage(ctx, row.name, usageDays),
  ]);
  return { served, named };
}
