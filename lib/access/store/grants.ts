import "server-only";
import type { Tx } from "@/lib/db/server";
import { bitOf, isPrivilege, type Privilege } from "../privileges";
import { bumpPolicyEpoch } from "./epoch";

type Reader = Pick<Tx, "grant">;

export interface GrantRow {
  securableId: string;
  principalId: string;
  privilege: Privilege;
  grantedById: string;
  grantedAt: Date;
}

/** Grants on these objects, or of these principals, oldest first. */
export async function findGrants(
  reader: Reader,
  where: { securableIds?: readonly string[]; principalIds?: readonly string[] },
): Promise<GrantRow[]> {
  const rows = await reader.grant.findMany({
    where: {
      ...(where.securableIds ? { securableId: { in: [...where.securableIds] } } : {}),
      ...(where.principalIds ? { principalId: { in: [...where.principalIds] } } : {}),
    },
    orderBy: [{ grantedAt: "asc" }, { principalId: "asc" }, { bit: "asc" }],
  });
  return rows.flatMap(({ privilege, bit: _, ...row }) =>
    isPrivilege(privilege) ? [{ ...row, privilege }] : [],
  );
}

export interface GrantChange {
  principalId: string;
  add: readonly Privilege[];
  remove: readonly Privilege[];
}

/** Adds and removes grants on one object; says how many were really added and removed. */
export async function applyGrants(
  tx: Tx,
  securableId: string,
  changes: readonly GrantChange[],
  byId: string,
): Promise<{ added: number; removed: number }> {
  let added = 0;
  let removed = 0;
  for (const { principalId, add, remove } of changes) {
    const gone = await tx.grant.deleteMany({
      where: { securableId, principalId, privilege: { in: remove.filter((each) => !add.includes(each)) } },
    });
    removed += gone.count;
    const made = await tx.grant.createMany({
      data: add.map((privilege) => ({
        securableId,
        principalId,
        privilege,
        bit: bitOf(privilege),
        grantedById: byId,
      })),
      skipDuplicates: true,
    });
    added += made.count;
  }
  if (added + removed > 0) await bumpPolicyEpoch(tx, [{ kind: "grants", id: securableId }]);
  return { added, removed };
}

/** Takes every grant from a principal; says on how many objects. */
export async function removeGrantsOf(tx: Tx, principalId: string): Promise<number> {
  const rows = await tx.grant.findMany({ where: { principalId }, select: { securableId: true } });
  await tx.grant.deleteMany({ where: { principalId } });
  const ids = [...new Set(rows.map(({ securableId }) => securableId))];
  await bumpPolicyEpoch(
    tx,
    ids.map((id) => ({ kind: "grants", id })),
  );
  return rows.length;
}

export function countGrantsOf(reader: Reader, principalId: string): Promise<number> {
  return reader.grant.count({ where: { principalId } });
}
