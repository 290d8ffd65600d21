import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { signInWithPassword, signOutHere } from "@/lib/auth/client";
import { hashPassword } from "@/lib/auth/passwords";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { testContext } from "../support/context";
import { browser } from "../support/route-fetch";

const password = "three grey herons wait";
let ctx: Context;
let stored: string;

beforeEach(async () => {
  ctx = await testContext({ email: "ana@example.org" });
  stored ??= await hashPassword(password);
  await (await db()).prisma.user.update({ where: { id: ctx.actor.userId }, data: { passwordHash: stored } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Makes `fetch` that of a browser at this address. */
function sitAt(ip?: string) {
  const seat = browser(ip);
  vi.stubGlobal("fetch", seat.request);
  return seat;
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
const sessions = async () =>
  (await db()).prisma.session.count({ where: { userAgent: "browser", revokedAt: null } });

describe("signing in", () => {
  it("opens a session that signing out ends, in the row too", async () => {
    const seat = sitAt();
    await signInWithPassword(" ANA@example.org", password);
    expect(await sessions()).toBe(1);
    const me = await seat.request("/api/me");
    expect(await me.json()).toMatchObject({ id: ctx.actor.userId, keyId: null });
    const cookie = new Map(seat.cookies);
    await signOutHere();
    expect((await seat.request("/api/me")).status).toBe(401);
    for (const [name, value] of cookie) seat.cookies.set(name, value);
    expect((await seat.request("/api/me")).status).toBe(401);
    expect(await sessions()).toBe(0);
  });

  it("sets a cookie that scripts cannot read and other sites do not send", async () => {
    const seat = sitAt();
    const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
    const response = await seat.request("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ email: "ana@example.org", password, csrfToken, json: "true" }),
    });
    const cookie = response.headers
      .getSetCookie()
      .find((line) => line.startsWith("next-auth.session-token="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
  });

  it("uses secure cookies where the base URL is https", async () => {
    process.env.BASE_URL = "https://ai.example.org";
    try {
      const seat = sitAt();
      const response = await seat.request("/api/auth/csrf");
      for (const line of response.headers.getSetCookie()) expect(line).toMatch(/^__(Host|Secure)-.*; Secure/);
      expect(response.headers.getSetCookie().length).toBeGreaterThan(0);
    } finally {
      delete process.env.BASE_URL;
    }
  });

  it.each([
    ["a wrong password", "ana@example.org", "three grey herons fly"],
    ["an empty password", "ana@example.org", ""],
    ["an unknown account", "eve@example.org", password],
    ["two addresses", "ana@example.org,eve@example.org", password],
    ["no address", "", password],
    ["a password of 1 MB", "ana@example.org", "a".repeat(50_000)],
  ])("with %s is refused in the same words", async (_, email, given) => {
    sitAt();
    await expect(signInWithPassword(email, given)).rejects.toMatchObject({
      code: "unauthenticated",
      message: "The e-mail address or the password is wrong.",
    });
    expect(await sessions()).toBe(0);
  });

  it("to an account that is switched off or has no password yet is refused in the same words", async () => {
    const { prisma } = await db();
    for (const data of [{ disabledAt: new Date() }, { disabledAt: null, passwordHash: null }]) {
      await prisma.user.update({ where: { id: ctx.actor.userId }, data });
      sitAt();
      await expect(signInWithPassword("ana@example.org", password)).rejects.toThrow("is wrong");
    }
  });

  it("writes an audit row for success and failure, and never what was typed for an unknown account", async () => {
    sitAt();
    await signInWithPassword("ana@example.org", password);
    await code(signInWithPassword("ana@example.org", "wrong wrong wrong"));
    await code(signInWithPassword("my-secret-password@example.org", password));
    const rows = await (await db()).prisma.auditEvent.findMany({
      where: { actionName: "signIn" },
      orderBy: { seq: "asc" },
    });
    expect(rows.map((row) => [row.statusCode, row.userIdentity, row.userId])).toEqual([
      [200, "ana@example.org", ctx.actor.userId],
      [401, "ana@example.org", ctx.actor.userId],
      [401, "unknown", null],
    ]);
  });

  it("needs next-auth's own token besides", async () => {
    const seat = sitAt();
    const response = await seat.request("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ email: "ana@example.org", password, csrfToken: "x", json: "true" }),
    });
    expect(response.status).toBe(403);
    expect(await sessions()).toBe(0);
  });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["a form without origin", { origin: "null" }],
  ])("from %s is refused before the password is looked at", async (_, headers) => {
    const seat = sitAt();
    const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
    const body = new URLSearchParams({ email: "ana@example.org", password, csrfToken, json: "true" });
    const response = await seat.request("/api/auth/callback/credentials", { method: "POST", headers, body });
    expect(response.status).toBe(403);
    const signOut = await seat.request("/api/auth/signout", { method: "POST", headers, body });
    expect(signOut.status).toBe(403);
    expect(await (await db()).prisma.signInThrottle.count()).toBe(0);
  });

  it("does not let a client put claims into its token", async () => {
    const seat = sitAt();
    await signInWithPassword("ana@example.org", password);
    const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
    const update = await seat.request("/api/auth/session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ csrfToken, data: { sub: "usr_other", role: "admin" } }),
    });
    expect(update.status).toBe(400);
    const text = await seat.request("/api/auth/session", {
      method: "POST",
      body: new URLSearchParams({ csrfToken, data: '{"sub":"usr_other"}' }),
    });
    expect(text.status).toBe(200);
    expect((await (await seat.request("/api/me")).json()).id).toBe(ctx.actor.userId);
  });

  it("gives next-auth's session only while the row stands", async () => {
    const seat = sitAt();
    await signInWithPassword("ana@example.org", password);
    const session = await (await seat.request("/api/auth/session")).json();
    expect(session.user).toEqual({ name: "Ana Test", email: "ana@example.org" });
    await (await db()).prisma.session.updateMany({ data: { revokedAt: new Date() } });
    expect(await (await seat.request("/api/auth/session")).json()).toEqual({});
  });

  it.each(["_log", "verify-request", "nothing", ""])("has no action %j", async (action) => {
    const seat = sitAt();
    const response = await seat.request(`/api/auth/${action}`, {
      method: "POST",
      body: "code=x&level=error",
    });
    expect(response.status).toBe(404);
  });
});

describe("the throttle", () => {
  const wrong = () => code(signInWithPassword("ana@example.org", "wrong wrong wrong"));

  it("lets an account fail five times, then makes it wait twice as long each time", async () => {
    sitAt();
    const start = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    for (let i = 0; i < 5; i += 1) expect(await wrong()).toBe("unauthenticated");
    let waited = 0;
    for (const wait of [1, 2, 4, 8]) {
      const refused = await signInWithPassword("ana@example.org", password).catch((error) => error);
      expect(refused).toMatchObject({ code: "rate_limited", retryAfter: wait });
      waited += wait * 1000;
      vi.setSystemTime(start + waited);
      expect(await wrong()).toBe("unauthenticated");
    }
    vi.setSystemTime(start + waited + 16_000);
    expect(await code(signInWithPassword("ana@example.org", password))).toBe("ok");
    expect(await wrong()).toBe("unauthenticated");
  });

  it("answers 429 with Retry-After", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const seat = sitAt();
    for (let i = 0; i < 5; i += 1) await wrong();
    const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
    const response = await seat.request("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ email: "ana@example.org", password, csrfToken }),
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(response.headers.getSetCookie().join()).not.toContain("session-token");
  });

  it("counts attempts in parallel, whatever the spelling of the address", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const seat = sitAt();
    const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
    const spellings = ["ana@example.org", "ANA@example.org", "ana＠example.org"];
    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        seat.request("/api/auth/callback/credentials", {
          method: "POST",
          body: new URLSearchParams({
            email: spellings[i % 3] ?? "",
            password: "wrong wrong wrong",
            csrfToken,
            json: "true",
          }),
        }),
      ),
    );
    const statuses = responses.map((response) => response.status).sort();
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)]);
  });

  it("stops an address that tries many accounts, and no other address", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    sitAt("203.0.113.7");
    for (let i = 0; i < 20; i += 1) await code(signInWithPassword(`p${i}@example.org`, password));
    expect(await code(signInWithPassword("ana@example.org", password))).toBe("rate_limited");
    sitAt("203.0.113.8");
    expect(await code(signInWithPassword("ana@example.org", password))).toBe("ok");
  });

  it("takes a whole IPv6 network for one address", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    for (let i = 0; i < 20; i += 1) {
      sitAt(`2001:db8:1:2::${i}`);
      await code(signInWithPassword(`p${i}@example.org`, password));
    }
    sitAt("2001:db8:1:2:ffff::1");
    expect(await code(signInWithPassword("ana@example.org", password))).toBe("rate_limited");
    sitAt("2001:db8:1:3::1");
    expect(await code(signInWithPassword("ana@example.org", password))).toBe("ok");
  });

  it("keeps neither addresses nor what was typed", async () => {
    sitAt("203.0.113.7");
    await code(signInWithPassword("hunter2-hunter2@example.org", password));
    const rows = JSON.stringify(await (await db()).prisma.signInThrottle.findMany());
    expect(rows).not.toMatch(/hunter2|203\.0\.113/);
  });
});
