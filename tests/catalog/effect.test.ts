import { beforeEach, describe, expect, it } from "vitest";
import { currentPolicy, decide, mainCatalogId } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { changeGrants, previewGrants } from "@/lib/catalog/server";
import { freshCatalog, grant, group, make, nodeNamed, person } from "./rights";

let admin: Context;
let noor: Context;
let support: string;
let tickets: string;

beforeEach(async () => {
  admin = await freshCatalog();
  noor = await person("Noor");
  support = await make("schema", mainCatalogId, "support");
  tickets = await make("table", support, "tickets");
});

const change = (principalId: string, add: "SELECT"[], remove: "SELECT"[] = []) => ({
  principalId,
  add,
  remove,
});

describe("the effect of a change", () => {
  it("tells who gains and who loses, is what happens then, and touches nothing before", async () => {
    const lea = await person("Lea");
    const agents = await group(admin, "agents", [noor.actor.userId, lea.actor.userId]);
    await grant(agents, ["USE SCHEMA"], support);
    await grant(lea.actor.userId, ["SELECT"], tickets);
    const asked = {
      objectIds: [tickets],
      changes: [change(agents, ["SELECT"]), change(lea.actor.userId, [], ["SELECT"])],
      also: [],
    };
    const before = await currentPolicy();
    const epoch = before.epoch;
    const effect = await previewGrants(admin, asked);
    expect(effect.gains.map(({ person: { name }, privileges }) => `${name} ${privileges}`)).toEqual([
      "Noor BROWSE,SELECT",
    ]);
    expect(effect.losses).toEqual([]);
    const { policy, node } = await nodeNamed(tickets);
    const may = () => decide(policy, { principalId: noor.actor.userId }, "SELECT", node);
    expect([policy.epoch, may()]).toEqual([epoch, false]);
    await changeGrants(admin, asked);
    expect(may()).toBe(true);
    const back = await previewGrants(admin, { ...asked, changes: [change(agents, [], ["SELECT"])] });
    expect(back.losses.map(({ person: { name } }) => name).sort()).toEqual(["Lea", "Noor"]);
  });

  it("tells what is still missing, of ALL PRIVILEGES too", async () => {
    const effect = await previewGrants(admin, {
      objectIds: [tickets],
      changes: [{ principalId: noor.actor.userId, add: ["ALL PRIVILEGES"], remove: [] }],
      also: [],
    });
    const select = effect.stillLacking.find(({ privilege }) => privilege === "SELECT");
    expect(select?.missing).toMatchObject([{ need: "USE SCHEMA", on: { fullName: "main.support" } }]);
    expect(effect.gains).toEqual([]);
  });

  it("is refused where one may not grant, and where the grant means nothing", async () => {
    await grant(noor.actor.userId, ["USE SCHEMA", "SELECT"], support);
    const asked = { objectIds: [tickets], changes: [change(noor.actor.userId, ["SELECT"])], also: [] };
    await expect(previewGrants(noor, asked)).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      previewGrants(admin, {
        ...asked,
        changes: [{ principalId: noor.actor.userId, add: ["EXECUTE"], remove: [] }],
      }),
    ).rejects.toMatchObject({ code: "unprocessable" });
  });
});
