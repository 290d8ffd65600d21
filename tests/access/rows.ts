import type { Privilege, StoredKind } from "@/lib/access";
import {
  applyGrants,
  bumpPolicyEpoch,
  changeSecurable,
  findSecurable,
  findWithin,
  insertSecurables,
  markDropped,
  markRestored,
} from "@/lib/access/server";
import { db, type Tx } from "@/lib/db/server";
import { isThere, personalKinds, type Step, type Thing, type World } from "./model/world";

const by = "test";
const at = () => new Date();

async function insert(tx: Tx, { id, kind, name, parent, owner }: Thing): Promise<void> {
  if (personalKinds.includes(kind)) return;
  if (parent === null) {
    await tx.securable.create({ data: { id, kind, name, nameKey: name, ownerId: owner } });
    return bumpPolicyEpoch(tx, [{ kind: "securable", id }]);
  }
  const row = { id, kind: kind as StoredKind, parentId: parent, name, ownerId: owner, createdById: by };
  await insertSecurables(tx, [row]);
}

async function saveGrants(tx: Tx, world: World, on: string, who: string): Promise<void> {
  const wanted = world.grants.filter((grant) => grant.on === on && grant.who === who);
  const add = wanted.map(({ privilege }) => privilege);
  const rows = await tx.grant.findMany({ where: { securableId: on, principalId: who } });
  const remove = rows.map(({ privilege }) => privilege as Privilege).filter((each) => !add.includes(each));
  await applyGrants(tx, on, [{ principalId: who, add, remove }], by);
}

async function savePerson(tx: Tx, world: World, id: string): Promise<void> {
  const person = world.people.get(id);
  await tx.user.deleteMany({ where: { id } });
  if (person) {
    const role = person.admin ? "admin" : "member";
    const disabledAt = person.active ? null : at();
    await tx.user.create({ data: { id, email: `${id}@example.org`, name: id, role, disabledAt } });
  }
  await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
}

async function saveMembers(tx: Tx, world: World, groupId: string): Promise<void> {
  await tx.group.upsert({
    where: { id: groupId },
    create: { id: groupId, name: groupId, nameKey: groupId },
    update: {},
  });
  await tx.groupMember.deleteMany({ where: { groupId } });
  await tx.groupMember.createMany({
    data: world.members
      .filter(({ group }) => group === groupId)
      .map(({ member }) => ({
        groupId,
        memberId: member,
        memberKind: world.people.has(member) ? "user" : "group",
      })),
  });
  await bumpPolicyEpoch(tx, [{ kind: "group", id: groupId }]);
}

/** Writes a step that has happened in the world as the services write it. */
export async function saveStep(tx: Tx, world: World, step: Step): Promise<void> {
  switch (step.do) {
    case "create":
      return insert(tx, { ...step, dropped: false });
    case "grant":
    case "revoke":
      return saveGrants(tx, world, step.on, step.who);
    case "join":
    case "leave":
      return saveMembers(tx, world, step.group);
    case "person":
    case "remove person":
      return savePerson(tx, world, step.id);
    case "key":
      return;
    case "drop":
      return markDropped(tx, await findWithin(tx, step.id), { id: step.id, byId: by, at: at() });
    case "restore":
      return markRestored(tx, await findWithin(tx, step.id, step.id));
    default:
      return saveChange(tx, world, step.id);
  }
}

async function saveChange(tx: Tx, world: World, id: string): Promise<void> {
  const thing = world.things.get(id);
  const row = await findSecurable(tx, id);
  if (!thing || !row) return;
  const { name, owner, parent } = thing;
  const change = { name, ownerId: owner, ...(parent === null ? {} : { parentId: parent }) };
  await changeSecurable(tx, row, change, { id: by });
}

const depth = ({ kind }: Thing) => ["metastore", "catalog", "schema"].indexOf(kind) + 1 || 4;

/** Writes a whole world into an empty database. */
export async function saveWorld(world: World): Promise<void> {
  // What is dropped comes first: its name may have been taken since.
  const things = [...world.things.values()].sort(
    (a, b) => depth(a) - depth(b) || Number(isThere(world, a.id)) - Number(isThere(world, b.id)),
  );
  await (await db()).write(async (tx) => {
    for (const id of world.people.keys()) await savePerson(tx, world, id);
    for (const id of new Set(world.members.map(({ group }) => group))) await saveMembers(tx, world, id);
    for (const thing of things) {
      await insert(tx, thing);
      if (isThere(world, thing.id)) continue;
      await markDropped(tx, await findWithin(tx, thing.id), { id: thing.id, byId: by, at: at() });
    }
    for (const { on, who } of world.grants) await saveGrants(tx, world, on, who);
  });
}
