import "server-only";
import type { z } from "zod";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import { db, type Tx } from "@/lib/db/server";
import { deleteModel as deleteFiles } from "@/lib/models/server";
import type { deletion, RegisteredModel } from "../schema";
import { deleteModelRow, deleteVersionRow } from "../store/deletions";
import { type ModelRow, touchModel } from "../store/models";
import { dependentsOf, doomedOf, versionsWithOwnFiles } from "./dependents";
import { getModel } from "./models";
import { audit, requireModel, versionOf } from "./own";
import { reconcile, withClaim } from "./reconcile";

type Versions = ModelRow["versions"];

interface Plan {
  /** "The version" */
  what: string;
  pick: (row: ModelRow) => Versions;
  files: boolean;
  remove: (tx: Tx, row: ModelRow, versions: Versions, params: Record<string, unknown>) => Promise<void>;
}

/**
 * Removes versions in one transaction and then, where it was asked for, the files that nothing else needs. Until those
 * are gone their names are claimed, or a look into the registry would register them again.
 */
async function deleteVersions(ctx: Context, id: string, { what, pick, files, remove }: Plan): Promise<void> {
  const usable = await reconcile();
  const database = await db();
  const row = await requireModel(database.prisma, ctx, id, "MANAGE");
  const owned = files ? versionsWithOwnFiles(await doomedOf(database.prisma, row, pick(row), usable)) : [];
  const names = [...new Set(owned.map(({ servedAs }) => servedAs))];
  // Before anything is changed: who may delete a version may not delete every model's files.
  if (names.length > 0) requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  await claimed(names, async () => {
    await database.write(async (tx) => {
      const now = await requireModel(tx, ctx, id, "MANAGE");
      const versions = pick(now);
      const found = dependentsOf(ctx, await doomedOf(tx, now, versions, usable));
      if (found.refusal !== null) throw new AppError("conflict", found.refusal);
      requireFiles(files, found.files.deletion);
      const { approvals, metrics, served } = found;
      await remove(tx, now, versions, { approvals, metrics, served, files: names });
    });
    await deleteAllFiles(ctx, what, names);
  });
}

/** @throws AppError at `files` that says what is deleted all the same: the rows are gone by now. */
async function deleteAllFiles(ctx: Context, what: string, names: readonly string[]): Promise<void> {
  const outcomes = await Promise.allSettled(names.map((name) => deleteFiles(ctx, name)));
  const causes = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  const [cause] = causes.filter((each) => !isAppError(each) || each.code !== "not_found");
  if (cause === undefined) return;
  const left = names.filter((_, index) => outcomes[index]?.status === "rejected").join(", ");
  log.warn("Files of what was deleted are left", { left, error: cause });
  const why = isAppError(cause) ? cause.message : "the disk refused.";
  const message = `${what} is deleted; its files are not: ${why} ${left} is registered again until they are.`;
  const code = isAppError(cause) ? cause.code : "unavailable";
  throw new AppError(code, message, { cause, details: [{ path: "files", message }] });
}

/** @throws AppError `conflict` where files must go and were not to, or cannot go and were to. */
function requireFiles(files: boolean, deletion: "none" | "may" | "must"): void {
  if (!files && deletion === "must") {
    throw new AppError(
      "conflict",
      "Its files are on this server, so it would be registered again. Delete its files too.",
    );
  }
  if (files && deletion === "none") {
    throw new AppError("conflict", "It has no files here that nothing else uses. Delete it without files.");
  }
}

function claimed<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  const [name, ...rest] = names;
  return name === undefined ? work() : withClaim(name, () => claimed(rest, work));
}

/** Deletes a version; its number is never given again. @throws AppError `conflict` while an alias points to it, for a built-in one, or `forbidden` */
export async function deleteVersion(
  ctx: Context,
  id: string,
  number: number,
  { files }: z.output<typeof deletion>,
): Promise<RegisteredModel> {
  await deleteVersions(ctx, id, {
    what: "The version",
    pick: (row) => [versionOf(row, number)],
    files,
    remove: async (tx, { name }, [version], params) => {
      if (version) await deleteVersionRow(tx, version.id);
      await touchModel(tx, id);
      await audit(tx, ctx, "deleteVersion", { id, name, version: number, ...params });
    },
  });
  return getModel(ctx, id);
}

/** Deletes a model with all its versions; under its name numbers go on where they ended. @throws AppError as `deleteVersion` */
export async function deleteRegisteredModel(
  ctx: Context,
  id: string,
  { files }: z.output<typeof deletion>,
): Promise<void> {
  await deleteVersions(ctx, id, {
    what: "The model",
    pick: ({ versions }) => versions,
    files,
    remove: async (tx, row, versions, params) => {
      await deleteModelRow(tx, row);
      await audit(tx, ctx, "deleteModel", {
        id,
        name: row.name,
        versions: versions.map(({ number }) => number),
        ...params,
      });
    },
  });
}
