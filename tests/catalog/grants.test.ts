import { beforeEach, describe, expect, it } from "vitest";
import { POST as PREVIEW } from "@/app/api/catalog/grants/preview/route";
import { PATCH } from "@/app/api/catalog/grants/route";
import { questionsOf } from "@/lib/access";
import { authorize } from "@/lib/access/server";
import { addMembers, type Context, createGroup } from "@/lib/auth/server";
import type { CatalogObject, GrantChanges } from "@/lib/catalog";
import { changeGrants, getGrants } from "@/lib/catalog/server";
import { anotherContext, apiRequest, testContext } from "../support/context";
import { grant, granting, makeSchema, parsed, preview, put, revoking, rowsAbout } from "./support";

let admin: Context;
let noor: Context;
let tove: Context;
let support: CatalogObject;
let tickets: CatalogObject;
beforeEach(async () => {
  admin = await testContext({ role: "admin", name: "Mira" });
  noor = await anotherContext({ name: "Noor" });
  tove = await anotherContext({ name: "Tove" });
  support = await makeSchema(admin, "support");
  tickets = await put(admin, support.id, "tickets");
});

const rightsOn = ({ actor }: Context, { id, kind }: CatalogObject) =>
  questionsOf(kind).filter((privilege) => authorize(actor, privilege, { id }).allow);

/** Who gained and who lost what on the table when the change was really made. */
async function outcome(body: GrantChanges) {
  const people = [noor, tove];
  const before = people.map((person) => rightsOn(person, tickets));
  await changeGrants(admin, parsed(body));
  return people.map((person, index) => {
    const now = rightsOn(person, tickets);
    return {
      gained: now.filter((each) => !before[index]?.includes(each)),
      lost: (before[index] ?? []).filter((each) => !now.includes(each)),
    };
  });
}

/** The same as the preview tells it. */
async function foretold(body: GrantChanges) {
  const { gains, losses } = await preview(admin, body);
  return [noor, tove].map(({ actor }) => ({
    gained: gains.find(({ person }) => person.id === actor.userId)?.privileges ?? [],
    lost: losses.find(({ person }) => person.id === actor.userId)?.privileges ?? [],
  }));
}

describe("what a change would do", () => {
  it("is what it then does: a grant, one beside it on the schema, a revoke", async () => {
    await grant(admin, support.id, noor.actor.userId, "USE SCHEMA");
    const group = await createGroup(admin, { name: "agents" });
    await addMembers(admin, group.id, { ids: [noor.actor.userId, tove.actor.userId] });
    const changes: GrantChanges[] = [
      { objectIds: [tickets.id], changes: [{ principalId: group.id, add: ["SELECT"] }] },
      { objectIds: [tickets.id], changes: [{ principalId: tove.actor.userId, add: ["MODIFY"] }] },
      { objectIds: [tickets.id], changes: [{ principalId: group.id, remove: ["SELECT"] }] },
    ];
    for (const body of changes) {
      const told = await foretold(body);
      expect(told).toEqual(await outcome(body));
    }
    // The first of them gave Noor something, or nothing above would have been compared.
    const again = await foretold(changes[0] as GrantChanges);
    expect(again[0]?.gained).toContain("SELECT");
  });

  it("is told for each principal: who gains, who has it already and as whom, who still lacks what", async () => {
    const leads = await createGroup(admin, { name: "leads" });
    const agents = await createGroup(admin, { name: "agents" });
    await addMembers(admin, leads.id, { ids: [noor.actor.userId] });
    await addMembers(admin, agents.id, { ids: [noor.actor.userId, tove.actor.userId] });
    await grant(admin, support.id, leads.id, "USE SCHEMA");
    await grant(admin, tickets.id, leads.id, "SELECT");
    const effect = await preview(admin, {
      objectIds: [tickets.id],
      changes: [{ principalId: agents.id, add: ["SELECT"] }],
    });
    expect(effect.principals).toMatchObject([
      {
        principal: { name: "agents", members: 2 },
        people: 2,
        gaining: 0,
        already: 1,
        as: [{ name: "leads" }],
        lacking: 1,
        missing: [{ need: "USE SCHEMA", on: { fullName: "main.support" }, mayGrant: true }],
      },
    ]);
  });

  it("with what is granted besides leaves nobody lacking", async () => {
    const body: GrantChanges = {
      objectIds: [tickets.id],
      changes: [{ principalId: tove.actor.userId, add: ["SELECT"] }],
      also: [{ objectId: support.id, changes: [{ principalId: tove.actor.userId, add: ["USE SCHEMA"] }] }],
    };
    const effect = await preview(admin, body);
    expect(effect.stillLacking).toEqual([]);
    expect(effect.principals).toMatchObject([{ gaining: 1, lacking: 0 }]);
    // Nothing was written by looking.
    expect(rightsOn(tove, tickets)).toEqual([]);
    expect(await rowsAbout(tickets.id)).toEqual([]);
    expect(await changeGrants(admin, parsed(body))).toEqual({ added: 2, removed: 0 });
    expect(rightsOn(tove, tickets)).toContain("SELECT");
  });

  it("is told to nobody who may not do it", async () => {
    const body = { objectIds: [tickets.id], changes: [{ principalId: noor.actor.userId, add: ["SELECT"] }] };
    const post = async (as?: Context) =>
      (await PREVIEW(await apiRequest("/api/catalog/grants/preview", { as, body }))).status;
    expect(await post()).toBe(401);
    expect(await post(noor)).toBe(404);
    await grant(admin, support.id, noor.actor.userId, "USE SCHEMA");
    await grant(admin, tickets.id, noor.actor.userId, "SELECT");
    expect(await post(noor)).toBe(403);
    expect(await post(admin)).toBe(200);
  });
});

describe("a grant", () => {
  it("leaves one row for each principal on each object, with the object's name and theirs", async () => {
    await changeGrants(
      admin,
      parsed({
        objectIds: [tickets.id],
        changes: [noor, tove].map(({ actor }) => ({ principalId: actor.userId, add: ["SELECT"] })),
        also: [{ objectId: support.id, changes: [{ principalId: tove.actor.userId, add: ["USE SCHEMA"] }] }],
      }),
    );
    const onTable = await rowsAbout(tickets.id);
    expect(onTable.map(({ securableName, actionName }) => [securableName, actionName])).toEqual([
      ["main.support.tickets", "updatePermissions"],
      ["main.support.tickets", "updatePermissions"],
    ]);
    expect(onTable[0]?.requestParams).toMatchObject({ principal: noor.actor.email, add: ["SELECT"] });
    expect((await rowsAbout(support.id)).map(({ actionName }) => actionName)).toEqual([
      "createSchema",
      "updatePermissions",
    ]);
  });

  it("on several objects is made on all of them or on none", async () => {
    const other = await put(admin, support.id, "other");
    const { userId } = noor.actor;
    await grant(admin, tickets.id, userId, "MANAGE");
    const body = parsed({
      objectIds: [tickets.id, other.id],
      changes: [{ principalId: tove.actor.userId, add: ["SELECT"] }],
    });
    await expect(changeGrants(noor, body)).rejects.toMatchObject({ code: "not_found" });
    const elsewhere = parsed({
      objectIds: [tickets.id],
      changes: [{ principalId: tove.actor.userId, add: ["SELECT"] }],
      also: [{ objectId: support.id, changes: [{ principalId: tove.actor.userId, add: ["USE SCHEMA"] }] }],
    });
    await grant(admin, support.id, userId, "USE SCHEMA");
    await expect(changeGrants(noor, elsewhere)).rejects.toMatchObject({ code: "forbidden" });
    const { entries } = await getGrants(admin, tickets.id);
    expect(entries.map(({ principal }) => principal.id)).not.toContain(tove.actor.userId);
    expect(await changeGrants(admin, body)).toEqual({ added: 2, removed: 0 });
  });

  it("of what means nothing there, or to nobody, is refused", async () => {
    await expect(grant(admin, tickets.id, noor.actor.userId, "EXECUTE")).rejects.toMatchObject({
      code: "unprocessable",
    });
    await expect(grant(admin, tickets.id, "usr_gone", "SELECT")).rejects.toMatchObject({
      code: "unprocessable",
    });
    const body = { objectIds: [tickets.id], changes: [{ principalId: noor.actor.userId, add: ["FLY"] }] };
    const sent = await PATCH(await apiRequest("/api/catalog/grants", { as: admin, method: "PATCH", body }));
    expect(sent.status).toBe(422);
  });

  it("is shown whole to whoever may grant, and to others as far as it is theirs", async () => {
    await grant(admin, support.id, noor.actor.userId, "USE SCHEMA", "SELECT");
    await changeGrants(admin, granting(tickets.id, tove.actor.userId, "SELECT"));
    const all = await getGrants(admin, tickets.id);
    expect(all.isWhole).toBe(true);
    expect(
      all.entries.map(({ principal, privilege, isInherited }) => [principal.name, privilege, isInherited]),
    ).toEqual(
      expect.arrayContaining([
        ["Noor", "SELECT", true],
        ["Tove", "SELECT", false],
      ]),
    );
    const own = await getGrants(noor, tickets.id);
    expect(own.isWhole).toBe(false);
    expect(own.entries.map(({ principal }) => principal.name)).not.toContain("Tove");
  });

  it("is gone from the next question on when it is revoked", async () => {
    await grant(admin, support.id, noor.actor.userId, "USE SCHEMA");
    await grant(admin, tickets.id, noor.actor.userId, "SELECT");
    expect(rightsOn(noor, tickets)).toContain("SELECT");
    await changeGrants(admin, revoking(tickets.id, noor.actor.userId, "SELECT"));
    expect(rightsOn(noor, tickets)).not.toContain("SELECT");
  });
});
