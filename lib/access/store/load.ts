import "server-only";
import type { Tx } from "@/lib/db/server";
import { type Kind, kinds } from "../kinds";
import type { Policy, SecurableFacts } from "../policy";

type Reader = Pick<Tx, "$queryRaw">;

const depth: Partial<Record<Kind, number>> = { metastore: 0, catalog: 1, connection: 1, schema: 2 };
const depthOf = (kind: Kind) => depth[kind] ?? 3;

interface SecurableRow extends Omit<SecurableFacts, "kind"> {
  kind: string;
  dropped: boolean;
}

/** False when an object was found whose container is unknown. */
function applySecurables(policy: Policy, rows: readonly SecurableRow[]): boolean {
  const known = rows.flatMap((row) => {
    const kind = kinds.find((each) => each === row.kind);
    return kind ? [{ ...row, kind }] : [];
  });
  known.sort((a, b) => depthOf(a.kind) - depthOf(b.kind));
  let isWhole = true;
  // Moves before drops: what was moved out of a container that was then dropped takes its contents along.
  for (const row of known) if (!row.dropped && !policy.setSecurable(row)) isWhole = false;
  for (const row of known) if (row.dropped) policy.removeSecurable(row.id);
  return isWhole;
}

interface GrantRow {
  securableId: string;
  principalId: string;
  mask: number;
}

function applyGrants(policy: Policy, rows: readonly GrantRow[], ids?: readonly string[]): void {
  const byObject = new Map<string, Map<string, number>>((ids ?? []).map((id) => [id, new Map()]));
  for (const { securableId, principalId, mask } of rows) {
    const grants = byObject.get(securableId) ?? new Map<string, number>();
    byObject.set(securableId, grants.set(principalId, mask));
  }
  for (const [id, grants] of byObject) policy.setGrants(id, grants);
}

interface NameRow {
  securableId: string;
  name: string;
}

function applyNames(policy: Policy, rows: readonly NameRow[], ids?: readonly string[]): void {
  const byObject = new Map<string, string[]>((ids ?? []).map((id) => [id, []]));
  for (const { securableId, name } of rows) {
    const names = byObject.get(securableId) ?? [];
    names.push(name);
    byObject.set(securableId, names);
  }
  for (const [id, names] of byObject) policy.setCalledNames(id, names);
}

interface PrincipalRow {
  id: string;
  isAdmin: boolean;
  isActive: boolean;
}

interface MemberRow {
  groupId: string;
  memberId: string;
}

function applyMembers(policy: Policy, rows: readonly MemberRow[], ids?: readonly string[]): void {
  const byGroup = new Map<string, Set<string>>((ids ?? []).map((id) => [id, new Set()]));
  for (const { groupId, memberId } of rows) {
    const members = byGroup.get(groupId) ?? new Set();
    byGroup.set(groupId, members.add(memberId));
  }
  for (const [id, members] of byGroup) policy.setMembers(id, members);
}

/** Fills an empty policy with everything that decides about rights. */
export async function loadPolicy(reader: Reader, policy: Policy): Promise<void> {
  for (const { id, ...facts } of await reader.$queryRaw<PrincipalRow[]>`
    SELECT "id", "role" = 'admin' AS "isAdmin", "disabledAt" IS NULL AS "isActive" FROM "User"`) {
    policy.setPrincipal(id, facts);
  }
  applyMembers(policy, await reader.$queryRaw<MemberRow[]>`SELECT "groupId", "memberId" FROM "GroupMember"`);
  applySecurables(
    policy,
    await reader.$queryRaw<SecurableRow[]>`
      SELECT "id", "kind", "name", "parentId", "ownerId", false AS "dropped"
      FROM "Securable" WHERE "droppedAt" IS NULL`,
  );
  applyGrants(
    policy,
    await reader.$queryRaw<GrantRow[]>`
      SELECT "securableId", "principalId", bit_or("bit")::int AS "mask" FROM "Grant" GROUP BY 1, 2`,
  );
  applyNames(policy, await reader.$queryRaw<NameRow[]>`SELECT "securableId", "name" FROM "CalledName"`);
}

/** What was read, to be applied at once with all else of the same catching up; false when more has to be read. */
type Apply = () => boolean;

export async function reloadPrincipals(
  reader: Reader,
  policy: Policy,
  ids: readonly string[],
): Promise<Apply> {
  const rows = await reader.$queryRaw<PrincipalRow[]>`
    SELECT "id", "role" = 'admin' AS "isAdmin", "disabledAt" IS NULL AS "isActive"
    FROM "User" WHERE "id" = ANY(${ids})`;
  const found = new Map(rows.map((row) => [row.id, row]));
  const setMemberships = await reloadMemberships(reader, policy, ids);
  return () => {
    for (const id of ids) {
      const row = found.get(id);
      if (row) policy.setPrincipal(id, { isAdmin: row.isAdmin, isActive: row.isActive });
      else policy.removePrincipal(id);
    }
    return setMemberships();
  };
}

async function reloadMemberships(reader: Reader, policy: Policy, ids: readonly string[]): Promise<Apply> {
  const rows = await reader.$queryRaw<MemberRow[]>`
    SELECT "groupId", "memberId" FROM "GroupMember" WHERE "memberId" = ANY(${ids})`;
  const byMember = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const { groupId, memberId } of rows) byMember.get(memberId)?.add(groupId);
  return () => {
    for (const [id, groups] of byMember) policy.setMemberships(id, groups);
    return true;
  };
}

export async function reloadGroups(reader: Reader, policy: Policy, ids: readonly string[]): Promise<Apply> {
  const rows = await reader.$queryRaw<MemberRow[]>`
    SELECT "groupId", "memberId" FROM "GroupMember" WHERE "groupId" = ANY(${ids})`;
  const setMemberships = await reloadMemberships(reader, policy, ids);
  return () => {
    applyMembers(policy, rows, ids);
    return setMemberships();
  };
}

export async function reloadGrants(reader: Reader, policy: Policy, ids: readonly string[]): Promise<Apply> {
  const rows = await reader.$queryRaw<GrantRow[]>`
    SELECT "securableId", "principalId", bit_or("bit")::int AS "mask"
    FROM "Grant" WHERE "securableId" = ANY(${ids}) GROUP BY 1, 2`;
  return () => {
    applyGrants(policy, rows, ids);
    return true;
  };
}

export async function reloadNames(reader: Reader, policy: Policy, ids: readonly string[]): Promise<Apply> {
  const rows = await reader.$queryRaw<NameRow[]>`
    SELECT "securableId", "name" FROM "CalledName" WHERE "securableId" = ANY(${ids})`;
  return () => {
    applyNames(policy, rows, ids);
    return true;
  };
}

/** Objects that came, changed, went or came back, with their grants and names. */
export async function reloadSecurables(
  reader: Reader,
  policy: Policy,
  ids: readonly string[],
): Promise<Apply> {
  const rows = await reader.$queryRaw<SecurableRow[]>`
    SELECT "id", "kind", "name", "parentId", "ownerId", "droppedAt" IS NOT NULL AS "dropped"
    FROM "Securable" WHERE "id" = ANY(${ids})`;
  const found = new Set(rows.map(({ id }) => id));
  const live = rows.filter(({ dropped }) => !dropped).map(({ id }) => id);
  const setGrants = await reloadGrants(reader, policy, live);
  const setNames = await reloadNames(reader, policy, live);
  return () => {
    const isWhole = applySecurables(policy, rows);
    for (const id of ids) if (!found.has(id)) policy.removeSecurable(id);
    setGrants();
    setNames();
    return isWhole;
  };
}
