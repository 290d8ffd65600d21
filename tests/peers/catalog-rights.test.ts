import { beforeEach, describe, expect, it } from "vitest";
import { GET as UNITY_GET, PATCH as UNITY_PATCH } from "@/app/api/2.1/unity-catalog/catalogs/[name]/route";
import { POST as UNITY_CREATE } from "@/app/api/2.1/unity-catalog/catalogs/route";
import { PATCH as GRANT } from "@/app/api/catalog/grants/route";
import { GET as LOOKUP } from "@/app/api/catalog/lookup/route";
import { PUT as OWN } from "@/app/api/catalog/objects/[id]/owner/route";
import { GET, PATCH, DELETE as REMOVE } from "@/app/api/catalog/objects/[id]/route";
import { POST as CREATE, GET as LIST } from "@/app/api/catalog/objects/route";
import { DELETE as LEAVE } from "@/app/api/groups/[id]/members/route";
import { DELETE as UNSHARE } from "@/app/api/playground/snapshots/[id]/route";
import { POST as MINT } from "@/app/api/service-principals/[id]/keys/route";
import { GET as PEOPLE } from "@/app/api/users/route";
import type { Privilege } from "@/lib/access";
import { insertSecurables } from "@/lib/access/server";
import type { KeyScopes } from "@/lib/auth";
import { type Context, createGroup, createKey, createServicePrincipal, updateUser } from "@/lib/auth/server";
import type { CatalogObject } from "@/lib/catalog";
import { changeGrants, createInSchema, createObject } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import { createSnapshot } from "@/lib/playground/server";
import { documentWith } from "../playground/documents";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

type Options = NonNullable<Parameters<typeof apiRequest>[1]>;
type Handler = (request: Request, segment?: { params: Promise<never> }) => Promise<Response>;

let admin: Context;
let member: Context;
let hidden: { catalog: CatalogObject; schema: CatalogObject; table: CatalogObject };
let open: { catalog: CatalogObject; schema: CatalogObject; table: CatalogObject };

async function place(name: string) {
  const facts = { comment: "", properties: {} };
  const catalog = await createObject(admin, { kind: "catalog", parentId: "metastore", name, ...facts });
  const schema = await createObject(admin, { kind: "schema", parentId: catalog.id, name: "desk", ...facts });
  const table = await createInSchema(admin, schema.id, {
    kind: "table",
    name: "rows",
    details: {},
    ...facts,
  });
  return { catalog, schema, table };
}

const change = (object: CatalogObject, add: Privilege[], remove: Privilege[] = []) =>
  changeGrants(admin, {
    objectIds: [object.id],
    changes: [{ principalId: member.actor.userId, add, remove }],
  });

async function call(handler: unknown, options: Options, params: object = {}, path = "/x") {
  const response = await (handler as Handler)(await apiRequest(path, options), {
    params: Promise.resolve(params as never),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

beforeEach(async () => {
  admin = await testContext({ role: "admin" });
  member = await anotherContext();
  hidden = await place("hidden");
  open = await place("open");
  await change(open.catalog, ["USE CATALOG", "USE SCHEMA", "SELECT"]);
});

describe("CVE-2026-45349 and CVE-2026-55255: the name is checked, the id is not", () => {
  it("a hidden object is not there by id, by name, or through the other interface", async () => {
    const as = member;
    const { id, fullName } = hidden.catalog;
    expect((await call(GET, { as }, { id })).status).toBe(404);
    expect((await call(LOOKUP, { as }, {}, `/x?name=${fullName}&kind=catalog`)).status).toBe(404);
    expect((await call(LIST, { as }, {}, `/x?parent=${id}`)).status).toBe(404);
    expect((await call(UNITY_GET, { as }, { name: fullName })).status).toBe(404);
    expect((await call(UNITY_GET, { as }, { name: id })).status).toBe(404);
  });
});

describe("CVE-2026-45402, CVE-2026-54010 and CVE-2026-54015: the id in the body is not checked", () => {
  it("nothing is made in, moved into or granted on what the second id names", async () => {
    const as = member;
    await change(open.catalog, ["CREATE SCHEMA", "MANAGE"]);
    const made = { kind: "schema", parentId: hidden.catalog.id, name: "mine" };
    expect((await call(CREATE, { as, body: made })).status).toBe(404);
    const moved = { revision: open.schema.revision, parentId: hidden.catalog.id };
    expect((await call(PATCH, { as, method: "PATCH", body: moved }, { id: open.schema.id })).status).toBe(
      404,
    );
    const changes = [{ principalId: member.actor.userId, add: ["MODIFY"], remove: [] }];
    const body = { objectIds: [open.catalog.id, hidden.catalog.id], changes };
    expect((await call(GRANT, { as, method: "PATCH", body })).status).toBe(404);
    const { prisma } = await db();
    expect(await prisma.grant.count({ where: { privilege: "MODIFY" } })).toBe(0);
    expect((await call(GET, { as }, { id: open.schema.id })).body.fullName).toBe("open.desk");
  });
});

describe("CVE-2026-45339: a key's scope holds for one form of its header only", () => {
  it("a narrowed key reaches what it names and nothing beside it, however it is sent", async () => {
    const scopes: KeyScopes = { privileges: ["SELECT", "BROWSE"], securables: ["open.desk.rows"] };
    const { key } = await createKey(member, { name: "narrow", scopes });
    for (const authorization of [`Bearer ${key}`, `bearer ${key}`, `BEARER  ${key} `]) {
      const headers = { authorization };
      expect((await call(GET, { headers }, { id: open.table.id })).status).toBe(200);
      expect((await call(GET, { headers }, { id: open.schema.id })).status).toBe(404);
      // Beside its owner's cookie it still counts as the key.
      expect((await call(GET, { as: member, headers }, { id: open.schema.id })).status).toBe(404);
    }
    expect((await call(GET, { as: member }, { id: open.schema.id })).status).toBe(200);
  });

  it("is narrowed to an object, not to a name: what is renamed stays, and another under the old name is another", async () => {
    const { key } = await createKey(member, { name: "narrow", scopes: { securables: ["open.desk.rows"] } });
    expect((await call(GET, { key }, { id: open.table.id })).status).toBe(200);
    const body = { revision: open.table.revision, name: "lines" };
    await call(PATCH, { as: admin, method: "PATCH", body }, { id: open.table.id });
    expect((await call(GET, { key }, { id: open.table.id })).status).toBe(200);
    const id = "obj_another";
    const row = {
      id,
      kind: "table",
      parentId: open.schema.id,
      name: "rows",
      ownerId: member.actor.userId,
    } as const;
    await (await db()).write((tx) => insertSecurables(tx, [{ ...row, createdById: null }]));
    expect((await call(GET, { as: member }, { id })).status).toBe(200);
    expect((await call(GET, { key }, { id })).status).toBe(404);
  });
});

describe("CVE-2026-44553: rights that outlive a demotion", () => {
  it("an administrator who is one no more is refused with the same session and the same key", async () => {
    const late = await anotherContext({ role: "admin" });
    const key = await testKey(late);
    expect((await call(PEOPLE, { as: late })).status).toBe(200);
    expect((await call(PEOPLE, { key })).status).toBe(200);
    await updateUser(admin, late.actor.userId, { role: "member" });
    expect((await call(PEOPLE, { as: late })).status).toBe(403);
    expect((await call(PEOPLE, { key })).status).toBe(403);
  });

  it("a revoked grant is gone with the next request, also for a key that was just used", async () => {
    const key = await testKey(member);
    expect((await call(GET, { key }, { id: open.table.id })).status).toBe(200);
    await change(open.catalog, [], ["SELECT", "USE SCHEMA", "USE CATALOG"]);
    expect((await call(GET, { key }, { id: open.table.id })).status).toBe(404);
    expect((await call(GET, { as: member }, { id: open.table.id })).status).toBe(404);
  });
});

describe("CVE-2026-47101: a key minted beyond its minter", () => {
  it("no key makes another for a service principal, and a narrowed one grants nothing", async () => {
    const { id } = await createServicePrincipal(admin, { name: "robot" });
    const key = await testKey(admin);
    expect((await call(MINT, { key, body: { name: "more" } }, { id })).status).toBe(403);
    expect((await call(MINT, { as: member, body: { name: "more" } }, { id })).status).toBe(404);
    const narrow = await createKey(admin, {
      name: "narrow",
      scopes: { securables: ["open"], privileges: ["SELECT"] },
    });
    const changes = [{ principalId: member.actor.userId, add: ["MODIFY"], remove: [] }];
    const body = { objectIds: [open.catalog.id], changes };
    expect([403, 404]).toContain((await call(GRANT, { key: narrow.key, method: "PATCH", body })).status);
    expect(await (await db()).prisma.grant.count({ where: { privilege: "MODIFY" } })).toBe(0);
  });
});

describe("CVE-2026-47102: one makes oneself the owner", () => {
  it("whoever may only read takes nothing over", async () => {
    const body = { principalId: member.actor.userId, revision: open.table.revision };
    expect((await call(OWN, { as: member, method: "PUT", body }, { id: open.table.id })).status).toBe(403);
    const owner = { owner: member.actor.email };
    const taken = await call(UNITY_PATCH, { as: member, method: "PATCH", body: owner }, { name: "open" });
    expect(taken.status).toBe(403);
  });
});

describe("CVE-2025-25196 and CVE-2025-65111: a list and a check disagree", () => {
  it("what is listed is what can be opened, for everybody and for a narrowed key", async () => {
    const { key } = await createKey(member, { name: "narrow", scopes: { securables: ["open.desk"] } });
    const { prisma } = await db();
    const ids = (await prisma.securable.findMany({ where: { id: { not: "metastore" } } })).map(
      ({ id }) => id,
    );
    for (const options of [{ as: admin }, { as: member }, { key }]) {
      const listed: string[] = [];
      for (const letter of ["e", "s", "a", "o"]) {
        const { body } = await call(LIST, options, {}, `/x?q=${letter}&limit=500`);
        listed.push(...body.entries.map(({ id }: { id: string }) => id));
      }
      const opened: string[] = [];
      for (const id of ids) if ((await call(GET, options, { id })).status === 200) opened.push(id);
      expect([...new Set(listed)].sort()).toEqual(opened.sort());
      expect(opened.length).toBeGreaterThan(0);
    }
  });
});

describe("CVE-2026-31949: DELETE without a body", () => {
  it("is answered on every route of the catalogue and of groups", async () => {
    const group = await createGroup(admin, { name: "team" });
    expect((await call(LEAVE, { as: admin, method: "DELETE" }, { id: group.id })).status).toBe(400);
    expect((await call(REMOVE, { as: admin, method: "DELETE" }, { id: open.table.id })).status).toBe(204);
    expect(
      (await call(REMOVE, { as: admin, method: "DELETE", body: { id: hidden.table.id } }, { id: "none" }))
        .status,
    ).toBe(404);
    expect((await call(GET, { as: admin }, { id: hidden.table.id })).status).toBe(200);
  });
});

describe("CVE-2024-1313: deleted through its link", () => {
  it("whoever may read what was shared does not end the sharing", async () => {
    const { id } = await createSnapshot(admin, { document: documentWith() });
    expect((await call(UNSHARE, { as: member, method: "DELETE" }, { id })).status).toBe(403);
    expect(
      (await (await db()).prisma.playgroundSnapshot.findUniqueOrThrow({ where: { id } })).revokedAt,
    ).toBeNull();
  });
});

describe("CVE-2026-42208 and CVE-2026-23982: texts that reach a query, checked once and not again", () => {
  it.each(["' OR 1=1 --", "%", "_", "\\", '"; DROP TABLE "Grant"; --', "$1"])(
    "searching %s opens nothing",
    async (q) => {
      const { status, body } = await call(LIST, { as: member }, {}, `/x?q=${encodeURIComponent(q)}`);
      expect(status).toBe(200);
      const names = body.entries.map(({ fullName }: { fullName: string }) => fullName);
      expect(names.filter((name: string) => name.startsWith("hidden"))).toEqual([]);
    },
  );

  it.each(["", "a.b", "a/b", "a b", "a\u0000b", "a\u202Eb", "x".repeat(256), "x".repeat(100_000)])(
    "the name %j is refused when an object is made and when it is renamed",
    async (name) => {
      for (const [handler, field] of [
        [CREATE, "catalog"],
        [UNITY_CREATE, undefined],
      ] as const) {
        const body = field ? { kind: field, name } : { name };
        expect([400, 422]).toContain((await call(handler, { as: admin, body })).status);
      }
      const renamed = { revision: open.catalog.revision, name };
      const patch = { as: admin, method: "PATCH", body: renamed };
      expect((await call(PATCH, patch, { id: open.catalog.id })).status).toBe(422);
      if (name === "") return;
      const unity = { as: admin, method: "PATCH", body: { new_name: name } };
      expect((await call(UNITY_PATCH, unity, { name: "open" })).status).toBe(400);
    },
  );

  it("a name that cannot be is looked up and not found", async () => {
    for (const name of ["a\u0000b", "x".repeat(5_000), "..", "open.desk\u0000", "__proto__", "constructor"]) {
      expect((await call(UNITY_GET, { as: admin }, { name })).status).toBe(404);
      expect((await call(GET, { as: admin }, { id: name })).status).toBe(404);
    }
  });
});

describe("CVE-2025-68664: a reserved key in somebody's data", () => {
  it("__proto__ is refused as a field and changes no prototype as a property", async () => {
    const raw = async (handler: unknown, text: string) => {
      const made = await apiRequest("/x", { as: admin, body: {} });
      const request = new Request(made.url, { method: "POST", headers: made.headers, body: text });
      return (handler as Handler)(request, { params: Promise.resolve({} as never) });
    };
    const field = '{"name":"a","kind":"catalog","__proto__":{"role":"admin"}}';
    expect((await raw(CREATE, field)).status).toBe(422);
    expect((await raw(UNITY_CREATE, '{"name":"a","__proto__":{"owner":"x"}}')).status).toBe(400);
    const property = '{"name":"b","kind":"catalog","properties":{"__proto__":"x","constructor":"y"}}';
    expect((await raw(CREATE, property)).status).toBeLessThan(500);
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    expect(typeof {}.constructor).toBe("function");
  });
});
