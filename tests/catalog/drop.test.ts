import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context } from "@/lib/auth/server";
import type { CatalogObject } from "@/lib/catalog";
import {
  dropObject,
  findDroppedObjects,
  getDropPreview,
  getGrants,
  getObject,
  getObjectByName,
  restoreObject,
} from "@/lib/catalog/server";
import { anotherContext, testContext } from "../support/context";
import { found, grant, makeSchema, put, rowsAbout } from "./support";

let admin: Context;
let noor: Context;
let support: CatalogObject;
let tickets: CatalogObject;
beforeEach(async () => {
  admin = await testContext({ role: "admin", name: "Mira" });
  noor = await anotherContext({ name: "Noor" });
  support = await makeSchema(admin, "support");
  tickets = await put(admin, support.id, "tickets");
  await grant(admin, support.id, noor.actor.userId, "USE SCHEMA");
  await grant(admin, tickets.id, noor.actor.userId, "SELECT");
});
afterEach(() => vi.useRealTimers());

const hidden = { code: "not_found" };

describe("a drop", () => {
  it("tells beforehand what goes with it", async () => {
    await put(admin, support.id, "triage", "model");
    expect(await getDropPreview(admin, support.id)).toMatchObject({
      object: { fullName: "main.support" },
      contents: expect.arrayContaining([
        { kind: "table", count: 1 },
        { kind: "model", count: 1 },
      ]),
      grants: 2,
      keptDays: 7,
    });
    await expect(getDropPreview(noor, support.id)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("of what is not empty has to be meant", async () => {
    await expect(dropObject(admin, support.id, { force: false })).rejects.toMatchObject({ code: "conflict" });
    await expect(dropObject(noor, support.id, { force: true })).rejects.toMatchObject({ code: "forbidden" });
    expect(await found(admin, { parent: "cat_main" })).toContain("main.support");
    await dropObject(admin, support.id, { force: true });
    expect(await found(admin, { parent: "cat_main" })).not.toContain("main.support");
    await expect(getObject(noor, tickets.id)).rejects.toMatchObject(hidden);
    expect((await rowsAbout(support.id)).at(-1)).toMatchObject({
      actionName: "dropObject",
      securableName: "main.support",
    });
  });

  it("taken back brings back what was in it, with every grant", async () => {
    const before = await getGrants(admin, tickets.id);
    await dropObject(admin, support.id, { force: true });
    await restoreObject(admin, support.id);
    expect(await getGrants(admin, tickets.id)).toEqual(before);
    expect((await getObject(noor, tickets.id)).may.privileges).toContain("SELECT");
    expect((await rowsAbout(support.id)).at(-1)).toMatchObject({
      actionName: "restoreObject",
      securableName: "main.support",
    });
  });

  it("leaves nothing to what takes its name, and then does not come back over it", async () => {
    await dropObject(admin, tickets.id, { force: false });
    const again = await put(admin, support.id, "tickets");
    expect(again.id).not.toBe(tickets.id);
    const { entries } = await getGrants(admin, again.id);
    expect(entries.filter(({ isInherited }) => !isInherited)).toEqual([]);
    await expect(getObjectByName(noor, { name: "main.support.tickets" })).rejects.toMatchObject(hidden);
    await expect(restoreObject(admin, tickets.id)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is offered for return to whoever may, for seven days", async () => {
    await dropObject(admin, tickets.id, { force: false });
    expect(await findDroppedObjects(admin)).toMatchObject([
      { fullName: "main.support.tickets", droppedBy: { name: "Mira" }, contents: 0 },
    ]);
    expect(await findDroppedObjects(noor)).toEqual([]);
    await expect(restoreObject(noor, tickets.id)).rejects.toMatchObject(hidden);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 8 * 86_400_000 });
    expect(await findDroppedObjects(admin)).toEqual([]);
    await expect(restoreObject(admin, tickets.id)).rejects.toMatchObject(hidden);
  });

  it("inside a dropped container waits for the container", async () => {
    await dropObject(admin, tickets.id, { force: false });
    await dropObject(admin, support.id, { force: true });
    await expect(restoreObject(admin, tickets.id)).rejects.toMatchObject({ code: "conflict" });
    await restoreObject(admin, support.id);
    expect(await found(admin, { parent: support.id })).toEqual([]);
    await restoreObject(admin, tickets.id);
    expect(await found(admin, { parent: support.id })).toEqual(["main.support.tickets"]);
  });
});
