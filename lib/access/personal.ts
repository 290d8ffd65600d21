import "server-only";
import type { Tx } from "@/lib/db/server";
import { mainCatalogId } from "./policy";
import { findChild, insertSecurables } from "./store/securables";

/** A person's own schema has an id that can be told from theirs. */
export const personalSchemaId = (userId: string) => `sch_${userId}`;

/** Makes `main.<name before the @>`, owned by the person; another name when that one is taken. */
export async function createPersonalSchema(tx: Tx, user: { id: string; email: string }): Promise<void> {
  const base =
    user.email
      .split("@")[0]
      ?.toLowerCase()
      .replaceAll(/[^a-z0-9_-]/g, "_") || "person";
  let name = base;
  for (let n = 2; await findChild(tx, mainCatalogId, name); n += 1) name = `${base}_${n}`;
  await insertSecurables(tx, [
    {
      id: personalSchemaId(user.id),
      kind: "schema",
      parentId: mainCatalogId,
      name,
      ownerId: user.id,
      createdById: user.id,
    },
  ]);
}
