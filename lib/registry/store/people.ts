import "server-only";
import type { Tx } from "@/lib/db/server";
import type { Person } from "../schema";

type Reader = Pick<Tx, "user">;

/** People and service principals by id; whoever is gone keeps the id as name. */
export async function findPeople(
  reader: Reader,
  ids: Iterable<string | null>,
): Promise<(id: string) => Person> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  const rows = await reader.user.findMany({
    select: { id: true, name: true },
    where: { id: { in: wanted } },
  });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => ({ id, name: names.get(id) ?? id });
}

/** Whether an account exists that can sign in. */
export async function isActivePerson(reader: Reader, id: string): Promise<boolean> {
  return (await reader.user.count({ where: { id, kind: "person", disabledAt: null } })) > 0;
}

/** Ids of everybody who can sign in. */
export async function listActivePeople(reader: Reader): Promise<string[]> {
  const rows = await reader.user.findMany({
    select: { id: true },
    where: { kind: "person", disabledAt: null },
  });
  return rows.map(({ id }) => id);
}
