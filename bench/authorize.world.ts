import type { Privilege } from "@/lib/access";
import { bitOf } from "@/lib/access/privileges";
import type { Database } from "@/lib/db/server";

/** How much there is to decide about. */
export const sizes = { catalogs: 10, schemas: 100, tables: 9_890, users: 1_000, groups: 200, grants: 20_000 };

export const userId = (n: number) => `usr_${n}`;
export const tableId = (n: number) => `obj_${n}`;
const groupId = (n: number) => `grp_${n}`;
const catalogId = (n: number) => `cat_${n}`;
const schemaId = (n: number) => `sch_${n}`;

const dataPrivileges: readonly Privilege[] = ["SELECT", "MODIFY", "APPLY TAG", "MANAGE"];

function* objects() {
  const row = (id: string, kind: string, parentId: string, n: number) => ({
    id,
    kind,
    parentId,
    name: id,
    nameKey: id,
    ownerId: n % 3 === 0 ? groupId(n % sizes.groups) : userId(n % sizes.users),
  });
  for (let n = 0; n < sizes.catalogs; n += 1) yield row(catalogId(n), "catalog", "metastore", n);
  for (let n = 0; n < sizes.schemas; n += 1)
    yield row(schemaId(n), "schema", catalogId(n % sizes.catalogs), n);
  for (let n = 0; n < sizes.tables; n += 1) yield row(tableId(n), "table", schemaId(n % sizes.schemas), n);
}

/** Groups lie in groups, up to five deep; everybody is in three. */
function* members() {
  for (let n = 1; n < sizes.groups; n += 1) {
    const parent = Math.floor((n - 1) / 3);
    yield { groupId: groupId(parent), memberId: groupId(n), memberKind: "group" as const };
  }
  for (let n = 0; n < sizes.users; n += 1) {
    for (const step of [0, 67, 131]) {
      const group = groupId((n + step) % sizes.groups);
      yield { groupId: group, memberId: userId(n), memberKind: "user" as const };
    }
  }
}

function* grants() {
  const row = (securableId: string, principalId: string, privilege: Privilege) => ({
    securableId,
    principalId,
    privilege,
    bit: bitOf(privilege),
    grantedById: "admins",
  });
  let made = 0;
  for (let n = 0; n < sizes.catalogs; n += 1, made += 2) {
    yield row(catalogId(n), groupId(n % 4), "USE CATALOG");
    yield row(catalogId(n), groupId(40 + n), "BROWSE");
  }
  for (let n = 0; n < sizes.schemas; n += 1, made += 1) yield row(schemaId(n), groupId(n % 40), "USE SCHEMA");
  // The first person sees everything.
  for (let n = 0; n < sizes.catalogs; n += 1, made += 1) yield row(catalogId(n), userId(0), "BROWSE");
  for (let n = 0; made < sizes.grants; n += 1, made += 1) {
    const table = tableId(n % sizes.tables);
    const privilege = dataPrivileges[Math.floor(n / sizes.tables) % dataPrivileges.length] ?? "SELECT";
    yield row(table, n % 2 ? groupId((n * 7) % sizes.groups) : userId((n * 7) % sizes.users), privilege);
  }
}

async function inParts<T>(rows: Iterable<T>, save: (part: T[]) => Promise<unknown>): Promise<void> {
  const all = [...rows];
  for (let at = 0; at < all.length; at += 2_000) await save(all.slice(at, at + 2_000));
}

/** Writes the world into a database that was just made. */
export async function fill({ prisma }: Database): Promise<void> {
  const users = Array.from({ length: sizes.users }, (_, n) => userId(n));
  await inParts(users, (part) =>
    prisma.user.createMany({
      data: part.map((id) => ({ id, name: id, email: `${id}@example.org` })),
    }),
  );
  const groups = Array.from({ length: sizes.groups }, (_, n) => groupId(n));
  await prisma.group.createMany({ data: groups.map((id) => ({ id, name: id, nameKey: id })) });
  await inParts(members(), (data) => prisma.groupMember.createMany({ data }));
  await inParts(objects(), (data) => prisma.securable.createMany({ data }));
  await inParts(grants(), (data) => prisma.grant.createMany({ data }));
}
