import "server-only";
import type { z } from "zod";
import { bumpPolicyEpoch, lockPolicy } from "@/lib/access/server";
import { AppError } from "@/lib/core";
import { db, type Tx } from "@/lib/db/server";
import { allAccounts, type Context, requirePrivilege } from "../context";
import { deepestNesting, type Group, type membersInput } from "../group-schema";
import { chainUp, levelsThrough, type Nesting } from "../nesting";
import { deleteMembers, findMembers, findNestings, insertMembers, keepByHand } from "../store/group-members";
import { type GroupRow, groupNames } from "../store/groups";
import { findPrincipals } from "../store/users";
import { audit } from "./audit";
import { getGroup, requireGroup } from "./groups";

const most = 10_000;

/** @throws AppError `conflict` with the chain in words where the nesting would close a circle, or is too deep. */
async function requireNestable(
  tx: Tx,
  nestings: readonly Nesting[],
  group: GroupRow,
  memberId: string,
): Promise<void> {
  const chain = chainUp(nestings, group.id, memberId);
  if (chain) {
    const names = await groupNames(tx, chain);
    const [first = "", ...rest] = chain.map((id) => names.get(id) ?? id);
    if (rest.length === 0) throw new AppError("conflict", `${first} cannot be put into itself.`);
    const steps = rest.map((name, at) => `${at === 0 ? first : rest[at - 1]} is in ${name}`);
    throw new AppError("conflict", `${steps.join(", ")}: ${rest.at(-1)} cannot be put into ${first}.`);
  }
  if (levelsThrough(nestings, { groupId: group.id, memberId }) > deepestNesting) {
    const name = (await groupNames(tx, [memberId])).get(memberId) ?? memberId;
    throw new AppError(
      "conflict",
      `Groups nest ${deepestNesting} deep at most: ${name} cannot be put into ${group.name}.`,
    );
  }
}

/**
 * Puts people, service principals and groups into a group, all of them or none; who is in it already stays. Somebody
 * whom the identity provider put in is kept by hand from then on.
 * @throws AppError `conflict` for a circle of groups, in words; `unprocessable` for an id that is nobody.
 */
export async function addMembers(
  ctx: Context,
  id: string,
  { ids }: z.output<typeof membersInput>,
): Promise<Group> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  await (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const group = await requireGroup(tx, id);
    const wanted = [...new Set(ids)];
    const users = new Set((await findPrincipals(tx, wanted)).map((row) => row.id));
    const groups = await groupNames(tx, wanted);
    const unknown = wanted.filter((member) => !users.has(member) && !groups.has(member));
    if (unknown.length > 0) {
      throw new AppError("unprocessable", "Somebody or something chosen does not exist any more.", {
        details: unknown.map((member) => ({ path: "ids", message: `There is no ${member}.` })),
      });
    }
    const before = new Set((await findMembers(tx, id)).map(({ memberId }) => memberId));
    const added = wanted.filter((member) => !before.has(member));
    if (before.size + added.length > most) {
      throw new AppError("conflict", `A group has ${most.toLocaleString("en-US")} direct members at most.`);
    }
    const nestings = [...(await findNestings(tx))];
    for (const memberId of added.filter((member) => groups.has(member))) {
      await requireNestable(tx, nestings, group, memberId);
      nestings.push({ groupId: id, memberId });
    }
    const addedById = ctx.actor.userId;
    await keepByHand(tx, id, wanted, addedById);
    await insertMembers(
      tx,
      added.map((memberId) => ({
        groupId: id,
        memberId,
        memberKind: groups.has(memberId) ? "group" : "user",
        source: "manual",
        addedById,
      })),
    );
    await bumpPolicyEpoch(tx, changesOf(added, groups));
    await audit(tx, ctx, "addGroupMembers", { groupId: id, group: group.name, members: added });
  });
  return getGroup(ctx, id);
}

/** Takes members out of a group; whoever is not in it is passed over. */
export async function removeMembers(
  ctx: Context,
  id: string,
  { ids }: z.output<typeof membersInput>,
): Promise<Group> {
  requirePrivilege(ctx, "MANAGE", allAccounts);
  await (await db()).write(async (tx) => {
    await lockPolicy(tx);
    const group = await requireGroup(tx, id);
    const present = new Set((await findMembers(tx, id)).map(({ memberId }) => memberId));
    const removed = [...new Set(ids)].filter((member) => present.has(member));
    await deleteMembers(tx, id, removed);
    await bumpPolicyEpoch(tx, changesOf(removed, await groupNames(tx, removed)));
    await audit(tx, ctx, "removeGroupMembers", { groupId: id, group: group.name, members: removed });
  });
  return getGroup(ctx, id);
}

const changesOf = (members: readonly string[], groups: ReadonlyMap<string, string>) =>
  members.map((id) => ({ kind: groups.has(id) ? ("group" as const) : ("principal" as const), id }));
