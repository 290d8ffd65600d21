import "server-only";
import type { Tx } from "@/lib/db/server";

export async function findSetting(tx: Tx, key: string): Promise<unknown> {
  return (await tx.setting.findUnique({ where: { key } }))?.value;
}

export function insertSetting(tx: Tx, key: string, value: string) {
  return tx.setting.create({ data: { key, value } });
}

export function saveSetting(tx: Tx, key: string, value: object) {
  return tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}
