import "server-only";
import type { SealedSecret } from "@/lib/auth/server";
import { db, type Tx } from "@/lib/db/server";

const key = "models.hub";

export interface StoredHub {
  address?: string;
  token?: SealedSecret;
  tokenLast4?: string;
  quotaBytes?: number | null;
}

/** What was set of the hub; nothing where all is as it comes. */
export async function findHub(tx?: Tx): Promise<StoredHub> {
  const row = await (tx ?? (await db()).prisma).setting.findUnique({ where: { key } });
  return typeof row?.value === "object" && row.value !== null ? (row.value as StoredHub) : {};
}

export async function saveHub(tx: Tx, hub: StoredHub): Promise<void> {
  // Through JSON, so that what is absent is not there.
  const value = JSON.parse(JSON.stringify(hub)) as object;
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
