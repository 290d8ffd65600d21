import "server-only";
import type { Tx } from "@/lib/db/server";

type Reader = Pick<Tx, "securableTag" | "calledName">;

export interface TagRow {
  securableId: string;
  part: string;
  key: string;
  value: string;
}

/** Tags of these objects, by part and key. */
export function findTags(reader: Reader, securableIds: readonly string[]): Promise<TagRow[]> {
  return reader.securableTag.findMany({
    where: { securableId: { in: [...securableIds] } },
    orderBy: [{ part: "asc" }, { key: "asc" }],
  });
}

interface TagChange {
  securableId: string;
  part: string;
  set: Readonly<Record<string, string>>;
  remove: readonly string[];
  byId: string;
}

/** Sets and removes tags; says how many the part has then. Keys differ by case. */
export async function saveTags(tx: Tx, { securableId, part, set, remove, byId }: TagChange): Promise<number> {
  const keys = [...remove, ...Object.keys(set)];
  await tx.securableTag.deleteMany({ where: { securableId, part, key: { in: keys } } });
  await tx.securableTag.createMany({
    data: Object.entries(set).map(([key, value]) => ({ securableId, part, key, value, setById: byId })),
  });
  return tx.securableTag.count({ where: { securableId, part } });
}

/** The names by which calls reach these objects. */
export async function findCalledNames(reader: Reader, securableIds: readonly string[]): Promise<string[]> {
  const rows = await reader.calledName.findMany({
    select: { name: true },
    where: { securableId: { in: [...securableIds] } },
    orderBy: { name: "asc" },
  });
  return rows.map(({ name }) => name);
}
