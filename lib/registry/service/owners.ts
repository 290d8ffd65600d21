import "server-only";
import { administrators } from "@/lib/access";
import { currentPolicy, findPrincipals } from "@/lib/access/server";
import type { Tx } from "@/lib/db/server";
import type { Person } from "../schema";

type Reader = Pick<Tx, "user" | "group" | "groupMember" | "$queryRaw">;

interface Owned {
  id: string;
  /** Of the model's own row, which knows accounts alone. */
  owner: Person | null;
}

/** Who owns each of these models, a group too; null where its administrators do. */
export async function findOwners(
  reader: Reader,
  models: readonly Owned[],
): Promise<(model: Owned) => Person | null> {
  const policy = await currentPolicy();
  const groupOf = ({ id }: Owned) => policy.node(id)?.ownerId ?? administrators;
  const ids = models.filter(({ owner }) => owner === null).map(groupOf);
  const groups = await findPrincipals(
    reader,
    ids.filter((id) => id !== administrators),
  );
  return (model) => {
    if (model.owner) return model.owner;
    const group = groups.get(groupOf(model));
    return group ? { id: group.id, name: group.name } : null;
  };
}
