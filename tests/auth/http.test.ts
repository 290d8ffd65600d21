import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Context, notFound, readBody, readQuery, withActor, withPublic } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { apiRequest, testContext, testKey } from "../support/context";

const schema = z.strictObject({ name: z.string() });
const echo = withActor(async (request) => readBody(request, schema, 1000));
const whoami = withActor(async (_request, ctx) => ({ id: ctx.actor.userId, ip: ctx.ip }));

let ctx: Context;
beforeEach(async () => {
  ctx = await testContext();
});

const raw = (init: RequestInit & { duplex?: "half" }, headers: Record<string, string>) =>
  new Request("http://127.0.0.1:3000/api/x", { method: "POST", ...init, headers });

async function refusals() {
  const { prisma } = await db();
  return prisma.auditEvent.findMany({ where: { actionName: "refused" }, orderBy: { seq: "asc" } });
}

describe("a guarded route", () => {
  it("answers a session and a key with their owner, never cached", async () => {
    const key = await testKey(ctx);
    for (const request of [await apiRequest("/api/x", { as: ctx }), await apiRequest("/api/x", { key })]) {
      const response = await whoami(request);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ id: ctx.actor.userId, ip: "127.0.0.1" });
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-request-id")).toBe(request.headers.get("x-request-id"));
    }
  });

  it("answers 401 in the error shape without identity, and writes one audit row", async () => {
    const response = await whoami(await apiRequest("/api/x?token=secret"));
    expect(response.status).toBe(401);
    const { error } = await response.json();
    expect(error.code).toBe("unauthenticated");
    expect(error.request_id).toBe(response.headers.get("x-request-id"));
    const rows = await refusals();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ statusCode: 401, userId: null, requestId: error.request_id });
    expect(rows[0]?.requestParams).toEqual({ method: "GET", path: "/api/x" });
  });

  it("does not fall back to the cookie when a key fails", async () => {
    const key = `${(await testKey(ctx)).slice(0, -1)}-`;
    const request = await apiRequest("/api/x", { as: ctx, headers: { authorization: `Bearer ${key}` } });
    expect((await whoami(request)).status).toBe(401);
  });

  it("hides what failed inside, and says which request to quote", async () => {
    const failing = withActor(async () => {
      throw new Error("password of the database is hunter2");
    });
    const response = await failing(await apiRequest("/api/x", { as: ctx }));
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain("hunter2");
    expect(text).toContain(response.headers.get("x-request-id"));
  });

  it("passes a handler's own response through and answers nothing with 204", async () => {
    const own = withActor(
      async () => new Response("a,b", { status: 201, headers: { "cache-control": "private" } }),
    );
    const response = await own(await apiRequest("/api/x", { as: ctx }));
    expect([response.status, await response.text(), response.headers.get("cache-control")]).toEqual([
      201,
      "a,b",
      "private",
    ]);
    const away = withActor(async () => Response.redirect("http://127.0.0.1:3000/x"));
    expect((await away(await apiRequest("/api/x", { as: ctx }))).headers.get("location")).toMatch(/\/x$/);
    const empty = withActor(async () => undefined);
    expect((await empty(await apiRequest("/api/x", { as: ctx }))).status).toBe(204);
  });

  it("tells when to try again", async () => {
    const busy = withActor(async () => {
      throw new AppError("rate_limited", "Too many.", { retryAfter: 2.2 });
    });
    const response = await busy(await apiRequest("/api/x", { as: ctx }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "3"]);
  });

  it("records a refusal inside of the handler once, under the person's name", async () => {
    const hidden = withActor(async () => {
      throw notFound("key");
    });
    await hidden(await apiRequest("/api/x", { as: ctx }));
    const rows = await refusals();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      statusCode: 404,
      userId: ctx.actor.userId,
      sessionId: ctx.actor.sessionId,
    });
  });

  it("bounds the audit rows that strangers can cause, and counts the rest", async () => {
    await Promise.all(Array.from({ length: 120 }, async () => whoami(await apiRequest("/api/x"))));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await whoami(await apiRequest("/api/x"));
    const rows = await refusals();
    const suppressed = rows.map((row) => (row.requestParams as { suppressed?: number }).suppressed ?? 0);
    expect(rows.length + suppressed.reduce((sum, n) => sum + n, 0)).toBe(121);
  });
});

describe("a change authorised by a cookie", () => {
  const send = async (headers: Record<string, string>, drop: string[] = []) => {
    const request = await apiRequest("/api/x", { as: ctx, body: { name: "a" }, headers });
    for (const name of drop) request.headers.delete(name);
    return (await echo(request)).status;
  };

  it.each([
    ["our own origin", {}, 200],
    ["our own origin, named by fetch metadata alone", { "sec-fetch-site": "same-origin" }, 200, ["origin"]],
    ["a page opened as localhost", { origin: "http://localhost:3000" }, 200],
    ["a page opened by its IPv6 name", { origin: "http://[::1]:3000" }, 200],
    ["a page without referrer", { origin: "null", "sec-fetch-site": "same-origin" }, 200],
    ["nowhere", {}, 403, ["origin"]],
    ["a sandboxed frame", { origin: "null" }, 403],
    ["another site", { origin: "https://evil.example" }, 403],
    [
      "another site that claims fetch metadata",
      { origin: "https://evil.example", "sec-fetch-site": "same-origin" },
      403,
    ],
    ["a cross-site fetch", { "sec-fetch-site": "cross-site" }, 403],
    ["a sibling site", { "sec-fetch-site": "same-site" }, 403],
    ["another port", { origin: "http://127.0.0.1:3001" }, 403],
    ["https in place of http", { origin: "https://127.0.0.1:3000" }, 403],
    ["a name that begins like ours", { origin: "http://127.0.0.1:3000.evil.example" }, 403],
    ["a name that ends like ours", { origin: "http://evil127.0.0.1:3000" }, 403],
  ] as [string, Record<string, string>, number, string[]?][])("from %s", async (_, headers, status, drop) => {
    expect(await send(headers, drop)).toBe(status);
  });

  it("is refused from localhost once another base URL is configured", async () => {
    process.env.BASE_URL = "https://ai.example.org";
    try {
      const cookieName = "__Secure-next-auth.session-token";
      const request = await apiRequest("/api/x", { as: ctx, body: { name: "a" } });
      expect(request.headers.get("cookie")).toContain(cookieName);
      expect((await echo(request)).status).toBe(403);
      const own = await apiRequest("/api/x", {
        as: ctx,
        body: { name: "a" },
        headers: { origin: "https://ai.example.org" },
      });
      expect((await echo(own)).status).toBe(200);
    } finally {
      delete process.env.BASE_URL;
    }
  });

  it("needs no origin when a key authorises it", async () => {
    const key = await testKey(ctx);
    expect((await echo(await apiRequest("/api/x", { key, body: { name: "a" } }))).status).toBe(200);
  });

  it("writes one audit row when it is refused", async () => {
    await send({ origin: "https://evil.example" });
    expect((await refusals()).map((row) => [row.statusCode, row.userId])).toEqual([[403, ctx.actor.userId]]);
  });
});

describe("a public change", () => {
  const open = withPublic(async () => ({ done: true }));

  it.each([
    ["a program", {}, 200],
    ["our page", { origin: "http://127.0.0.1:3000" }, 200],
    ["another site's page", { origin: "https://evil.example" }, 403],
    ["another site's form", { "sec-fetch-site": "cross-site" }, 403],
  ] as [string, Record<string, string>, number][])("from %s", async (_, headers, status) => {
    expect((await open(raw({ body: "{}" }, headers))).status).toBe(status);
  });
});

describe("a body", () => {
  const post = async (body: BodyInit | null, headers: Record<string, string> = {}) => {
    const key = await testKey(ctx);
    const response = await echo(
      raw(
        { body, duplex: "half" },
        { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      ),
    );
    return { status: response.status, error: (await response.json()).error };
  };
  const chunks = (...parts: string[]) =>
    new ReadableStream({
      start(controller) {
        for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });

  it("is taken when it fits the schema", async () => {
    expect((await post('{"name":"a"}')).status).toBe(200);
    expect((await post(chunks('{"na', 'me":"a"}'))).status).toBe(200);
  });

  it.each([
    ["an unknown field", '{"name":"a","role":"admin"}'],
    ["a prototype", '{"name":"a","__proto__":{"role":"admin"}}'],
    ["an operator object", '{"name":{"contains":""}}'],
    ["a list for a text", '{"name":["a"]}'],
    ["nothing of what is needed", "{}"],
    ["a list", "[]"],
    ["null", "null"],
  ])("with %s is 422", async (_, body) => {
    const { status, error } = await post(body);
    expect([status, error.code]).toEqual([422, "unprocessable"]);
    expect(error.details.length).toBeGreaterThan(0);
  });

  it.each([
    ["not JSON", "{name:a}"],
    ["empty", ""],
    ["cut short", '{"name":"a'],
  ])("that is %s is 400", async (_, body) => {
    expect((await post(body)).status).toBe(400);
  });

  it("that is not UTF-8 is 400", async () => {
    expect((await post(new Uint8Array([0x22, 0xff, 0xfe, 0x22]))).status).toBe(400);
  });

  it("of another content type is 400: a form of another site can send those", async () => {
    expect((await post('{"name":"a"}', { "content-type": "text/plain" })).status).toBe(400);
  });

  it("beyond its cap is 413, whether announced or not", async () => {
    const large = JSON.stringify({ name: "a".repeat(1000) });
    expect((await post(large, { "content-length": String(large.length) })).status).toBe(413);
    expect((await post(chunks(large))).status).toBe(413);
  });

  it("shorter than announced is 400", async () => {
    expect((await post(chunks('{"name":"a"}'), { "content-length": "500" })).status).toBe(400);
  });
});

describe("a query", () => {
  const filter = z.strictObject({ page: z.coerce.number().int().default(1) });
  const read = (query: string) => readQuery(new Request(`http://127.0.0.1:3000/api/x${query}`), filter);

  it("is validated like a body", () => {
    expect(read("?page=3")).toEqual({ page: 3 });
    expect(read("")).toEqual({ page: 1 });
    for (const query of ["?page=x", "?page=1&page=2", "?other=1", "?__proto__=1"]) {
      expect(() => read(query)).toThrow(expect.objectContaining({ code: "unprocessable" }));
    }
  });
});
