import "server-only";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { importArchive, removeModel } from "@/lib/models/server";
import type { ArchiveImport, ArchiveQuery } from "../schema";
import { findMadeOf } from "../store/versions";
import { requireModel } from "./own";
import { reconcile, withClaim } from "./reconcile";
import { createVersion } from "./versions";

interface ArchiveRequest {
  headers: Pick<Headers, "get">;
  body: ReadableStream<Uint8Array> | null;
}

/** Absent when it is not announced or no number. */
function lengthOf({ headers }: ArchiveRequest): number | undefined {
  const text = headers.get("content-length");
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

type Made = Pick<ArchiveImport, "name" | "version">;

/** The version that a model just published is: of `target`, or of the model that got it by itself. */
async function findMade(servedAs: string, target?: string): Promise<Made | undefined> {
  const fingerprint = (await reconcile()).get(servedAs)?.fingerprint;
  const rows = fingerprint === undefined ? [] : await findMadeOf((await db()).prisma, fingerprint);
  const row = rows.find(({ modelId }) => target === undefined || modelId === target);
  return row && { name: row.model.name, version: row.number };
}

async function register(ctx: Context, servedAs: string, target?: string): Promise<Made | undefined> {
  const known = await findMade(servedAs, target);
  if (known || target === undefined) return known;
  await createVersion(ctx, target, { servedAs });
  return findMade(servedAs, target);
}

/** Gives a published model its place, or takes it away again. */
async function place(ctx: Context, servedAs: string, target?: string): Promise<Made> {
  try {
    const made = await register(ctx, servedAs, target);
    if (made) return made;
    throw new AppError("unavailable", `${servedAs} could not be registered.`);
  } catch (error) {
    await removeModel(servedAs);
    throw error;
  }
}

/**
 * Makes a model of an uploaded archive: the next version of a registered one, or version 1 of its own. Whatever goes
 * wrong, nothing of it stays.
 * @throws AppError as `importArchive` does, and where the registered model is not the caller's to change
 */
export async function importVersion(
  ctx: Context,
  request: ArchiveRequest,
  { model: target, ...input }: ArchiveQuery,
): Promise<ArchiveImport> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const { prisma } = await db();
  // Before a gigabyte is sent for nothing.
  if (target !== undefined) await requireModel(prisma, ctx, target, "MANAGE");
  const upload = { body: request.body, bytes: lengthOf(request) };
  let made: Made | undefined;
  const { bytes, sha256 } = await importArchive(ctx, upload, input, async (name, publish) => {
    const publishAndPlace = async () => {
      await publish();
      made = await place(ctx, name, target);
    };
    await (target === undefined ? publishAndPlace() : withClaim(name, publishAndPlace));
  });
  if (!made) throw new Error("An archive was imported to no place.");
  return { bytes, sha256, ...made };
}
