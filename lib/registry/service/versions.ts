import "server-only";
import type { z } from "zod";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError, now } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { MetricsInput } from "../metric-schema";
import type { ModelVersion, RegisteredModel, ResolveQuery, VersionCreation, versionPatch } from "../schema";
import { touchModel } from "../store/models";
import { changeVersion, insertVersions, saveMetrics } from "../store/versions";
import { getModel, getModelByName, requireUsable } from "./models";
import { audit, requireModel, versionOf } from "./own";
import { reconcile } from "./reconcile";

/** What is served now as the model's next version. @throws AppError `conflict` when a version is exactly that already */
export async function createVersion(
  ctx: Context,
  id: string,
  { servedAs }: VersionCreation,
): Promise<RegisteredModel> {
  const usable = await reconcile();
  await (await db()).write(async (tx) => {
    const { name } = await requireModel(tx, ctx, id, "MANAGE");
    // Which models there are is decided by whoever may add them.
    requirePrivilege(ctx, "EXECUTE", { kind: "model", name: servedAs });
    const version = { modelId: id, usable: requireUsable(usable, servedAs), createdById: ctx.actor.userId };
    const [number] = await insertVersions(tx, [version]);
    await touchModel(tx, id);
    await audit(tx, ctx, "createVersion", { id, name, version: number, servedAs });
  });
  return getModel(ctx, id);
}

/** Tags and deprecation; what a version is made of never changes. */
export async function updateVersion(
  ctx: Context,
  id: string,
  number: number,
  patch: z.output<typeof versionPatch>,
): Promise<RegisteredModel> {
  const { tags, deprecation } = patch;
  await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    await changeVersion(tx, versionOf(row, number).id, {
      ...(tags === undefined ? {} : { tags }),
      ...(deprecation === undefined
        ? {}
        : {
            deprecatedFrom: deprecation === null ? null : new Date(deprecation.from),
            deprecation: deprecation?.why ?? "",
          }),
    });
    await audit(tx, ctx, "updateVersion", { id, name: row.name, version: number, ...patch });
  });
  return getModel(ctx, id);
}

/** Says yes to a version's licence for this workbench. @throws AppError `conflict` where it is accepted already */
export async function acceptLicense(ctx: Context, id: string, number: number): Promise<RegisteredModel> {
  await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    const version = versionOf(row, number);
    if (version.licenseAcceptedAt !== null) {
      throw new AppError("conflict", "The licence of this version is accepted already.");
    }
    await changeVersion(tx, version.id, {
      licenseAcceptedById: ctx.actor.userId,
      licenseAcceptedAt: now(),
    });
    await audit(tx, ctx, "acceptLicense", {
      id,
      name: row.name,
      version: number,
      license: version.license,
    });
  });
  return getModel(ctx, id);
}

/** Keeps what was measured of a version; a figure of the same name is replaced. */
export async function recordMetrics(
  ctx: Context,
  id: string,
  number: number,
  input: MetricsInput,
): Promise<RegisteredModel> {
  await (await db()).write(async (tx) => {
    const row = await requireModel(tx, ctx, id, "MANAGE");
    await saveMetrics(tx, versionOf(row, number).id, input, ctx.actor.userId);
    const names = input.metrics.map(({ name }) => name);
    await audit(tx, ctx, "recordMetrics", {
      id,
      name: row.name,
      version: number,
      source: input.source,
      metrics: names,
    });
  });
  return getModel(ctx, id);
}

/**
 * The version that an alias or a number means now. There is no fallback: an alias that does not exist is an error,
 * never the last version. @throws AppError `not_found`
 */
export async function resolveVersion(
  ctx: Context,
  { name, alias, version }: ResolveQuery,
): Promise<{ model: string; version: ModelVersion }> {
  const model = await getModelByName(ctx, name);
  const number = alias === undefined ? version : model.aliases.find((one) => one.alias === alias)?.version;
  const found = model.versions.find((each) => each.number === number);
  if (!found) {
    throw new AppError(
      "not_found",
      alias === undefined ? `${name} has no version ${version}.` : `${name} has no alias ${alias}.`,
    );
  }
  return { model: name, version: found };
}
