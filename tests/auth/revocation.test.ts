import { beforeEach, describe, expect, it } from "vitest";
import { GET as GET_ME } from "@/app/api/me/route";
import { GET, POST } from "@/app/api/principals/[id]/revocation/route";
import { DELETE as END_ALL, GET as SESSIONS_OF } from "@/app/api/principals/[id]/sessions/route";
import { GET as ALL_SESSIONS } from "@/app/api/sessions/all/route";
import type { Revocation } from "@/lib/auth";
import {
  addMembers,
  type Context,
  createGroup,
  makeResetLink,
  onRevokeEverything,
  updateUser,
} from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

let admin: Context;
let member: Context;
beforeEach(async () => {
  dropSingle("auth.revokeSteps");
  admin = await testContext({ role: "admin" });
  member = await anotherContext({ name: "Noor" });
});

const params = (id: string) => ({ params: Promise.resolve({ id }) });
const preview = async (id: string, as: Context = admin) => GET(await apiRequest("/x", { as }), params(id));
const revoke = async (id: string, deactivate: boolean, as: Context = admin) =>
  POST(await apiRequest("/x", { as, body: { deactivate } }), params(id));
const status = async (options: { as?: Context; key?: string }) =>
  (await GET_ME(await apiRequest("/api/me", options))).status;
const counts = ({ counts }: Revocation) => Object.fromEntries(counts.map(({ noun, count }) => [noun, count]));

async function furnish() {
  const { userId } = member.actor;
  const key = await testKey(member);
  await testKey(member);
  await makeResetLink(admin, userId);
  const [byHand, bySso] = [
    await createGroup(admin, { name: "By hand" }),
    await createGroup(admin, { name: "By SSO" }),
  ];
  await addMembers(admin, byHand.id, { ids: [userId] });
  await (await db()).prisma.groupMember.create({
    data: { groupId: bySso.id, memberId: userId, memberKind: "user", source: "sso" },
  });
  return key;
}
const everything = { sessions: 1, keys: 2, "open links": 1, "group memberships": 1 };

describe("revoking everything", () => {
  it("ends what its preview has counted, and leaves what the identity provider gives", async () => {
    const key = await furnish();
    const { userId } = member.actor;
    const before = (await (await preview(userId)).json()) as Revocation;
    expect(counts(before)).toEqual(everything);
    expect(before).toMatchObject({ ssoGroups: 1, disabled: false, principal: { name: "Noor" } });
    expect([await status({ as: member }), await status({ key })]).toEqual([200, 200]);

    const done = (await (await revoke(userId, false)).json()) as Revocation;
    expect(counts(done)).toEqual(everything);
    expect([await status({ as: member }), await status({ key })]).toEqual([401, 401]);
    const after = (await (await preview(userId)).json()) as Revocation;
    expect(counts(after)).toEqual({ sessions: 0, keys: 0, "open links": 0, "group memberships": 0 });
    expect(after).toMatchObject({ ssoGroups: 1, disabled: false });
    const { prisma } = await db();
    expect(await prisma.auditEvent.count({ where: { actionName: "revokeEverything" } })).toBe(1);
  });

  it("deactivates where that was asked, in the same step", async () => {
    const done = await (await revoke(member.actor.userId, true)).json();
    expect(done.disabled).toBe(true);
    const { prisma } = await db();
    expect((await prisma.user.findUnique({ where: { id: member.actor.userId } }))?.disabledAt).not.toBeNull();
  });

  it("does what other domains add, counts it in the preview, and nothing at all when one of them fails", async () => {
    const taken: string[] = [];
    onRevokeEverything("grants", {
      revoke: async (_tx, id) => {
        taken.push(id);
        return { noun: "grants", count: 3 };
      },
      count: async () => ({ noun: "grants", count: 3 }),
    });
    const { userId } = member.actor;
    expect(counts(await (await preview(userId)).json())).toMatchObject({ grants: 3 });
    expect(taken).toEqual([]);
    expect(counts(await (await revoke(userId, false)).json())).toMatchObject({ grants: 3, sessions: 1 });
    expect(taken).toEqual([userId]);

    const other = await anotherContext();
    onRevokeEverything("grants", {
      revoke: async () => {
        throw new Error("the grants cannot be written");
      },
      count: async () => ({ noun: "grants", count: 3 }),
    });
    expect((await revoke(other.actor.userId, true)).status).toBe(500);
    expect(await status({ as: other })).toBe(200);
  });

  it("never switches off the last administrator", async () => {
    const refused = await revoke(admin.actor.userId, true);
    expect(refused.status).toBe(409);
    expect((await refused.json()).error.message).toContain("last administrator");
    expect(await status({ as: admin })).toBe(200);
    const other = await anotherContext({ role: "admin" });
    expect((await revoke(admin.actor.userId, true, other)).status).toBe(200);
  });

  it("is closed to members, who are told nothing of others, and to unknown ids", async () => {
    expect((await preview(admin.actor.userId, member)).status).toBe(404);
    expect((await revoke(admin.actor.userId, false, member)).status).toBe(404);
    expect((await preview("usr_none")).status).toBe(404);
    expect((await revoke("usr_none", false)).status).toBe(404);
    // One's own account may be seen but not administered.
    expect((await revoke(member.actor.userId, false, member)).status).toBe(403);
    expect(await status({ as: member })).toBe(200);
  });
});

describe("everybody's sessions", () => {
  it("are listed, found by person and ended together, for administrators only", async () => {
    const list = async (q: string, as: Context = admin) =>
      ALL_SESSIONS(await apiRequest(`/api/sessions/all?q=${q}`, { as }));
    const all = await (await list("")).json();
    expect(all.total).toBe(2);
    const noors = await (await list("noor")).json();
    expect(noors.sessions).toMatchObject([{ owner: { id: member.actor.userId }, current: false }]);
    expect((await list("", member)).status).toBe(403);

    const { userId } = member.actor;
    const of = await SESSIONS_OF(await apiRequest("/x", { as: admin }), params(userId));
    expect(await of.json()).toHaveLength(1);
    const end = async (as: Context) =>
      END_ALL(await apiRequest("/x", { as, method: "DELETE" }), params(userId));
    const third = await anotherContext();
    expect((await end(third)).status).toBe(404);
    expect(await (await end(admin)).json()).toEqual({ ended: 1 });
    expect(await status({ as: member })).toBe(401);
    expect(await status({ as: admin })).toBe(200);
  });

  it("of somebody deactivated are gone from the list", async () => {
    await updateUser(admin, member.actor.userId, { disabled: true });
    const all = await (await ALL_SESSIONS(await apiRequest("/x", { as: admin }))).json();
    expect(all.total).toBe(1);
  });
});
