import "server-only";
import type { z } from "zod";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError, now } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { ModelUsage } from "@/lib/gateway";
import { findUsage as findInvocations } from "@/lib/gateway/server";
import { matchesFilter } from "../matching";
import {
  type modelPatch,
  mostListed,
  type RegisteredModel,
  type RegisteredSummary,
  type RegistryFilter,
  type registration,
} from "../schema";
import { changeModel, findModelRow, insertModels, listModelRows, type ModelRow } from "../store/models";
import { findPeople, isActivePerson } from "../store/people";
import { insertVersions } from "../store/versions";
import type { Usable } from "../usable";
import { peopleIn, toModel, toSummary } from "../view";
import { audit, requireModel } from "./own";
import { reconcile } from "./reconcile";

const usageDays = 30;

/** The catalogue: every registered model that matches, by name. */
export async function findModels(
  ctx: Context,
  filter: RegistryFilter,
): Promise<{ models: RegisteredSummary[]; total: number }> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const usable = await reconcile();
  const rows = await listModelRows((await db()).prisma);
  const models = rows
    .map((row) => toSummary(row, usable))
    .filter((model) => model !== undefined)
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
  return toModel(ctx, row, usable ?? (await reconcile()), people);
}

/** One model by its name. @throws AppError `not_found` */
export async function getModelByName(ctx: Context, name: string): Promise<RegisteredModel> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const usable = await reconcile();
  const row = await findModelRow((await db()).prisma, { name });
  if (!row) throw notFound("registered-model");
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
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const usable = requireUsable(await reconcile(), input.servedAs);
  const { name } = input;
  const createdById = ctx.actor.userId;
  const id = await (await db()).write(async (tx) => {
    const description = input.description || usable.description;
    const modelId = (await insertModels(tx, [{ name, description, createdById }])).get(name) ?? "";
    await insertVersions(tx, [{ modelId, usable, createdById }]);
    await audit(tx, ctx, "createModel", { id: modelId, name, servedAs: usable.servedAs });
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

/** How often the versions of a model were called in the last days, and how fast they answered. */
export async function getUsage(ctx: Context, id: string): Promise<ModelUsage[]> {
  const row = await requireModel((await db()).prisma, ctx, id, "BROWSE");
  return findInvocations(ctx, [...new Set(row.versions.map(({ servedAs }) => servedAs))], usageDays);
}
