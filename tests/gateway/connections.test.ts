import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DELETE, PATCH } from "@/app/api/connections/[id]/route";
import { GET, POST } from "@/app/api/connections/route";
import { POST as testRoute } from "@/app/api/connections/test/route";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { Connection } from "@/lib/gateway";
import {
  createConnection,
  deleteConnection,
  findConnections,
  findModels,
  testConnection,
  updateConnection,
} from "@/lib/gateway/server";
import { anotherContext, apiRequest } from "../support/context";
import { json } from "../support/upstream";
import { type Harness, startHarness, upstreamKey } from "./harness";

let gateway: Harness;
let member: Context;
let up: Connection;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await gateway.reset();
  member = await anotherContext();
  up = (await findConnections(gateway.admin))[0] ?? expect.fail("no connection");
});

const chat = { model: "up/chat", messages: [{ role: "user", content: "Hi" }] };
const segment = (id: string) => ({ params: Promise.resolve({ id }) });
const stored = async () => (await db()).prisma.connection.findUniqueOrThrow({ where: { id: up.id } });

describe("connections", () => {
  it("keep their key sealed, and show its last four characters to administrators only", async () => {
    expect(up).toMatchObject({ name: "up", baseUrl: gateway.upstream.baseUrl, keyLast4: "cdef", version: 1 });
    expect(JSON.stringify(await stored())).not.toContain(upstreamKey);
    const [forMember] = await findConnections(member);
    expect(Object.keys(forMember ?? {}).sort()).toEqual(["id", "models", "name", "updatedAt", "version"]);
  });

  it("may be chosen, but not made, changed, removed or tested by members", async () => {
    const input = { name: "mine", baseUrl: "https://api.example.com/v1", models: [] };
    await expect(createConnection(member, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateConnection(member, up.id, { version: 1, models: [] })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(deleteConnection(member, up.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(testConnection(member, { baseUrl: gateway.upstream.baseUrl })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(gateway.upstream.calls).toHaveLength(0);
    expect((await findModels(member)).map(({ id }) => id)).toContain("up/chat");
  });

  it.each([
    ["https://api.example.com/v1/", "https://api.example.com/v1"],
    ["HTTPS://API.Example.com:443/v1/chat/completions", "https://api.example.com/v1"],
    ["https://api.example.com/openai?api-version=1#x", "https://api.example.com/openai?api-version=1"],
    ["https://api.example.com", "https://api.example.com"],
  ])("bring %s into one form", async (given, normal) => {
    expect((await createConnection(gateway.admin, { name: "n", baseUrl: given, models: [] })).baseUrl).toBe(
      normal,
    );
  });

  it.each([
    "api.example.com/v1",
    "ftp://a.example/v1",
    "https://user:pw@a.example",
    "file:///etc/passwd",
    "javascript:1",
  ])("refuse the URL %s", async (baseUrl) => {
    await expect(createConnection(gateway.admin, { name: "n", baseUrl, models: [] })).rejects.toMatchObject({
      code: "unprocessable",
    });
  });

  it("refuse a name that is taken, on creation and on renaming", async () => {
    const input = { name: "up", baseUrl: "https://a.example", models: [] };
    await expect(createConnection(gateway.admin, input)).rejects.toMatchObject({ code: "conflict" });
    const other = await createConnection(gateway.admin, { ...input, name: "other" });
    await expect(updateConnection(gateway.admin, other.id, { version: 1, name: "up" })).rejects.toMatchObject(
      { code: "conflict" },
    );
  });

  it("refuse a change made to a version that is not the present one", async () => {
    await updateConnection(gateway.admin, up.id, { version: 1, models: ["a"] });
    await expect(updateConnection(gateway.admin, up.id, { version: 1, models: ["b"] })).rejects.toMatchObject(
      { code: "conflict" },
    );
    expect((await stored()).models).toEqual(["a"]);
  });

  it("keep the key over other changes, and lose it when it is removed", async () => {
    const kept = await updateConnection(gateway.admin, up.id, {
      version: 1,
      models: ["chat"],
      baseUrl: `${gateway.upstream.baseUrl}/`,
    });
    expect(kept.keyLast4).toBe("cdef");
    await gateway.post("/chat/completions", chat);
    expect(gateway.upstream.calls[0]?.headers.authorization).toBe(`Bearer ${upstreamKey}`);
    const removed = await updateConnection(gateway.admin, up.id, { version: 2, apiKey: null });
    expect(removed.keyLast4).toBeNull();
    expect((await stored()).secret).toBeNull();
    await gateway.post("/chat/completions", chat);
    expect(gateway.upstream.calls[1]?.headers).not.toHaveProperty("authorization");
  });

  it("change what the very next call does", async () => {
    expect((await gateway.post("/chat/completions", chat)).status).toBe(200);
    await updateConnection(gateway.admin, up.id, { version: 1, models: ["other"] });
    expect((await gateway.post("/chat/completions", chat)).status).toBe(404);
    await deleteConnection(gateway.admin, up.id);
    expect((await gateway.post("/chat/completions", { ...chat, model: "up/other" })).status).toBe(404);
    await expect(deleteConnection(gateway.admin, up.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("leave one audit row for each change, without the key", async () => {
    await updateConnection(gateway.admin, up.id, { version: 1, apiKey: "sk-another-0123456789" });
    await deleteConnection(gateway.admin, up.id);
    const rows = await (await db()).prisma.auditEvent.findMany({
      where: { serviceName: "gateway" },
      orderBy: { seq: "asc" },
    });
    expect(rows.map(({ actionName }) => actionName)).toEqual([
      "createConnection",
      "updateConnection",
      "deleteConnection",
    ]);
    expect(rows[1]?.requestParams).toMatchObject({ name: "up", credential: "replaced" });
    const text = JSON.stringify(rows.map(({ requestParams }) => requestParams));
    expect(text).not.toContain("sk-");
  });
});

describe("a connection's test", () => {
  it("returns the upstream's models with the key given, or the stored one at its own address", async () => {
    gateway.upstream.use(json(200, { data: [{ id: "a" }, { id: "b" }] }));
    const { baseUrl } = gateway.upstream;
    expect(await testConnection(gateway.admin, { baseUrl, apiKey: "sk-given" })).toEqual({
      ok: true,
      models: ["a", "b"],
    });
    await testConnection(gateway.admin, { baseUrl, id: up.id });
    await testConnection(gateway.admin, { baseUrl });
    expect(gateway.upstream.calls.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer sk-given",
      `Bearer ${upstreamKey}`,
      undefined,
    ]);
  });

  it("says why when the upstream does not answer as it should", async () => {
    gateway.upstream.use(json(401, { error: { message: upstreamKey } }));
    const { baseUrl } = gateway.upstream;
    const refused = await testConnection(gateway.admin, { baseUrl, id: up.id });
    expect(refused).toMatchObject({
      ok: false,
      code: "upstream",
      message: expect.stringContaining("refused this connection's key"),
    });
    expect(JSON.stringify(refused)).not.toContain(upstreamKey);
    gateway.upstream.use(json(200, { hello: 1 }));
    expect(await testConnection(gateway.admin, { baseUrl })).toMatchObject({
      ok: false,
      message: expect.stringContaining("no list"),
    });
    expect(await testConnection(gateway.admin, { baseUrl: "http://10.0.0.1/v1" })).toMatchObject({
      ok: false,
      message: expect.stringContaining("ALLOW_PRIVATE_HOSTS"),
    });
  });
});

describe("the routes", () => {
  it("answer 401 to nobody, 403 to members and 422 to what they do not know", async () => {
    const body = { name: "new", baseUrl: "https://a.example", models: [] };
    expect((await POST(await apiRequest("/api/connections", { body }))).status).toBe(401);
    expect((await GET(await apiRequest("/api/connections"))).status).toBe(401);
    expect((await POST(await apiRequest("/api/connections", { body, as: member }))).status).toBe(403);
    for (const wrong of [
      { ...body, secret: {} },
      { ...body, id: "con_x" },
      { ...body, name: "Not Allowed" },
      { ...body, apiKey: "a\nb" },
      { ...body, models: ["a", "a"] },
    ]) {
      expect(
        (await POST(await apiRequest("/api/connections", { body: wrong, as: gateway.admin }))).status,
      ).toBe(422);
    }
    expect((await POST(await apiRequest("/api/connections", { body, as: gateway.admin }))).status).toBe(200);
  });

  it("change, remove and test", async () => {
    const as = gateway.admin;
    const path = `/api/connections/${up.id}`;
    const patched = await PATCH(
      await apiRequest(path, { method: "PATCH", body: { version: 1, models: ["z"] }, as }),
      segment(up.id),
    );
    expect(await patched.json()).toMatchObject({ models: ["z"], version: 2 });
    const stale = await PATCH(
      await apiRequest(path, { method: "PATCH", body: { version: 1, models: [] }, as }),
      segment(up.id),
    );
    expect(stale.status).toBe(409);
    expect(
      (
        await testRoute(
          await apiRequest("/api/connections/test", {
            body: { baseUrl: gateway.upstream.baseUrl },
            as: member,
          }),
        )
      ).status,
    ).toBe(403);
    expect((await DELETE(await apiRequest(path, { method: "DELETE", as }), segment(up.id))).status).toBe(204);
  });
});
