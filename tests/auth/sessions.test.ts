import { beforeEach, describe, expect, it } from "vitest";
import { GET as GET_ME } from "@/app/api/me/route";
import { DELETE } from "@/app/api/sessions/[id]/route";
import { DELETE as DELETE_OTHERS, GET } from "@/app/api/sessions/route";
import { type Context, flushUses } from "@/lib/auth/server";
import { makeSessionToken, sessionCookieName } from "@/lib/auth/session-token";
import { newId } from "@/lib/core";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

let ctx: Context;
beforeEach(async () => {
  ctx = await testContext();
});

/** The same person in a second browser. */
async function elsewhere(person: Context): Promise<Context> {
  const id = newId("ses");
  const { prisma } = await db();
  await prisma.session.create({
    data: {
      id,
      userId: person.actor.userId,
      ip: "10.0.0.9",
      userAgent: "phone",
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  return { ...person, actor: { ...person.actor, sessionId: id } };
}

const statusOf = async (person: Context) =>
  (await GET_ME(await apiRequest("/api/me", { as: person }))).status;
const sessionOf = (person: Context) => person.actor.sessionId ?? "";
const revoke = async (id: string, as: Context) =>
  DELETE(await apiRequest(`/api/sessions/${id}`, { as, method: "DELETE" }), {
    params: Promise.resolve({ id }),
  });

describe("sessions", () => {
  it("are listed with the present one marked", async () => {
    const phone = await elsewhere(ctx);
    await anotherContext();
    const list = await (await GET(await apiRequest("/api/sessions", { as: ctx }))).json();
    expect(list.map((s: { id: string; current: boolean }) => [s.id, s.current]).sort()).toEqual(
      [
        [sessionOf(ctx), true],
        [sessionOf(phone), false],
      ].sort(),
    );
  });

  it("end on the very next request after they are revoked", async () => {
    const phone = await elsewhere(ctx);
    expect(await statusOf(phone)).toBe(200);
    expect((await revoke(sessionOf(phone), ctx)).status).toBe(204);
    expect(await statusOf(phone)).toBe(401);
    expect(await statusOf(ctx)).toBe(200);
    expect((await revoke(sessionOf(phone), ctx)).status).toBe(404);
  });

  it("end everywhere but here in one go", async () => {
    const [phone, tablet, other] = [await elsewhere(ctx), await elsewhere(ctx), await anotherContext()];
    const response = await DELETE_OTHERS(await apiRequest("/api/sessions", { as: ctx, method: "DELETE" }));
    expect(await response.json()).toEqual({ revoked: 2 });
    expect(await Promise.all([ctx, phone, tablet, other].map(statusOf))).toEqual([200, 401, 401, 200]);
  });

  it("of somebody else stay hidden from a member and can be ended by an administrator", async () => {
    const other = await anotherContext();
    const admin = await anotherContext({ role: "admin" });
    expect((await revoke(sessionOf(other), ctx)).status).toBe(404);
    expect(await statusOf(other)).toBe(200);
    expect((await revoke(sessionOf(other), admin)).status).toBe(204);
    expect(await statusOf(other)).toBe(401);
  });

  it("cannot be ended by a key, nor without identity, nor from another site's page", async () => {
    const key = await testKey(ctx);
    const path = "/api/sessions";
    expect((await DELETE_OTHERS(await apiRequest(path, { key, method: "DELETE" }))).status).toBe(403);
    expect((await DELETE_OTHERS(await apiRequest(path, { method: "DELETE" }))).status).toBe(401);
    const foreign = await apiRequest(path, {
      as: ctx,
      method: "DELETE",
      headers: { origin: "https://evil.example" },
    });
    expect((await DELETE_OTHERS(foreign)).status).toBe(403);
  });

  it("end by themselves when their time is up", async () => {
    const phone = await elsewhere(ctx);
    const { prisma } = await db();
    await prisma.session.update({
      where: { id: sessionOf(phone) },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await statusOf(phone)).toBe(401);
  });

  it("are bound to their account: a token that pairs one's session with another's id opens nothing", async () => {
    const other = await anotherContext();
    const token = await makeSessionToken({ userId: ctx.actor.userId, sessionId: sessionOf(other) });
    const request = await apiRequest("/api/me", { headers: { cookie: `${sessionCookieName()}=${token}` } });
    expect((await GET_ME(request)).status).toBe(401);
  });

  it.each(["", "x", "a.b.c.d.e", "%E0%A4%A", "eyJhbGciOiJub25lIn0.e30."])(
    "do not open for the cookie %j",
    async (token) => {
      const request = await apiRequest("/api/me", { headers: { cookie: `${sessionCookieName()}=${token}` } });
      expect((await GET_ME(request)).status).toBe(401);
    },
  );

  it("note when they were seen, at most once a minute", async () => {
    const { prisma } = await db();
    const seen = async () =>
      (await prisma.session.findUniqueOrThrow({ where: { id: sessionOf(ctx) } })).lastSeenAt;
    const first = await seen();
    await statusOf(ctx);
    await flushUses();
    expect(await seen()).toEqual(first);
    await prisma.session.update({
      where: { id: sessionOf(ctx) },
      data: { lastSeenAt: new Date(Date.now() - 61_000) },
    });
    await statusOf(ctx);
    await flushUses();
    expect((await seen()).getTime()).toBeGreaterThan(Date.now() - 5_000);
  });
});
