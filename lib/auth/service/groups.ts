import "server-only";
import type { z } from "zod";
import { bumpPolicyEpoch, findPoliciesFor, lockPolicy } from "@/lib/access/server";
import { AppError, newId } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { allAccounts, type Context, requirePrivilege } from "../context";
import {
  type Group,
  type GroupFilter,
  type GroupMember,
  type GroupSummary,
  type groupInput,
  type groupPatch,
  mostGroups,
} from "../group-schema";
import { groupsBelow } from "../nesting";
import {
  countMembers,
  countUsersIn,
  deleteSsoMembers,
  findMembers,
  findNestings,
  type MemberCounts,
} from "../store/group-members";
import {
  changeGroup,
  countGroups,
  deleteGroupRow,
  findGroup,
  type GroupRow,
  groupNames,
  insertGroup,
  listGroups,
} from "../store/groups";
import { findPrincipals, refOf } from "../store/users";
import { audit } from "./audit";
import { membershipsOf } from "./memberships";

type Reader = Pick<Tx, "group" | "groupMember" | "user">;

/** @throws AppError `not_found` */
export async function requireGroup(tx: Reader, id: string): Promise<GroupRow> {
  const row = await findGroup(tx, id);
  if (!row) throw new AppError("not_found", "There is no such group.");
  return row;
}

const basis = ({ id, name, description, externalName, updatedAt, revision }: GroupRow) => ({
  id,
  name,
  description,
  externalName,
  updatedAt: updatedAt.toISOString(),
  revision,
});

const none: MemberCounts = { people: 0, services: 0, groups: 0 };

/** Groups whose name, description or claim value has `q` in it, by name. */
export async function findGroups(
  ctx: Context,
  { q = "" }: GroupFilter,
): Promise<{ groups: GroupSummary[]; total: number }> {
  requirePrivilege(ctx, "BROWSE", allAccounts);
  const { prisma } = await db();
  const rows = await listGroups(prisma, q.trim(), mostGroups);
  const counts = await countMembers(
    prisma,
    rows.map(({ id }) => id),
  );
  return {
    groups: rows.map((row) => ({ ...basis(row), members: counts.get(row.id) ?? none })),
    total: rows.length < mostGroups ? rows.length : await countGroups(prisma, q.trim()),
  };
}

async function membersOf(tx: Reader, groupId: string): Promise<GroupMember[]> {
  const rows = await findMembers(tx, groupId);
  const ids = (kind: string) => rows.filter((row) => row.memberKind === kind).map((row) => row.memberId);
  const principals = new Map((await findPrincipals(tx, ids("user"))).map((row) => [row.id, row]));
  const names = await groupNames(tx, ids("group"));
  const counts = await countMembers(tx, [...names.keys()]);
  return rows.flatMap((row): GroupMember[] => {
    const facts = { source: row.source, addedAt: row.createdAt.toISOString() };
    const name = names.get(row.memberId);
    if (name !== undefined) {
      const { people, services, groups } = counts.get(row.memberId) ?? none;
      return [{ ...facts, kind: "group", id: row.memberId, name, memberCount: people + services + groups }];
    }
    const principal = principals.get(row.memberId);
    if (!principal) return [];
    return [{ ...facts, ...refOf(principal), disabled: principal.disabledAt !== null }];
  });
}

async function shown(tx: Reader, row: GroupRow): Promise<Group> {
  const below = groupsBelow(await findNestings(tx), row.id);
  return {
    ...basis(row),
    createdAt: row.createdAt.toISOString(),
    members: await membersOf(tx, row.id),
    effectiveCount: await countUsersIn(tx, below),
    memberOf: await membershipsOf(tx, row.id),
  };
}

/** One group with its members and the groups it is in. @throws AppError `not_found` */
export async function getGroup(ctx: Context, id: string): Promise<Group> {
  requirePrivilege(ctx, "BROWSE", allAccounts);
  const { prisma } = await db();
  return shown(prisma, await requireGroup(prisma, id));
}

/** An empty group. @throws AppError `conflict` when its name or claim value is taken. */
export async function createGroup(ctx: Context, input: z.output<typeof groupInput>): Promise<Group> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  const id = newId("grp");
  return (await db()).write(async (tx) => {
    await insertGroup(tx, { id, ...input, createdById: ctx.actor.userId });
    await bumpPolicyEpoch(tx, [{ kind: "group", id }]);
    await audit(tx, ctx, "createGroup", { groupId: id, ...input });
    return shown(tx, await requireGroup(tx, id));
  });
}

/**
 * Changes name, description or the claim value. Whoever an earlier claim value put in is taken out at once: nothing
 * would say any more that they belong there. @throws AppError `conflict` when somebody changed it meanwhile.
 */
export async function updateGroup(
  ctx: Context,
  id: string,
  { revision, ...change }: z.output<typeof groupPatch>,
): Promise<Group> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  return (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const row = await requireGroup(tx, id);
    await changeGroup(tx, id, revision, { ...change, updatedById: ctx.actor.userId });
    const isRemapped = change.externalName !== undefined && change.externalName !== row.externalName;
    const removed = isRemapped ? await deleteSsoMembers(tx, id) : 0;
    await bumpPolicyEpoch(tx, [{ kind: "group", id }]);
    await audit(tx, ctx, "updateGroup", {
      groupId: id,
      name: row.name,
      ...change,
      ssoMembersRemoved: removed,
    });
    return shown(tx, await requireGroup(tx, id));
  });
}

/** Deletes a group; its members stay, and lose what they had through it. */
export async function deleteGroup(ctx: Context, id: string): Promise<void> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  await (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const { name } = await requireGroup(tx, id);
    const [policy] = await findPoliciesFor(tx, id);
    // Without the group it would hold for nobody, and what it hides would lie open.
    if (policy) {
      throw new AppError("conflict", `The policy ${policy} is meant for ${name}. Change the policy first.`);
    }
    const members = await findMembers(tx, id);
    await deleteGroupRow(tx, id);
    await bumpPolicyEpoch(tx, [{ kind: "group", id }]);
    await audit(tx, ctx, "deleteGroup", { groupId: id, name, members: members.length });
  });
}
