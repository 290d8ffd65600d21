import "server-only";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { importArchive } from "@/lib/models/server";
import type { ArchiveImport, ArchiveQuery } from "../schema";
import { getModelByName } from "./models";
import { requireModel } from "./own";
import { withClaim } from "./reconcile";
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

/**
 * Makes a model of an uploaded archive: the next version of a registered one, or version 1 of its own.
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
  const row = target === undefined ? undefined : await requireModel(prisma, ctx, target, "MANAGE");
  const upload = { body: request.body, bytes: lengthOf(request) };
  const imported = await importArchive(ctx, upload, input, (name, publish) =>
    row
      ? withClaim(name, async () => {
          await publish();
          await createVersion(ctx, row.id, { servedAs: name });
        })
      : publish(),
  );
  const registered = await getModelByName(ctx, row?.name ?? imported.name);
  const version = registered.versions.find(({ servedAs }) => servedAs === imported.name);
  if (!version) throw new Error(`${imported.name} was imported and is not registered.`);
  const { bytes, sha256 } = imported;
  return { bytes, sha256, name: registered.name, version: version.number };
}
