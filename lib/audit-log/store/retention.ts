import "server-only";
import type { Tx } from "@/lib/db/server";

const key = "audit_retention";

export async function readRetention(reader: Pick<Tx, "setting">): Promise<unknown> {
  return (await reader.setting.findUnique({ where: { key } }))?.value;
}

export async function writeRetention(tx: Tx, days: number | null): Promise<void> {
  const value = { days };
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
