import "server-only";
import { z } from "zod";
import { type Context, notFound, requirePrivilege } from "@/lib/auth/server";
import { dropSingle, env, log, single } from "@/lib/core/server";
import { db, handleControl } from "@/lib/db/server";
import { type Downloads, makeDownloads } from "../downloads";
import { planDownload } from "../plan";
import { requireUnpointed } from "../pointing";
import type { Download, DownloadInput } from "../schema";
import { requireSpace } from "../space";
import { findHub } from "../store";
import { audit, hubAccess } from "./hub";
import { mayKnow, nameFromPath, requireUnusedName, variantName } from "./names";

/** The downloads of this process. */
export function downloads(): Downloads {
  return single("models.downloads", () => makeDownloads(hubAccess));
}

/** Goes on with the downloads of the last process, and tells the command line which hub is set and what aliases point to. */
export async function startModels(): Promise<void> {
  handleControl("models.hub", async () => {
    const { address, token } = await hubAccess();
    return { address, token, quotaBytes: (await findHub()).quotaBytes };
  });
  handleControl("models.unpointed", (name) => requireUnpointed(z.string().parse(name)));
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

/** Downloads that wait, run or stopped, of models that the reader may know of. */
export async function findDownloads(ctx: Context): Promise<Download[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  return (await downloads().list()).filter(({ name }) => mayKnow(ctx, name));
}

/** Asks the hub, then fetches in the background. A download that stopped is gone on with. */
export async function startDownload(ctx: Context, input: DownloadInput): Promise<Download> {
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
  const hub = await hubAccess();
  const plan = await planDownload(hub, input, variantName, ctx.signal);
  const { name, repository, revision, sha, dtype, files } = plan;
  await requireUnusedName(name);
  await downloads().requireStartable(plan);
  const known = (await downloads().list()).find((each) => each.name === name && each.state !== "done");
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (!known) await requireSpace(env().modelsDir, bytes, (await findHub()).quotaBytes);
  await (await db()).write((tx) =>
    audit(tx, ctx, "startDownload", { name, hub: hub.address, repository, revision, sha, dtype }),
  );
  return downloads().start(plan);
}

/** Who may, and which download is meant; the audit row is there before anything changes. */
async function manage(ctx: Context, text: string, action: string): Promise<string> {
  const name = nameFromPath(text, notFound("model"));
  requirePrivilege(ctx, "MANAGE", { kind: "metastore" });
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
