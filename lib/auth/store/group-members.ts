import "server-only";
import type { Tx } from "@/lib/db/server";
import type { GrantSource } from "../group-schema";
import type { Nesting } from "../nesting";

type Reader = Pick<Tx, "groupMember" | "user">;

/** Every group in a group. */
export function findNestings(tx: Reader): Promise<Nesting[]> {
  return tx.groupMember.findMany({
    where: { memberKind: "group" },
    select: { groupId: true, memberId: true },
  });
}

/** What is in one group directly, first added first. */
export function findMembers(tx: Reader, groupId: string) {
  return tx.groupMember.findMany({
    where: { groupId },
    orderBy: [{ createdAt: "asc" }, { memberId: "asc" }],
  });
}

/** What a principal or group is in directly. */
export function findMembershipsOf(tx: Reader, memberId: string) {
  return tx.groupMember.findMany({ where: { memberId }, select: { groupId: true, source: true } });
}

export function countMembershipsOf(tx: Reader, memberId: string, source: GrantSource): Promise<number> {
  return tx.groupMember.count({ where: { memberId, source } });
}

/** Groups that each of these is in directly. */
export async function countMemberships(
  tx: Reader,
  memberIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.groupMember.groupBy({
    by: ["memberId"],
    where: { memberId: { in: [...memberIds] } },
    _count: { _all: true },
  });
  return new Map(rows.map(({ memberId, _count }) => [memberId, _count._all]));
}

export interface MemberCounts {
  people: number;
  services: number;
  groups: number;
}

/** Direct members by kind, for each of these groups. */
export async function countMembers(
  tx: Reader,
  groupIds: readonly string[],
): Promise<Map<string, MemberCounts>> {
  const rows = await tx.groupMember.findMany({
    where: { groupId: { in: [...groupIds] } },
    select: { groupId: true, memberId: true, memberKind: true },
  });
  const services = await serviceIds(
    tx,
    rows.map(({ memberId }) => memberId),
  );
  const counts = new Map<string, MemberCounts>(
    groupIds.map((id) => [id, { people: 0, services: 0, groups: 0 }]),
  );
  for (const { groupId, memberId, memberKind } of rows) {
    const count = counts.get(groupId);
    if (!count) continue;
    if (memberKind === "group") count.groups += 1;
    else if (services.has(memberId)) count.services += 1;
    else count.people += 1;
  }
  return counts;
}

async function serviceIds(tx: Reader, among: readonly string[]): Promise<Set<string>> {
  const rows = await tx.user.findMany({
    where: { kind: "service", id: { in: [...new Set(among)] } },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/** People and service principals in any of these groups, each once. */
export async function countUsersIn(tx: Reader, groupIds: Iterable<string>): Promise<number> {
  const rows = await tx.groupMember.findMany({
    where: { groupId: { in: [...groupIds] }, memberKind: "user" },
    select: { memberId: true },
    distinct: ["memberId"],
  });
  return rows.length;
}

interface NewMember {
  groupId: string;
  memberId: string;
  memberKind: "user" | "group";
  source: GrantSource;
  addedById: string | null;
}

export async function insertMembers(tx: Tx, members: readonly NewMember[]): Promise<void> {
  if (members.length > 0) await tx.groupMember.createMany({ data: [...members] });
}

/** From now on an administrator keeps them in, whatever the identity provider says. */
export function keepByHand(tx: Tx, groupId: string, memberIds: readonly string[], addedById: string) {
  return tx.groupMember.updateMany({
    where: { groupId, memberId: { in: [...memberIds] }, source: "sso" },
    data: { source: "manual", addedById },
  });
}

export async function deleteMembers(tx: Tx, groupId: string, memberIds: readonly string[]): Promise<number> {
  const { count } = await tx.groupMember.deleteMany({ where: { groupId, memberId: { in: [...memberIds] } } });
  return count;
}

/** Takes everybody out whom the identity provider put in. */
export async function deleteSsoMembers(tx: Tx, groupId: string): Promise<number> {
  const { count } = await tx.groupMember.deleteMany({ where: { groupId, source: "sso" } });
  return count;
}

/** Members that the identity provider put in, by group. */
export async function countSsoMembers(tx: Reader): Promise<Map<string, number>> {
  const rows = await tx.groupMember.groupBy({
    by: ["groupId"],
    where: { source: "sso" },
    _count: { _all: true },
  });
  return new Map(rows.map(({ groupId, _count }) => [groupId, _count._all]));
}

/** Takes a principal out of its groups; of those that this source gave, where one is named. */
export async function leaveGroups(tx: Tx, memberId: string, source?: GrantSource): Promise<number> {
  const { count } = await tx.groupMember.deleteMany({ where: { memberId, ...(source ? { source } : {}) } });
  return count;
}
