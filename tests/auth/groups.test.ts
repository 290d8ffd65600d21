import { beforeEach, describe, expect, it } from "vitest";
import { POST as ADD, DELETE as REMOVE } from "@/app/api/groups/[id]/members/route";
import { DELETE, GET as GET_ONE, PATCH } from "@/app/api/groups/[id]/route";
import { GET, POST } from "@/app/api/groups/route";
import { GET as GET_PERSON } from "@/app/api/users/[id]/route";
import { readPolicyEpoch } from "@/lib/access/server";
import { type Group, groupName, groupNameKey } from "@/lib/auth";
import {
  addMembers,
  type Context,
  createGroup,
  createServicePrincipal,
  effectiveGroupIds,
} from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

let admin: Context;
let member: Context;
beforeEach(async () => {
  admin = await testContext({ role: "admin" });
  member = await anotherContext({ name: "Noor" });
});

const params = (id: string) => ({ params: Promise.resolve({ id }) });
const path = "/api/groups";
const make = async (body: unknown, as: Context = admin) => POST(await apiRequest(path, { as, body }));
const group = (name: string): Promise<Group> => createGroup(admin, { name });
const add = async (id: string, ids: string[], as: Context = admin) =>
  ADD(await apiRequest(path, { as, body: { ids } }), params(id));
const remove = async (id: string, ids: string[], as: Context = admin) =>
  REMOVE(await apiRequest(path, { as, method: "DELETE", body: { ids } }), params(id));
const patch = async (id: string, body: unknown, as: Context = admin) =>
  PATCH(await apiRequest(path, { as, method: "PATCH", body }), params(id));
const drop = async (id: string, as: Context = admin) =>
  DELETE(await apiRequest(path, { as, method: "DELETE" }), params(id));
const read = async (id: string, as: Context = admin) => GET_ONE(await apiRequest(path, { as }), params(id));
const messageOf = async (response: Response) => (await response.json()).error.message as string;
const epoch = async () => readPolicyEpoch((await db()).prisma);

describe("a group", () => {
  it("is made, found, changed and deleted, each with an audit row", async () => {
    const made = await (await make({ name: "Support", description: "Tickets" })).json();
    expect(made).toMatchObject({ name: "Support", members: [], effectiveCount: 0, revision: 1 });
    const found = await (await GET(await apiRequest(`${path}?q=TICK`, { as: admin }))).json();
    expect(found).toMatchObject({ total: 1, groups: [{ id: made.id, members: { people: 0 } }] });
    const changed = await (await patch(made.id, { revision: 1, name: "Desk" })).json();
    expect(changed).toMatchObject({ name: "Desk", description: "Tickets", revision: 2 });
    expect((await drop(made.id)).status).toBe(204);
    expect((await read(made.id)).status).toBe(404);
    const rows = await (await db()).prisma.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ actionName }) => actionName)).toEqual([
      "createGroup",
      "updateGroup",
      "deleteGroup",
      "refused",
    ]);
  });

  it("changed by two at once keeps the first change and tells the second", async () => {
    const { id } = await group("Support");
    expect((await patch(id, { revision: 1, name: "Desk" })).status).toBe(200);
    const late = await patch(id, { revision: 1, description: "late" });
    expect(late.status).toBe(409);
    expect(await messageOf(late)).toMatch(/^Not saved\. Somebody changed this group/);
    expect((await (await read(id)).json()).description).toBe("");
  });

  it("is closed to members and to keys, and to nobody signed in", async () => {
    const { id } = await group("Support");
    const key = await testKey(admin);
    const calls = (as: { as?: Context; key?: string }) => [
      apiRequest(path, { ...as, body: { name: "Mine" } }).then((r) => POST(r)),
      apiRequest(path, { ...as, method: "PATCH", body: { revision: 1, name: "x" } }).then((r) =>
        PATCH(r, params(id)),
      ),
      apiRequest(path, { ...as, method: "DELETE" }).then((r) => DELETE(r, params(id))),
      apiRequest(path, { ...as, body: { ids: [member.actor.userId] } }).then((r) => ADD(r, params(id))),
      apiRequest(path, { ...as, method: "DELETE", body: { ids: ["x"] } }).then((r) => REMOVE(r, params(id))),
    ];
    const statuses = async (as: { as?: Context; key?: string }) =>
      (await Promise.all(calls(as))).map(({ status }) => status);
    expect(await statuses({ as: member })).toEqual([403, 403, 403, 403, 403]);
    expect(await statuses({ key })).toEqual([403, 403, 403, 403, 403]);
    expect(await statuses({})).toEqual([401, 401, 401, 401, 401]);
    expect((await GET(await apiRequest(path, { as: member }))).status).toBe(403);
    expect((await read(id, member)).status).toBe(403);
    expect((await (await read(id)).json()).members).toEqual([]);
  });

  it.each([
    ["Straße", "STRASSE"],
    ["Büro", "Bu\u0308ro"],
    ["ﬁnance", "Finance"],
    ["ΣΊΣΥΦΟΣ", "σίσυφος"],
    ["ＡＢ", "ab"],
  ])("called %s and one called %s are the same name", async (one, other) => {
    expect((await make({ name: one })).status).toBe(200);
    const second = await make({ name: other });
    expect(second.status).toBe(409);
    expect(await messageOf(second)).toContain(one);
    expect(groupNameKey(one)).toBe(groupNameKey(other));
  });

  it.each([
    "",
    " ",
    " lead",
    "trail ",
    "a@b",
    "a＠b",
    "a\u0000b",
    "a\u200bb",
    "a\nb",
    "\u3164",
    "admins",
    "ADMINS",
    "All_Users",
    "ａｄｍｉｎｓ",
    "123E4567-e89b-12d3-a456-426614174000",
    "x".repeat(129),
  ])("is never called %j", async (name) => {
    expect(groupName.safeParse(name).success).toBe(false);
    expect((await make({ name })).status).toBe(422);
  });

  it.each(["Support", "team-a", "Équipe 1", "客服", "a".repeat(128), "admins-eu"])(
    "may be called %s",
    (name) => {
      expect(groupName.safeParse(name).success).toBe(true);
    },
  );

  it.each([{ name: "x", role: "admin" }, { name: "x", id: "grp_1" }, {}, { name: ["x"] }])(
    "is not made of %j",
    async (body) => {
      expect((await make(body)).status).toBe(422);
    },
  );

  it("takes a search as text, not as a pattern", async () => {
    await group("100%");
    await group("100x");
    const found = await (await GET(await apiRequest(`${path}?q=0%25`, { as: admin }))).json();
    expect(found.groups.map(({ name }: Group) => name)).toEqual(["100%"]);
  });
});

describe("members", () => {
  it("are people, service principals and groups, put in together, and counted once through every way", async () => {
    const robot = await createServicePrincipal(admin, { name: "nightly" });
    const [inner, outer] = [await group("Inner"), await group("Outer")];
    await add(inner.id, [member.actor.userId, robot.id]);
    const made = await (await add(outer.id, [inner.id, member.actor.userId, member.actor.userId])).json();
    expect(made.members).toHaveLength(2);
    expect(made.members).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "person", name: "Noor", source: "manual", disabled: false }),
        expect.objectContaining({ kind: "group", name: "Inner", memberCount: 2 }),
      ]),
    );
    expect(made.effectiveCount).toBe(2);
    expect((await (await read(inner.id)).json()).memberOf).toEqual([
      { id: outer.id, name: "Outer", source: "manual", through: [] },
    ]);
  });

  it("belong through groups in between, which are named from the inside out", async () => {
    const [a, b, c] = [await group("a"), await group("b"), await group("c")];
    await add(a.id, [member.actor.userId]);
    await add(b.id, [a.id]);
    await add(c.id, [b.id]);
    const person = await (
      await GET_PERSON(await apiRequest("/api/users/x", { as: admin }), params(member.actor.userId))
    ).json();
    expect(person.memberships).toEqual([
      { id: a.id, name: "a", source: "manual", through: [] },
      { id: b.id, name: "b", source: null, through: [{ id: a.id, name: "a" }] },
      {
        id: c.id,
        name: "c",
        source: null,
        through: [
          { id: a.id, name: "a" },
          { id: b.id, name: "b" },
        ],
      },
    ]);
    const effective = async () => (await effectiveGroupIds((await db()).prisma, member.actor.userId)).sort();
    expect(await effective()).toEqual([a.id, b.id, c.id].sort());
    await remove(b.id, [a.id]);
    expect(await effective()).toEqual([a.id]);
    await drop(a.id);
    expect(await effective()).toEqual([]);
  });

  it("cannot close a circle of groups; the chain is told in words", async () => {
    const [a, b, c] = [await group("a"), await group("b"), await group("c")];
    await add(b.id, [a.id]);
    await add(c.id, [b.id]);
    const circle = await add(a.id, [c.id]);
    expect(circle.status).toBe(409);
    expect(await messageOf(circle)).toBe("a is in b, b is in c: c cannot be put into a.");
    const itself = await add(a.id, [a.id]);
    expect(await messageOf(itself)).toBe("a cannot be put into itself.");
    expect(await (await db()).prisma.groupMember.count()).toBe(2);
  });

  it("cannot close a circle by two changes at the same moment", async () => {
    const [a, b] = [await group("a"), await group("b")];
    const outcomes = await Promise.allSettled([
      addMembers(admin, a.id, { ids: [b.id] }),
      addMembers(admin, b.id, { ids: [a.id] }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("nest 20 groups deep and no deeper, whichever end is joined", async () => {
    const chain: Group[] = [];
    for (let level = 1; level <= 20; level += 1) chain.push(await group(`level ${level}`));
    for (let level = 1; level < 20; level += 1) {
      expect((await add(chain[level]?.id ?? "", [chain[level - 1]?.id ?? ""])).status).toBe(200);
    }
    const [bottom, top] = [chain[0]?.id ?? "", chain[19]?.id ?? ""];
    const extra = await group("one more");
    for (const refused of [await add(extra.id, [top]), await add(bottom, [extra.id])]) {
      expect(refused.status).toBe(409);
      expect(await messageOf(refused)).toContain("20 deep");
    }
    expect((await add(top, [extra.id])).status).toBe(200);
  });

  it("are put in all or none", async () => {
    const { id } = await group("Support");
    const refused = await add(id, [member.actor.userId, "usr_none"]);
    expect(refused.status).toBe(422);
    expect(await (await db()).prisma.groupMember.count()).toBe(0);
    expect((await add(id, [])).status).toBe(422);
    expect((await add("grp_none", [member.actor.userId])).status).toBe(404);
  });
});

describe("the epoch of rights", () => {
  it("rises with every change of membership, and says whose", async () => {
    const { id } = await group("Support");
    const start = await epoch();
    await add(id, [member.actor.userId]);
    await remove(id, [member.actor.userId]);
    await remove(id, [member.actor.userId]);
    expect(await epoch()).toBe(start + 2n);
    await drop(id);
    const changes = await (await db()).prisma.policyChange.findMany({
      where: { epoch: { gt: start } },
      orderBy: [{ epoch: "asc" }, { ordinal: "asc" }],
    });
    expect(changes.map(({ kind, subjectId }) => [kind, subjectId])).toEqual([
      ["principal", member.actor.userId],
      ["principal", member.actor.userId],
      ["group", id],
    ]);
  });
});
