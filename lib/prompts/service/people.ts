import "server-only";
import type { Person } from "../schema";
import { peopleOf } from "../view";

/** Names of people, service principals and groups by id. */
export async function findPeople(
  reader: Parameters<typeof peopleOf>[0],
  ids: Iterable<string | null>,
): Promise<(id: string) => Person> {
  const people = await peopleOf(reader, ids);
  return (id) => ({ id, name: people(id).name });
}
