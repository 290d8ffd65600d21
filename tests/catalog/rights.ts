import { allUsers, metastoreId, type Privilege, type StoredKind } from "@/lib/access";
import {
  applyGrants,
  bumpPolicyEpoch,
  currentPolicy,
  defaultSchemaId,
  insertSecurables,
  mainCatalogId,
  type Policy,
  type PolicyNode,
  reloadPolicy,
} from "@/lib/access/server";
import { addMembers, type Context, createGroup } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, testContext } from "../support/context";

const admins = "admins";
const first = { ownerId: admins, createdById: null };

/** An administrator of a workbench whose catalogue is as it is after the first start. */
export async function freshCatalog(): Promise<Context> {
  const admin = await testContext({ role: "admin", name: "Mira", email: "mira@desk.example" });
  const { prisma } = await db();
  if ((await prisma.securable.count({ where: { id: metastoreId } })) === 0) {
    await prisma.securable.create({
      data: {
        id: metastoreId,
        kind: "metastore",
        parentId: null,
        name: "metastore",
        nameKey: "metastore",
        ownerId: admins,
      },
    });
    await (await db()).write(async (tx) => {
      await insertSecurables(tx, [
        { id: mainCatalogId, kind: "catalog", parentId: metastoreId, name: "main", ...first },
        { id: defaultSchemaId, kind: "schema", parentId: mainCatalogId, name: "default", ...first },
      ]);
      await applyGrants(
        tx,
        mainCatalogId,
        [{ principalId: allUsers, add: ["USE CATALOG"], remove: [] }],
        admins,
      );
      await applyGrants(
        tx,
        defaultSchemaId,
        [{ principalId: allUsers, add: ["USE SCHEMA"], remove: [] }],
        admins,
      );
    });
  }
  await reloadPolicy();
  return admin;
}

export const person = (name: string) => anotherContext({ name, email: `${name.toLowerCase()}@desk.example` });

export async function make(
  kind: StoredKind,
  parentId: string,
  name: string,
  ownerId = admins,
): Promise<string> {
  const [made] = await (await db()).write((tx) =>
    insertSecurables(tx, [{ kind, parentId, name, ownerId, createdById: null }]),
  );
  await currentPolicy();
  if (!made) throw new Error("Nothing was made");
  return made.id;
}

export async function grant(
  who: string,
  privileges: readonly Privilege[],
  on: string,
  by = admins,
): Promise<void> {
  await (await db()).write((tx) =>
    applyGrants(tx, on, [{ principalId: who, add: privileges, remove: [] }], by),
  );
  await currentPolicy();
}

export async function group(admin: Context, name: string, ids: readonly string[]): Promise<string> {
  const { id } = await createGroup(admin, { name, description: "", externalName: null });
  if (ids.length > 0) await addMembers(admin, id, { ids: [...ids] });
  return id;
}

export async function switchOff(id: string): Promise<void> {
  await (await db()).write(async (tx) => {
    await tx.user.update({ where: { id }, data: { disabledAt: new Date() } });
    await bumpPolicyEpoch(tx, [{ kind: "principal", id }]);
  });
  await currentPolicy();
}

export async function nodeNamed(id: string): Promise<{ policy: Policy; node: PolicyNode }> {
  const policy = await currentPolicy();
  const node = policy.node(id);
  if (!node) throw new Error(`There is no ${id}`);
  return { policy, node };
}
