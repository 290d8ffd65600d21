import { beforeEach, describe, expect, it } from "vitest";
import { POST as ACCEPT } from "@/app/api/invites/accept/route";
import { DELETE as DELETE_KEY } from "@/app/api/keys/[id]/route";
import { GET as GET_KEYS, POST as POST_KEY } from "@/app/api/keys/route";
import { GET as ME } from "@/app/api/me/route";
import { DELETE as DELETE_SESSION } from "@/app/api/sessions/[id]/route";
import { DELETE as DELETE_SESSIONS } from "@/app/api/sessions/route";
import { POST as SETUP } from "@/app/api/setup/route";
import { POST as RESET } from "@/app/api/users/[id]/reset/route";
import { PATCH } from "@/app/api/users/[id]/route";
import { GET as GET_USERS, POST as INVITE } from "@/app/api/users/route";
import { makeKey } from "@/lib/auth/key-format";
import { type Context, resolveActor } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";
import { browser } from "../support/route-fetch";

let admin: Context;
let member: Context;
beforeEach(async () => {
  admin = await testContext({ role: "admin", email: "admin@example.org" });
  member = await anotherContext({ email: "member@example.org" });
});

const params = (id: string) => ({ params: Promise.resolve({ id }) });
const rows = async () => (await db()).prisma;
const password = "three grey herons wait";

describe("CVE-2022-35924 and CVE-2023-7028: two addresses in one field", () => {
  it.each([
    "member@example.org,eve@evil.example",
    "eve@evil.example,member@example.org",
    "member@example.org eve@evil.example",
    ["member@example.org", "eve@evil.example"],
    { 0: "member@example.org", 1: "eve@evil.example" },
  ])("an invitation to %j is refused", async (email) => {
    expect((await INVITE(await apiRequest("/api/users", { as: admin, body: { email } }))).status).toBe(422);
    expect(await (await rows()).user.count()).toBe(2);
  });
});

describe("CVE-2022-31093: a malformed callbackUrl", () => {
  it.each([
    "http://",
    "https://%",
    "//evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http://[::1",
    "x".repeat(5000),
  ])("%s neither hangs nor leads away", async (callbackUrl) => {
    const seat = browser();
    const query = new URLSearchParams({ callbackUrl });
    for (const action of ["signin", "csrf", "providers", "session", "error"]) {
      const response = await seat.request(`/api/auth/${action}?${query}`);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get("location") ?? "/").toMatch(/^\/(?![/\\])/);
      expect(decodeURIComponent(response.headers.get("location") ?? "")).not.toMatch(/evil|javascript/);
    }
    seat.cookies.set("next-auth.callback-url", encodeURIComponent(callbackUrl));
    expect((await seat.request("/api/auth/csrf")).status).toBe(200);
    seat.cookies.set("next-auth.callback-url", "%E0%A4%A");
    expect((await seat.request("/api/auth/csrf")).status).toBe(200);
  });
});

describe("CVE-2025-61928: a key made for another user's id", () => {
  it.each(["userId", "ownerId", "owner", "user"])(
    "the field %s is refused, and nothing is made",
    async (field) => {
      const body = { name: "x", [field]: admin.actor.userId };
      expect((await POST_KEY(await apiRequest("/api/keys", { body }))).status).toBe(401);
      expect((await POST_KEY(await apiRequest("/api/keys", { as: member, body }))).status).toBe(422);
      expect(await (await rows()).apiKey.count()).toBe(0);
    },
  );
});

describe("CVE-2025-11200: an empty password", () => {
  it.each(["", " ", "            ", null, 0, [], {}])(
    "%j opens no account and becomes nobody's password",
    async (given) => {
      const { prisma } = await db();
      await prisma.user.update({ where: { id: admin.actor.userId }, data: { passwordHash: null } });
      const seat = browser();
      const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
      await seat.request("/api/auth/callback/credentials", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "admin@example.org", password: given, csrfToken, json: "true" }),
      });
      expect((await seat.request("/api/me")).status).toBe(401);
      const link = await RESET(
        await apiRequest("/x", { as: admin, method: "POST" }),
        params(member.actor.userId),
      );
      const token = (await link.json()).link.split("#token=")[1];
      expect((await ACCEPT(await apiRequest("/x", { body: { token, password: given } }))).status).toBe(422);
      expect(
        (await prisma.user.findUniqueOrThrow({ where: { id: member.actor.userId } })).passwordHash,
      ).toBeNull();
    },
  );
});

describe("CVE-2026-41276: a reset with an empty token", () => {
  it.each(["", " ", null, undefined, "null", "undefined", { not: "" }, ["a"], "A".repeat(43)])(
    "the token %j resets nothing",
    async (token) => {
      await RESET(await apiRequest("/x", { as: admin, method: "POST" }), params(member.actor.userId));
      const accepted = await ACCEPT(await apiRequest("/api/invites/accept", { body: { token, password } }));
      expect([404, 422]).toContain(accepted.status);
      const setup = { token, name: "Eve", email: "eve@evil.example", password };
      expect([409, 422]).toContain((await SETUP(await apiRequest("/api/setup", { body: setup }))).status);
      expect(await (await rows()).user.count({ where: { passwordHash: { not: null } } })).toBe(0);
    },
  );
});

describe("CVE-2026-47101: a key minted beyond its minter", () => {
  it("a key mints none, whoever owns it", async () => {
    for (const owner of [admin, member]) {
      const key = await testKey(owner);
      expect((await POST_KEY(await apiRequest("/api/keys", { key, body: { name: "x" } }))).status).toBe(403);
    }
  });

  it.each(["role", "scopes", "privileges", "models"])("the field %s is refused", async (field) => {
    const body = { name: "x", [field]: ["admin"] };
    expect((await POST_KEY(await apiRequest("/api/keys", { as: member, body }))).status).toBe(422);
  });
});

describe("CVE-2026-47102: a user sets their own role", () => {
  it("neither by the people route, nor by accepting an invitation, nor by a key", async () => {
    const { userId } = member.actor;
    const key = await testKey(member);
    const body = { role: "admin" };
    const tries = [
      await PATCH(await apiRequest("/x", { as: member, method: "PATCH", body }), params(userId)),
      await PATCH(await apiRequest("/x", { key, method: "PATCH", body }), params(userId)),
    ];
    expect(tries.map((response) => response.status)).toEqual([403, 403]);
    const link = await RESET(await apiRequest("/x", { as: admin, method: "POST" }), params(userId));
    const token = (await link.json()).link.split("#token=")[1];
    expect((await ACCEPT(await apiRequest("/x", { body: { token, password, role: "admin" } }))).status).toBe(
      422,
    );
    expect((await (await rows()).user.findUniqueOrThrow({ where: { id: userId } })).role).toBe("member");
  });
});

describe("CVE-2026-35030: a cache keyed on a token's prefix", () => {
  it("a remembered key opens nothing for one that shares its beginning, id, or all but its end", async () => {
    const key = await testKey(admin);
    expect((await resolveActor(new Headers({ authorization: `Bearer ${key}` })))?.userId).toBe(
      admin.actor.userId,
    );
    for (let i = 0; i < 50; i += 1) {
      const other = makeKey();
      const grafted = key.slice(0, 17) + other.slice(17);
      const longer = `${key}${other}`;
      const tail = key.slice(0, -10) + other.slice(-10);
      for (const forged of [grafted, longer, tail, key.slice(0, -1)]) {
        expect(await resolveActor(new Headers({ authorization: `Bearer ${forged}` }))).toBeNull();
      }
    }
  });

  it("nor for one with the same id and a valid checksum", async () => {
    const { crc32 } = await import("node:zlib");
    const { toBase62 } = await import("@/lib/core");
    const key = await testKey(admin);
    await resolveActor(new Headers({ authorization: `Bearer ${key}` }));
    const body = `${key.slice(0, 17)}${"A".repeat(32)}`;
    const forged = body + toBase62(crc32(body), 6);
    expect(await resolveActor(new Headers({ authorization: `Bearer ${forged}` }))).toBeNull();
  });
});

describe("CVE-2026-45339: a rule that holds for one header only", () => {
  it("a key's limits hold however its header is written, and no other header carries a key", async () => {
    const key = await testKey(admin);
    for (const authorization of [`Bearer ${key}`, `bearer ${key}`, `BEARER  ${key} `]) {
      const request = await apiRequest("/api/keys", { body: { name: "x" }, headers: { authorization } });
      expect((await POST_KEY(request)).status).toBe(403);
    }
    for (const name of ["x-api-key", "api-key", "x-authorization", "x-goog-api-key", "proxy-authorization"]) {
      const request = await apiRequest("/api/me", { headers: { [name]: `Bearer ${key}` } });
      expect((await ME(request)).status).toBe(401);
    }
  });

  it("a key sent beside a cookie counts as the key", async () => {
    const key = await testKey(admin);
    const request = await apiRequest("/api/keys", { as: admin, key, body: { name: "x" } });
    expect((await POST_KEY(request)).status).toBe(403);
  });
});

describe("CVE-2026-31949: DELETE without a body", () => {
  it("is answered, with and without a body, on every route that has it", async () => {
    const key = (await testKey(member)).split("_")[1] ?? "";
    const bare = () => apiRequest("/x", { as: member, method: "DELETE" });
    const session = (await anotherContext()).actor.sessionId ?? "";
    expect((await DELETE_KEY(await bare(), params(key))).status).toBe(204);
    expect((await DELETE_SESSION(await bare(), params(session))).status).toBe(404);
    expect((await DELETE_SESSIONS(await bare())).status).toBe(200);
    const odd = await apiRequest("/x", { as: member, method: "DELETE", body: { id: "other" } });
    expect((await DELETE_KEY(odd, params("AAAAAAAAAAAA"))).status).toBe(404);
  });
});

describe("CVE-2025-29927: a header that walks around the guard", () => {
  it.each([
    { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
    { "x-middleware-subrequest": "src/middleware" },
    { "x-middleware-rewrite": "/api/health" },
    { "x-middleware-next": "1" },
    { rsc: "1" },
    { "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1" },
    { "x-original-url": "/api/health", "x-rewrite-url": "/api/health" },
    { "x-http-method-override": "GET" },
  ] as Record<string, string>[])("%j opens nothing", async (headers) => {
    const routes = [
      ME(await apiRequest("/api/me", { headers })),
      GET_KEYS(await apiRequest("/api/keys", { headers })),
      GET_USERS(await apiRequest("/api/users", { headers })),
      POST_KEY(await apiRequest("/api/keys", { headers, body: { name: "x" } })),
    ];
    for (const response of await Promise.all(routes)) expect(response.status).toBe(401);
  });
});
