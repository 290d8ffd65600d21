import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as ACCEPT } from "@/app/api/invites/accept/route";
import { GET as GET_ME } from "@/app/api/me/route";
import { POST as RESET } from "@/app/api/users/[id]/reset/route";
import { PATCH } from "@/app/api/users/[id]/route";
import { GET, POST } from "@/app/api/users/route";
import { type Context, updateUser } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

let admin: Context;
let member: Context;
beforeEach(async () => {
  admin = await testContext({ role: "admin" });
  member = await anotherContext();
});

afterEach(() => {
  vi.useRealTimers();
});

const password = "three grey herons wait";
const params = (id: string) => ({ params: Promise.resolve({ id }) });
const invite = async (body: unknown, as: Context = admin) =>
  POST(await apiRequest("/api/users", { as, body }));
const patch = async (id: string, body: unknown, as: Context = admin) =>
  PATCH(await apiRequest(`/api/users/${id}`, { as, method: "PATCH", body }), params(id));
const reset = async (id: string, as: Context = admin) =>
  RESET(await apiRequest(`/api/users/${id}/reset`, { as, method: "POST" }), params(id));
const accept = async (body: unknown) => ACCEPT(await apiRequest("/api/invites/accept", { body }));
const tokenOf = (link: string) => link.split("#token=")[1] ?? "";
const statusOf = async (options: { as?: Context; key?: string }) =>
  (await GET_ME(await apiRequest("/api/me", options))).status;
const row = async (id: string) => (await db()).prisma.user.findUniqueOrThrow({ where: { id } });

describe("people", () => {
  it("are listed for an administrator, without any secret", async () => {
    const response = await GET(await apiRequest("/api/users", { as: admin }));
    const list = await response.json();
    expect(list.map((user: { id: string }) => user.id)).toEqual([admin.actor.userId, member.actor.userId]);
    expect(Object.keys(list[0]).sort()).toEqual([
      "createdAt",
      "email",
      "id",
      "lastSeenAt",
      "name",
      "role",
      "state",
    ]);
  });

  it.each([
    ["listing", (as: Context) => apiRequest("/api/users", { as }).then((r) => GET(r))],
    ["inviting", (as: Context) => invite({ email: "new@example.org" }, as)],
  ])("%s is 403 for a member, who is told what is missing", async (_, call) => {
    const response = await call(member);
    expect(response.status).toBe(403);
    expect((await response.json()).error.message).toMatch(/An administrator can grant it/);
  });

  it("are hidden from a member one by one, as if they did not exist", async () => {
    const { userId } = admin.actor;
    expect((await patch(userId, { role: "member" }, member)).status).toBe(404);
    expect((await patch("usr_none", { role: "member" }, member)).status).toBe(404);
    expect((await reset(userId, member)).status).toBe(404);
    expect((await patch("usr_none", { role: "member" })).status).toBe(404);
    expect((await reset("usr_none")).status).toBe(404);
  });

  it("cannot raise themselves", async () => {
    expect((await patch(member.actor.userId, { role: "admin" }, member)).status).toBe(403);
    expect((await row(member.actor.userId)).role).toBe("member");
  });

  it("cannot be administered by a key, not even an administrator's", async () => {
    const key = await testKey(admin);
    expect((await GET(await apiRequest("/api/users", { key }))).status).toBe(200);
    expect(
      (await POST(await apiRequest("/api/users", { key, body: { email: "a@example.org" } }))).status,
    ).toBe(403);
    const { userId } = member.actor;
    const change = await apiRequest("/api/users/x", { key, method: "PATCH", body: { role: "admin" } });
    expect((await PATCH(change, params(userId))).status).toBe(403);
    const link = await apiRequest("/api/users/x/reset", { key, method: "POST" });
    expect((await RESET(link, params(userId))).status).toBe(403);
  });

  it.each([{}, { role: "owner" }, { disabled: "yes" }, { email: "x@example.org" }, { passwordHash: "x" }])(
    "are not changed by %j",
    async (body) => {
      expect((await patch(member.actor.userId, body)).status).toBe(422);
    },
  );

  it("need a sign-in", async () => {
    expect((await GET(await apiRequest("/api/users"))).status).toBe(401);
  });
});

describe("an invitation", () => {
  it("makes an account that its link opens once", async () => {
    const response = await invite({ email: "Neu@Example.org", role: "admin" });
    expect(response.status).toBe(200);
    const { link, user, expiresAt } = await response.json();
    expect(user).toMatchObject({ email: "neu@example.org", role: "admin", state: "invited" });
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/invite#token=[0-9A-Za-z]{43}$/);
    expect(new Date(expiresAt).getTime() - Date.now()).toBeCloseTo(7 * 86_400_000, -5);
    const used = await accept({ token: tokenOf(link), name: "Neu", password });
    expect([used.status, await used.json()]).toEqual([200, { email: "neu@example.org" }]);
    expect((await row(user.id)).name).toBe("Neu");
    expect((await accept({ token: tokenOf(link), name: "Eve", password: `${password}!` })).status).toBe(404);
    expect((await row(user.id)).name).toBe("Neu");
  });

  it("for an address that has an account is 409, in whatever spelling", async () => {
    await invite({ email: "neu@example.org" });
    expect((await invite({ email: "NEU@example.org" })).status).toBe(409);
  });

  it("runs out after a week", async () => {
    const { link } = await (await invite({ email: "neu@example.org" })).json();
    const { prisma } = await db();
    await prisma.invite.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await accept({ token: tokenOf(link), password })).status).toBe(404);
  });

  it("accepted twice at the same moment works once", async () => {
    const { link } = await (await invite({ email: "neu@example.org" })).json();
    const statuses = await Promise.all(
      Array.from({ length: 4 }, (_, i) => accept({ token: tokenOf(link), password: `${password} ${i}` })),
    );
    expect(statuses.map((response) => response.status).sort()).toEqual([200, 404, 404, 404]);
  });

  it("keeps only an HMAC of its token", async () => {
    const { link } = await (await invite({ email: "neu@example.org" })).json();
    const { prisma } = await db();
    const [stored] = await prisma.invite.findMany();
    expect(Buffer.from(stored?.tokenHash ?? []).toString("latin1")).not.toContain(tokenOf(link).slice(0, 8));
    const audit = JSON.stringify(await prisma.auditEvent.findMany({ select: { requestParams: true } }));
    expect(audit).toContain("neu@example.org");
    expect(audit).not.toContain(tokenOf(link));
  });

  it.each([
    ["a short password", { password: "short" }],
    ["the address as password", { password: "neu-person@example.org" }],
    ["a role", { password, role: "admin" }],
    ["another account's id", { password, userId: "usr_1" }],
  ])("accepted with %s is 422 and stays open", async (_, body) => {
    const { link, user } = await (await invite({ email: "neu-person@example.org" })).json();
    expect((await accept({ token: tokenOf(link), ...body })).status).toBe(422);
    expect((await row(user.id)).role).toBe("member");
    expect((await accept({ token: tokenOf(link), password })).status).toBe(200);
  });
});

describe("a reset link", () => {
  it("replaces earlier links, sets the password and ends the account's sessions", async () => {
    const { userId } = member.actor;
    const { prisma } = await db();
    await prisma.user.update({ where: { id: userId }, data: { passwordHash: "$argon2id$x" } });
    const first = await (await reset(userId)).json();
    const second = await (await reset(userId)).json();
    expect((await accept({ token: tokenOf(first.link), password })).status).toBe(404);
    expect(await statusOf({ as: member })).toBe(200);
    expect((await accept({ token: tokenOf(second.link), password })).status).toBe(200);
    expect(await statusOf({ as: member })).toBe(401);
    expect((await row(userId)).passwordHash).toMatch(/^\$argon2id\$v=19/);
  });
});

describe("switching an account off", () => {
  it("ends its sessions, keys and links on the next request, and for good", async () => {
    // Remembered keys grow old by this clock: stopped, only being forgotten ends them.
    vi.useFakeTimers({ toFake: ["performance"] });
    const { userId } = member.actor;
    const key = await testKey(member);
    const { link } = await (await reset(userId)).json();
    expect([await statusOf({ as: member }), await statusOf({ key })]).toEqual([200, 200]);
    expect((await (await patch(userId, { disabled: true })).json()).state).toBe("disabled");
    expect([await statusOf({ as: member }), await statusOf({ key })]).toEqual([401, 401]);
    expect((await accept({ token: tokenOf(link), password })).status).toBe(404);
    expect((await reset(userId)).status).toBe(409);
    await patch(userId, { disabled: false });
    expect([await statusOf({ as: member }), await statusOf({ key })]).toEqual([401, 401]);
  });

  it("leaves one audit row with what was changed", async () => {
    await patch(member.actor.userId, { disabled: true });
    const { prisma } = await db();
    const rows = await prisma.auditEvent.findMany({ where: { actionName: "updateUser" } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      userId: admin.actor.userId,
      requestParams: { userId: member.actor.userId, disabled: true },
    });
  });
});

describe("the last administrator", () => {
  it.each([{ role: "member" }, { disabled: true }])("cannot be taken away by %j", async (body) => {
    const response = await patch(admin.actor.userId, body);
    expect(response.status).toBe(409);
    expect((await response.json()).error.message).toContain("last administrator");
    const other = await anotherContext({ role: "admin" });
    expect((await patch(admin.actor.userId, body, other)).status).toBe(200);
  });

  it("does not count one who is switched off", async () => {
    const other = await anotherContext({ role: "admin" });
    await patch(other.actor.userId, { disabled: true });
    expect((await patch(admin.actor.userId, { role: "member" })).status).toBe(409);
  });

  it("remains when two demote each other at the same moment", async () => {
    const other = await anotherContext({ role: "admin" });
    const outcomes = await Promise.allSettled([
      updateUser(other, admin.actor.userId, { role: "member" }),
      updateUser(admin, other.actor.userId, { role: "member" }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await (await db()).prisma.user.count({ where: { role: "admin" } })).toBe(1);
  });
});
