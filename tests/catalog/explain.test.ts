import { beforeEach, describe, expect, it } from "vitest";
import { GET as EXPLAIN } from "@/app/api/catalog/explain/route";
import { allUsers, questionsOf } from "@/lib/access";
import { decide, mainCatalogId, subjectOf } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { changeGrants, explainAccess, explainAllPrivileges } from "@/lib/catalog/server";
import { Random } from "../access/model/random";
import { apiRequest } from "../support/context";
import { freshCatalog, grant, group, make, nodeNamed, person, switchOff } from "./rights";

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

const select = (principal?: string) =>
  explainAccess(admin, { principal, privilege: "SELECT", object: "main.support.tickets" });
const words = ({ conditions }: Awaited<ReturnType<typeof select>>) =>
  conditions.map(({ need, on, met }) => `${met ? "has" : "lacks"} ${need} on ${on.fullName}`);

describe("one answer", () => {
  it("follows a right through groups in groups, and names who granted it", async () => {
    const inner = await group(admin, "reviewers", [noor.actor.userId]);
    const outer = await group(admin, "agents", [inner]);
    await grant(outer, ["USE SCHEMA"], support, admin.actor.userId);
    const answer = await select(noor.actor.email);
    expect(answer.allow).toBe(false);
    expect(words(answer)).toEqual([
      "has USE CATALOG on main",
      "has USE SCHEMA on main.support",
      "lacks SELECT on main.support.tickets",
    ]);
    expect(answer.conditions[0]?.evidence?.through.map(({ name }) => name)).toEqual(["Noor", allUsers]);
    expect(answer.conditions[1]?.evidence).toMatchObject({
      through: [{ name: "Noor" }, { name: "reviewers" }, { name: "agents" }],
      as: "USE SCHEMA",
      grantedBy: { name: "Mira" },
    });
    expect(answer.groups.map(({ group: { name, members } }) => `${name} ${members}`)).toEqual(
      expect.arrayContaining(["reviewers 1", "agents 1"]),
    );
    expect(answer.path.map(({ fullName }) => fullName)).toEqual([
      "main",
      "main.support",
      "main.support.tickets",
    ]);
  });

  it("tells of a gate that is missing although the right itself is held", async () => {
    await grant(noor.actor.userId, ["SELECT"], tickets);
    const answer = await select(noor.actor.userId);
    expect(words(answer).filter((each) => each.startsWith("lacks"))).toEqual([
      "lacks USE SCHEMA on main.support",
    ]);
    expect(answer.fixes[0]?.grants).toMatchObject([{ privilege: "USE SCHEMA", on: { id: support } }]);
  });

  it("counts ownership as a way, and the schema's owner as one who grants and does not read", async () => {
    const own = await make("table", support, "own", noor.actor.userId);
    await grant(noor.actor.userId, ["USE SCHEMA"], support);
    const answer = await explainAccess(admin, {
      principal: noor.actor.userId,
      privilege: "SELECT",
      object: own,
    });
    expect(answer.allow).toBe(true);
    expect(answer.conditions.at(-1)).toMatchObject({ need: "owner", met: true });
    expect(answer.fixes).toEqual([]);
    const lea = await person("Lea");
    const place = await make("schema", mainCatalogId, "lea", lea.actor.userId);
    const table = await make("table", place, "notes");
    const hers = await explainAccess(admin, {
      principal: lea.actor.userId,
      privilege: "SELECT",
      object: table,
    });
    expect(hers.allow).toBe(false);
    expect(hers.granters.map(({ principal }) => principal.name)).toContain("Lea");
  });

  it("answers no for an account that is switched off, and offers no grant as a way out", async () => {
    await switchOff(noor.actor.userId);
    expect(await select(noor.actor.userId)).toMatchObject({
      allow: false,
      isInactive: true,
      conditions: [],
      fixes: [],
    });
  });

  it("answers for a group as for somebody who is in it alone", async () => {
    const agents = await group(admin, "agents", [noor.actor.userId]);
    await grant(agents, ["USE SCHEMA", "SELECT"], support);
    const answer = await select("agents");
    expect(answer.allow).toBe(true);
    expect(answer.conditions[1]?.evidence?.through.map(({ name }) => name)).toEqual(["agents"]);
    expect(answer.conditions[0]?.evidence?.through.map(({ name }) => name)).toEqual([allUsers]);
  });

  it("counts what a key was narrowed to, and offers no grant for it", async () => {
    await grant(noor.actor.userId, ["USE SCHEMA", "SELECT"], support);
    const narrow = {
      ...noor,
      actor: { ...noor.actor, keyId: "key", scopes: { privileges: ["BROWSE", "MODIFY" as const] } },
    };
    const answer = await explainAccess(narrow as Context, { privilege: "SELECT", object: tickets });
    expect(answer).toMatchObject({ allow: false, fixes: [] });
    expect(answer.conditions.at(-1)).toMatchObject({ need: "scope", met: false });
  });

  it("is for oneself on what one sees, and for whoever may grant on everybody", async () => {
    await expect(explainAccess(noor, { privilege: "SELECT", object: tickets })).rejects.toMatchObject({
      code: "not_found",
    });
    await grant(noor.actor.userId, ["USE SCHEMA", "APPLY TAG"], support);
    expect((await explainAccess(noor, { privilege: "SELECT", object: tickets })).allow).toBe(false);
    await expect(
      explainAccess(noor, { principal: admin.actor.email, privilege: "SELECT", object: tickets }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      explainAccess(noor, { principal: "nobody@here", privilege: "SELECT", object: tickets }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("refuses a privilege that means nothing on the object, naming those that do", async () => {
    await expect(explainAccess(admin, { privilege: "EXECUTE", object: tickets })).rejects.toMatchObject({
      code: "unprocessable",
      details: [{ message: expect.stringContaining("SELECT") }],
    });
    const edge = await EXPLAIN(
      await apiRequest("/api/catalog/explain?privilege=READ&object=x", { as: admin }),
    );
    expect(edge.status).toBe(422);
  });
});

describe("who can grant it", () => {
  it("is everybody listed, and of a group only as many as really can", async () => {
    const lea = await person("Lea");
    const leads = await group(admin, "leads", [noor.actor.userId, lea.actor.userId]);
    await grant(leads, ["MANAGE"], tickets);
    await grant(lea.actor.userId, ["USE SCHEMA"], support);
    const { granters } = await select();
    expect(granters.find(({ principal }) => principal.name === "leads")?.principal.members).toBe(1);
    const { policy, node } = await nodeNamed(tickets);
    for (const { principal } of granters) {
      const people = policy.principal(principal.id) ? [principal.id] : policy.peopleIn(principal.id);
      const able = people.filter((principalId) => decide(policy, { principalId }, "GRANT", node));
      expect(able.length, principal.name).toBe(principal.members ?? 1);
    }
  });

  it("leaves out who may grant all but EXTERNAL USE SCHEMA", async () => {
    const place = await make("schema", mainCatalogId, "lake", noor.actor.userId);
    const ask = (privilege: "USE SCHEMA" | "EXTERNAL USE SCHEMA") =>
      explainAccess(noor, { privilege, object: place });
    expect((await ask("USE SCHEMA")).granters.map(({ principal }) => principal.name)).toContain("Noor");
    const external = await ask("EXTERNAL USE SCHEMA");
    expect(external.granters.map(({ principal }) => principal.name)).not.toContain("Noor");
    expect(external.mayGrant).toBe(false);
  });
});

describe("the ways out", () => {
  it("count truly whom and what a wider grant opens", async () => {
    const [lea, ben] = [await person("Lea"), await person("Ben")];
    const agents = await group(
      admin,
      "agents",
      [noor, lea, ben].map(({ actor }) => actor.userId),
    );
    await make("table", support, "notes");
    await make("view", support, "open_tickets");
    await grant(agents, ["USE SCHEMA"], support);
    await grant(ben.actor.userId, ["SELECT"], tickets);
    const { fixes } = await select(noor.actor.userId);
    const told = fixes.map(({ principal, grants, othersGaining, otherObjects }) =>
      [
        principal.name,
        grants.map(({ privilege, on }) => `${privilege} on ${on.fullName}`).join(),
        othersGaining,
        otherObjects,
      ].join(" "),
    );
    expect(told[0]).toBe("Noor SELECT on main.support.tickets 0 0");
    expect(told).toContain("agents SELECT on main.support.tickets 1 0");
    expect(told).toContain("Noor SELECT on main.support 0 2");
  });

  it("name a place that can take the grant: BROWSE of a table is granted on its catalog", async () => {
    await grant(noor.actor.userId, ["USE SCHEMA"], support);
    const { fixes } = await explainAccess(admin, {
      principal: noor.actor.userId,
      privilege: "BROWSE",
      object: tickets,
    });
    expect(fixes[0]?.grants).toMatchObject([{ privilege: "BROWSE", on: { fullName: "main" } }]);
  });

  it("are enough when they are applied, and the smallest helps nobody else, in random worlds", async () => {
    const people = [noor, await person("Lea"), await person("Ben")];
    const groups = [await group(admin, "red", [noor.actor.userId]), await group(admin, "blue", [])];
    const lab = await make("catalog", "metastore", "lab");
    const bench = await make("schema", lab, "bench");
    const things = [
      lab,
      bench,
      support,
      tickets,
      await make("model", bench, "m"),
      await make("volume", bench, "v"),
    ];
    let tried = 0;
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = new Random(seed);
      const { policy, node } = await nodeNamed(random.pick(things));
      const who = random.pick([...people.map(({ actor }) => actor.userId), ...groups]);
      const holder = random.pick([...people.map(({ actor }) => actor.userId), ...groups]);
      const other = (await nodeNamed(random.pick(things))).node;
      const possible = questionsOf(other.kind).filter((each) => each !== "BROWSE");
      await grant(holder, [random.pick(possible)], other.id);
      const privilege = random.pick(questionsOf(node.kind));
      const answer = await explainAccess(admin, { principal: who, privilege, object: node.id });
      if (answer.allow) continue;
      expect(answer.fixes.length, `${seed}: ${privilege} on ${node.name}`).toBeGreaterThan(0);
      const everybody = people
        .map(({ actor }) => actor.userId)
        .filter((id) => id !== who && !groups.includes(who));
      const could = () => everybody.filter((principalId) => decide(policy, { principalId }, privilege, node));
      for (const [index, fix] of answer.fixes.entries()) {
        const before = could();
        const change = (add: boolean) =>
          changeGrants(admin, {
            objectIds: [],
            changes: [],
            also: fix.grants.map(({ privilege: each, on }) => ({
              objectId: on.id,
              changes: [{ principalId: fix.principal.id, add: add ? [each] : [], remove: add ? [] : [each] }],
            })),
          });
        await change(true);
        const after = await explainAccess(admin, { principal: who, privilege, object: node.id });
        expect(after.allow, `${seed}: fix ${index} of ${privilege} on ${node.name}`).toBe(true);
        const gained = could().filter((id) => !before.includes(id));
        if (index === 0) expect(gained).toEqual([]);
        tried += 1;
        await change(false);
      }
    }
    expect(tried).toBeGreaterThan(10);
  });
});

describe("all privileges", () => {
  it("answer what decisions answer, with a source for each yes and what is missing for each no", async () => {
    await grant(noor.actor.userId, ["USE SCHEMA", "SELECT"], support);
    const { answers } = await explainAllPrivileges(noor, { object: tickets });
    const { policy, node } = await nodeNamed(tickets);
    expect(answers.map(({ privilege }) => privilege)).toEqual(questionsOf("table"));
    for (const answer of answers) {
      expect(answer.allow).toBe(decide(policy, subjectOf(noor.actor), answer.privilege as "SELECT", node));
      expect(answer.allow ? answer.through.length : answer.missing.length).toBeGreaterThan(0);
    }
    expect(answers.find(({ privilege }) => privilege === "SELECT")).toMatchObject({
      at: { fullName: "main.support" },
      as: "SELECT",
    });
  });
});
