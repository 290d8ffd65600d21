import "server-only";
import type { Tx } from "@/lib/db/server";
import type { GroupRef, Membership } from "../group-schema";
import { groupsAbove } from "../nesting";
import { findMembershipsOf, findNestings } from "../store/group-members";
import { groupNames } from "../store/groups";

type Reader = Pick<Tx, "group" | "groupMember" | "user">;

/** Every group a principal or group is in: direct ones first, then those reached through others; each by name. */
export async function membershipsOf(tx: Reader, memberId: string): Promise<Membership[]> {
  const direct = await findMembershipsOf(tx, memberId);
  const sources = new Map(direct.map(({ groupId, source }) => [groupId, source]));
  const above = groupsAbove(await findNestings(tx), sources.keys());
  const names = await groupNames(tx, above.keys());
  const ref = (id: string): GroupRef => ({ id, name: names.get(id) ?? id });
  return [...above]
    .map(([id, through]) => ({ ...ref(id), source: sources.get(id) ?? null, through: through.map(ref) }))
    .sort((a, b) => a.through.length - b.through.length || a.name.localeCompare(b.name));
}

/** Ids of every group that counts for a principal, directly or through others. */
export async function effectiveGroupIds(tx: Reader, principalId: string): Promise<string[]> {
  const direct = await findMembershipsOf(tx, principalId);
  if (direct.length === 0) return [];
  return [
    ...groupsAbove(
      await findNestings(tx),
      direct.map(({ groupId }) => groupId),
    ).keys(),
  ];
}
