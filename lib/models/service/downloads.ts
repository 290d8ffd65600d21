import "server-only";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { dropSingle, env, log, single } from "@/lib/core/server";
import { db, handleControl } from "@/lib/db/server";
import { Downloads } from "../downloads";
import { planDownload } from "../plan";
import type { Download, DownloadInput } from "../schema";
import { bytesUnder, requireRoom, requireRoomFor } from "../space";
import { findHub } from "../store";
import { audit, hubAccess } from "./hub";
import { nameFromPath, requireUnusedName, variantName } from "./names";

const retryDelaysMs = [1_000, 2_000, 4_000, 8_000];

/** The downloads of this process. */
export function downloads(): Downloads {
  const { modelsDir } = env();
  return single(
    "models.downloads",
    () =>
      new Downloads({
        modelsDir,
        access: hubAccess,
        requireRoom: (bytes) => requireRoom(modelsDir, bytes),
        retryDelaysMs,
      }),
  );
}

/** Goes on with the downloads of the last process, and tells the command line which hub is set. */
export async function startModels(): Promise<void> {
  handleControl("models.hub", async () => {
    const { address, token } = await hubAccess();
    return { address, token };
  });
  try {
    await downloads().recover();
  } catch (error) {
    // A folder that cannot be read must not keep the workbench from starting.
    log.error("Downloads were not resumed", { error });
  }
}

/** Leaves running downloads to the next process. */
export async function stopModels(): Promise<void> {
  await downloads().close();
  dropSingle("models.downloads");
}

/** Downloads that wait, run or stopped. */
export async function findDownloads(ctx: Context): Promise<Download[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  return downloads().list();
}

/** Asks the hub, then fetches in the background. A download that stopped is gone on with. */
export async function startDownload(ctx: Context, input: DownloadInput): Promise<Download> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const hub = await hubAccess();
  const plan = await planDownload(hub, input, variantName, ctx.signal);
  const { name, repository, revision, sha, dtype, files } = plan;
  await requireUnusedName(name);
  const known = (await downloads().list()).find((each) => each.name === name && each.state !== "done");
  if (!known) await requireSpace(files.reduce((sum, { size }) => sum + size, 0));
  await (await db()).write((tx) =>
    audit(tx, ctx, "startDownload", { name, hub: hub.address, repository, revision, sha, dtype }),
  );
  return downloads().start(plan);
}

/** @throws AppError `disk_full`, or `conflict` when the models would take more than an administrator allows. */
export async function requireSpace(bytes: number): Promise<void> {
  const { modelsDir } = env();
  await requireRoomFor(modelsDir, bytes);
  const { quotaBytes } = await findHub();
  if (quotaBytes === undefined || quotaBytes === null) return;
  const used = await bytesUnder(modelsDir);
  if (used + bytes <= quotaBytes) return;
  const gb = (count: number) => `${(count / 1e9).toFixed(2)} GB`;
  throw new AppError(
    "conflict",
    `Models may take ${gb(quotaBytes)} and take ${gb(used)}; this one has ${gb(bytes)}. Delete a model, or raise the limit in the hub's settings.`,
  );
}

/** Who may, and which download is meant; the audit row is there before anything changes. */
async function manage(ctx: Context, text: string, action: string): Promise<string> {
  const name = nameFromPath(text, notFound("model"));
  requirePrivilege(ctx, "MANAGE", { kind: "model", name });
  const { repository } = await downloads().get(name);
  await (await db()).write((tx) => audit(tx, ctx, action, { name, repository }));
  return name;
}

export async function pauseDownload(ctx: Context, name: string): Promise<Download> {
  return downloads().pause(await manage(ctx, name, "pauseDownload"));
}

export async function resumeDownload(ctx: Context, name: string): Promise<Download> {
  return downloads().resume(await manage(ctx, name, "resumeDownload"));
}

/** Stops it and removes what was fetched. */
export async function discardDownload(ctx: Context, name: string): Promise<void> {
  await downloads().discard(await manage(ctx, name, "discardDownload"));
}
