import "server-only";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { newId } from "@/lib/core";
import { env } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { receive, type Upload } from "../archive/receive";
import { planArchive, unpackModel } from "../import-archive";
import { partialFolder } from "../partial";
import type { ArchiveInput } from "../schema";
import { requireRoom, requireSpace } from "../space";
import { findHub } from "../store";
import { audit } from "./hub";
import { requireNewName } from "./names";

const mostArchiveBytes = 32 * 1024 ** 3;

/** What arrived and the model it became. */
export interface ImportedArchive {
  name: string;
  bytes: number;
  sha256: string;
}

/** Called with the name that the model will have; `publish` makes it one. */
export type Placing = (name: string, publish: () => Promise<void>) => Promise<void>;

/**
 * Takes an uploaded archive and makes a model of it. Whatever goes wrong, nothing of it stays.
 * @throws AppError `too_large`, `disk_full`, `conflict`, or `unprocessable` saying what is wrong with it
 */
export async function importArchive(
  ctx: Context,
  upload: Upload,
  input: ArchiveInput,
  placing: Placing = (_, publish) => publish(),
): Promise<ImportedArchive> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const { modelsDir } = env();
  // Under the folder of what is unfinished: the next start clears it should this process be killed.
  const folder = partialFolder(modelsDir, newId("upload").toLowerCase().replaceAll("_", "-"));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const archive = join(folder, "archive.zip");
    const { bytes, sha256 } = await receive(upload, archive, mostArchiveBytes, (more) =>
      requireRoom(modelsDir, more),
    );
    const plan = await planArchive(archive, bytes, input);
    const { name, variant } = plan;
    await requireNewName(name);
    await requireSpace(modelsDir, variant.bytes, (await findHub()).quotaBytes);
    await (await db()).write((tx) =>
      audit(tx, ctx, "importArchive", { name, file: input.file, dtype: variant.dtype, bytes, sha256 }),
    );
    await placing(name, async () => {
      await unpackModel(modelsDir, archive, plan, ctx.signal);
    });
    return { name, bytes, sha256 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
