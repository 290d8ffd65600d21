import "server-only";
import { createHash } from "node:crypto";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { openModelFile, serverModelSource } from "@/lib/inference/server";
import { versionFiles } from "../schema";
import { requireModel, versionOf } from "./own";
import { reconcile } from "./reconcile";

const cardFile = "README.md";
const mostBytes = 256 * 1024;

/** The README of a version, if it is here and is the one that was registered. */
export async function getCard(ctx: Context, id: string, number: number): Promise<{ text: string | null }> {
  const row = await requireModel((await db()).prisma, ctx, id, "BROWSE");
  const { servedAs, files, fingerprint } = versionOf(row, number);
  const entry = versionFiles.parse(files).find(({ path }) => path === cardFile);
  const isHere = (await reconcile()).get(servedAs)?.fingerprint === fingerprint;
  if (!entry || !isHere || entry.size > mostBytes) return { text: null };
  const { base } = await serverModelSource(servedAs);
  const handle = await openModelFile(base, cardFile);
  try {
    const bytes = Buffer.alloc(entry.size);
    await handle.read(bytes, 0, entry.size, 0);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { text: sha256 === entry.sha256 ? bytes.toString("utf8") : null };
  } finally {
    await handle.close();
  }
}
