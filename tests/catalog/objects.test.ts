import { beforeEach, describe, expect, it } from "vitest";
import { GET as LOOKUP } from "@/app/api/catalog/lookup/route";
import { PATCH } from "@/app/api/catalog/objects/[id]/route";
import { POST, GET as TREE } from "@/app/api/catalog/objects/route";
import type { Context } from "@/lib/auth/server";
import { treeFilter } from "@/lib/catalog";
import {
  changeTags,
  findTree,
  getObject,
  getObjectByName,
  transferOwner,
  updateObject,
} from "@/lib/catalog/server";
import { anotherContext, apiRequest, testContext } from "../support/context";
import { found, grant, makeCatalog, makeSchema, put, rowsAbout } from "./support";

let admin: Context;
let noor: Context;
beforeEach(async () => {
  admin = await testContext({ role: "admin", name: "Mira" });
  noor = await anotherContext({ name: "Noor" });
});

const hidden = { code: "not_found", message: "It does not exist, or you may not see it." };
const params = (id: string) => ({ params: Promise.resolve({ id }) });

describe("a new member", () => {
  it("passes through main and main.default, and finds nothing else", async () => {
    const sales = await makeCatalog(admin, "sales");
    await put(admin, "sch_default", "tickets");
    expect(await found(noor, {})).toEqual(["main"]);
    expect(await found(noor, { parent: "cat_main" })).toEqual(["main.default"]);
    expect(await found(noor, { parent: "sch_default" })).toEqual([]);
    expect(await found(noor, { q: "tick" })).toEqual([]);
    await expect(found(noor, { parent: sales.id })).rejects.toMatchObject(hidden);
  });

  it("is told the same of what is there and of what is not", async () => {
    await put(admin, "sch_default", "tickets");
    await expect(getObjectByName(noor, { name: "main.default.tickets" })).rejects.toMatchObject(hidden);
    await expect(getObjectByName(noor, { name: "main.default.never" })).rejects.toMatchObject(hidden);
  });

  it("makes nothing", async () => {
    await expect(makeCatalog(noor, "mine")).rejects.toMatchObject({ code: "forbidden" });
    await expect(makeSchema(noor, "mine")).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the tree", () => {
  it("shows by name only what BROWSE alone opens, and counts it for the whole", async () => {
    const schema = await makeSchema(admin, "support");
    await put(admin, schema.id, "tickets");
    await grant(admin, "cat_main", noor.actor.userId, "BROWSE");
    const { entries } = await findTree(noor, treeFilter.parse({ parent: schema.id }));
    expect(entries).toMatchObject([{ fullName: "main.support.tickets", isBrowseOnly: true }]);
    // The schema and the table: main and main.default may be used.
    expect((await findTree(noor, treeFilter.parse({}))).browseOnly).toBe(2);
    expect((await findTree(admin, treeFilter.parse({}))).browseOnly).toBe(0);
    await grant(admin, schema.id, noor.actor.userId, "USE SCHEMA", "SELECT");
    expect((await findTree(noor, treeFilter.parse({}))).browseOnly).toBe(0);
  });

  it("comes in pages that overlap in nothing", async () => {
    for (const name of ["c", "a", "b"]) await put(admin, "sch_default", name);
    const first = await findTree(admin, treeFilter.parse({ parent: "sch_default", limit: "2" }));
    expect(first.entries.map(({ name }) => name)).toEqual(["a", "b"]);
    const rest = await findTree(
      admin,
      treeFilter.parse({ parent: "sch_default", limit: "2", cursor: first.next ?? "" }),
    );
    expect(rest.entries.map(({ name }) => name)).toEqual(["c"]);
    expect(rest.next).toBeNull();
  });

  it("refuses visitors, and filters it does not know", async () => {
    expect((await TREE(await apiRequest("/api/catalog/objects"))).status).toBe(401);
    const wrong = await TREE(await apiRequest("/api/catalog/objects?limit=9000", { as: admin }));
    expect(wrong.status).toBe(422);
  });
});

describe("a catalog", () => {
  it("belongs to whoever made it, and its row in the audit names it", async () => {
    const made = await makeCatalog(admin, "sales");
    expect(made.owner).toMatchObject({ name: "Mira", kind: "user" });
    expect(await rowsAbout(made.id)).toMatchObject([
      {
        actionName: "createCatalog",
        securableKind: "catalog",
        securableName: "sales",
        userId: admin.actor.userId,
      },
    ]);
  });

  it("has a name of its own, whatever its case", async () => {
    await makeCatalog(admin, "Sales");
    await expect(makeCatalog(admin, "sales")).rejects.toMatchObject({ code: "conflict" });
    const spaced = { kind: "catalog", name: "two words" };
    expect((await POST(await apiRequest("/api/catalog/objects", { as: admin, body: spaced }))).status).toBe(
      422,
    );
  });
});

describe("an object", () => {
  it("is found by its full name, dots and slashes in the last part", async () => {
    await put(admin, "sch_default", "acme/tiny.chat", "model");
    const answer = await LOOKUP(
      await apiRequest("/api/catalog/lookup?name=main.default.acme%2Ftiny.chat", { as: admin }),
    );
    expect(await answer.json()).toMatchObject({ kind: "model", name: "acme/tiny.chat" });
  });

  it("is renamed with the revision that was seen, not with an older one", async () => {
    const table = await put(admin, "sch_default", "tickets");
    const renamed = await updateObject(admin, table.id, { name: "cases", revision: table.revision });
    expect(renamed.fullName).toBe("main.default.cases");
    await expect(
      updateObject(admin, table.id, { name: "other", revision: table.revision }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect((await rowsAbout(table.id)).map(({ actionName }) => actionName)).toEqual(["renameObject"]);
  });

  it("goes into another schema with its own grants and without what it inherited", async () => {
    const from = await makeSchema(admin, "from");
    const to = await makeSchema(admin, "to");
    const table = await put(admin, from.id, "tickets");
    for (const id of [from.id, to.id]) await grant(admin, id, noor.actor.userId, "USE SCHEMA");
    await grant(admin, from.id, noor.actor.userId, "MODIFY");
    await grant(admin, table.id, noor.actor.userId, "SELECT");
    expect((await getObject(noor, table.id)).may.privileges).toContain("MODIFY");
    const moved = await updateObject(admin, table.id, { parentId: to.id, revision: table.revision });
    expect(moved.fullName).toBe("main.to.tickets");
    const { privileges } = (await getObject(noor, table.id)).may;
    expect(privileges).toContain("SELECT");
    expect(privileges).not.toContain("MODIFY");
  });

  it("is changed by nobody who only may use it", async () => {
    const table = await put(admin, "sch_default", "tickets");
    const { id, revision } = table;
    const body = { comment: "mine", revision };
    const patched = async () =>
      (
        await PATCH(
          await apiRequest(`/api/catalog/objects/${id}`, { as: noor, method: "PATCH", body }),
          params(id),
        )
      ).status;
    expect(await patched()).toBe(404);
    await grant(admin, id, noor.actor.userId, "SELECT", "MODIFY");
    expect(await patched()).toBe(403);
    expect((await getObject(admin, id)).comment).toBe("");
    await grant(admin, id, noor.actor.userId, "MANAGE");
    expect(await patched()).toBe(200);
  });

  it("is tagged with APPLY TAG, and each change leaves a row", async () => {
    const table = await put(admin, "sch_default", "tickets");
    const pii = { part: "", set: { pii: "e-mail" }, remove: [] };
    await grant(admin, table.id, noor.actor.userId, "SELECT");
    await expect(changeTags(noor, table.id, pii)).rejects.toMatchObject({ code: "forbidden" });
    await grant(admin, table.id, noor.actor.userId, "APPLY TAG");
    expect((await changeTags(noor, table.id, pii)).tags).toEqual([{ part: "", key: "pii", value: "e-mail" }]);
    expect((await rowsAbout(table.id)).at(-1)).toMatchObject({
      actionName: "changeTags",
      securableName: "main.default.tickets",
      userId: noor.actor.userId,
    });
  });

  it("changes hands, and its former owner keeps what was granted alone", async () => {
    const table = await put(admin, "sch_default", "tickets");
    const { userId } = noor.actor;
    await expect(transferOwner(noor, table.id, { principalId: userId, revision: 1 })).rejects.toMatchObject(
      hidden,
    );
    const given = await transferOwner(admin, table.id, { principalId: userId, revision: table.revision });
    expect(given.owner.id).toBe(userId);
    expect((await getObject(noor, table.id)).may).toMatchObject({ manage: true, grant: true });
    await expect(
      transferOwner(noor, table.id, { principalId: "usr_nobody", revision: given.revision }),
    ).rejects.toMatchObject({ code: "unprocessable" });
    // Given away by somebody who does not see it after that.
    const back = { principalId: admin.actor.userId, revision: given.revision };
    expect((await transferOwner(noor, table.id, back)).owner.id).toBe(admin.actor.userId);
    await expect(getObject(noor, table.id)).rejects.toMatchObject(hidden);
  });
});
