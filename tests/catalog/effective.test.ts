import { beforeEach, describe, expect, it } from "vitest";
import { mainCatalogId } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { getEffectiveByObject, getEffectiveByPrincipal } from "@/lib/catalog/server";
import { freshCatalog, grant, group, make, person } from "./rights";

let admin: Context;
let noor: Context;
let support: string;
let tickets: string;
const page = { limit: 100 };

beforeEach(async () => {
  admin = await freshCatalog();
  noor = await person("Noor");
  support = await make("schema", mainCatalogId, "support");
  tickets = await make("table", support, "tickets");
});

const told = async (ctx: Context, who: string) =>
  (await getEffectiveByPrincipal(ctx, who, page)).entries.flatMap(({ object, privileges }) =>
    privileges.map(
      ({ privilege, through, at }) =>
        `${privilege} ${object.fullName} by ${through.map(({ name }) => name).join(">")} at ${at?.fullName}`,
    ),
  );

describe("rights of a principal", () => {
  it("are those that can be used, with the groups they come through", async () => {
    const agents = await group(admin, "agents", [noor.actor.userId]);
    await grant(agents, ["SELECT"], tickets);
    expect((await told(noor, noor.actor.userId)).filter((each) => each.includes("tickets"))).toEqual([]);
    await grant(noor.actor.userId, ["USE SCHEMA"], support);
    const rights = await told(noor, noor.actor.userId);
    expect(rights).toContain("SELECT main.support.tickets by Noor>agents at main.support.tickets");
    expect(rights).toContain("USE SCHEMA main.support by Noor at main.support");
    expect(rights).toContain("USE CATALOG main by Noor>all_users at main");
  });

  it("name what is owned, not what opens the way to it", async () => {
    const lab = await make("catalog", "metastore", "lab", noor.actor.userId);
    const bench = await make("schema", lab, "bench", noor.actor.userId);
    await make("table", bench, "own", noor.actor.userId);
    expect(await told(noor, noor.actor.userId)).toContain("SELECT lab.bench.own by Noor at lab.bench.own");
  });

  it("are one’s own for members, anybody’s for administrators, and a group’s by its name", async () => {
    const agents = await group(admin, "agents", []);
    await grant(agents, ["USE SCHEMA"], support);
    expect(await told(admin, "agents")).toContain("USE SCHEMA main.support by agents at main.support");
    await expect(told(noor, admin.actor.userId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(told(noor, "nobody")).rejects.toMatchObject({ code: "forbidden" });
    await expect(told(admin, "nobody")).rejects.toMatchObject({ code: "not_found" });
  });

  it("show a key no more than it can reach itself", async () => {
    await grant(noor.actor.userId, ["USE SCHEMA", "SELECT"], support);
    const key = {
      ...noor,
      actor: {
        ...noor.actor,
        keyId: "key",
        scopes: { securables: [mainCatalogId], privileges: ["USE CATALOG"] },
      },
    } as Context;
    expect(await told(key, noor.actor.userId)).toEqual([
      "BROWSE main by Noor>all_users at main",
      "USE CATALOG main by Noor>all_users at main",
    ]);
  });

  it("come page after page, each object once", async () => {
    for (const name of ["a", "b", "c"]) await make("table", support, name, noor.actor.userId);
    await grant(noor.actor.userId, ["USE SCHEMA"], support);
    const whole = (await getEffectiveByPrincipal(noor, noor.actor.userId, page)).entries.map(
      ({ object }) => object.id,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const part = await getEffectiveByPrincipal(noor, noor.actor.userId, {
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...part.entries.map(({ object }) => object.id));
      cursor = part.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(whole);
    expect(new Set(seen).size).toBe(seen.length);
    await expect(
      getEffectiveByPrincipal(noor, noor.actor.userId, { limit: 2, cursor: "gone" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("rights on an object", () => {
  it("list everybody for whoever may grant on it, and oneself for others", async () => {
    await grant(noor.actor.userId, ["USE SCHEMA", "SELECT"], support);
    const all = await getEffectiveByObject(admin, tickets, page);
    expect(all.entries.map(({ principal }) => principal.name).sort()).toEqual(["Mira", "Noor"]);
    const own = await getEffectiveByObject(noor, tickets, page);
    expect(own.entries.map(({ principal }) => principal.name)).toEqual(["Noor"]);
    const lea = await person("Lea");
    await expect(getEffectiveByObject(lea, tickets, page)).rejects.toMatchObject({ code: "not_found" });
  });
});
