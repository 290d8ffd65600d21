import "server-only";
import type { StoredKind } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import type { CatalogObject } from "../schema";
import { objectsOf } from "./objects";
import { findTree } from "./tree";

/** Of one kind what lies in a container, each whole; pages as `findTree` has them. */
export async function findObjects(
  ctx: Context,
  filter: { parent: string; kind: StoredKind; cursor?: string; limit: number },
): Promise<{ objects: CatalogObject[]; next: string | null }> {
  const { entries, next } = await findTree(ctx, filter);
  return {
    objects: await objectsOf(
      ctx,
      entries.map(({ id }) => id),
    ),
    next,
  };
}
