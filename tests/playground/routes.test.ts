import { describe, expect, it } from "vitest";
import { PUT as MOVE } from "@/app/api/playground/[id]/folder/route";
import { POST as RESTORE } from "@/app/api/playground/[id]/restore/route";
import { DELETE, GET as GET_ONE, PUT } from "@/app/api/playground/[id]/route";
import { GET as FOLDERS, PUT as RENAME } from "@/app/api/playground/folders/route";
import { POST as IMPORT } from "@/app/api/playground/import/route";
import { GET, POST } from "@/app/api/playground/route";
import type { Context } from "@/lib/auth/server";
import {
  bounds,
  mostImported,
  type PlaygroundSession,
  type PlaygroundSummary,
  type SessionPage,
} from "@/lib/playground";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";
import { answer, documentWith, tooLargeDocument } from "./documents";

const at = (id: string) => ({ params: Promise.resolve({ id }) });
const path = "/api/playground";

async function create(as: Context, body: unknown = { document: documentWith() }): Promise<Response> {
  return POST(await apiRequest(path, { as, body }));
}

async function put(as: Context, id: string, body: unknown): Promise<Response> {
  return PUT(await apiRequest(`${path}/${id}`, { as, body, method: "PUT" }), at(id));
}

async function move(as: Context, id: string, body: unknown): Promise<Response> {
  return MOVE(await apiRequest(`${path}/${id}/folder`, { as, body, method: "PUT" }), at(id));
}

async function idOf(response: Response): Promise<string> {
  return ((await response.json()) as PlaygroundSummary).id;
}

describe("the routes of the playground", () => {
  it("create, read, list, save, delete and restore", async () => {
    const ctx = await testContext();
    const created = await create(ctx);
    expect(created.status).toBe(201);
    const id = await idOf(created);
    const read = await GET_ONE(await apiRequest(`${path}/${id}`, { as: ctx }), at(id));
    expect(((await read.json()) as PlaygroundSession).document).toEqual(documentWith());
    expect((await put(ctx, id, { version: 1, title: "Named" })).status).toBe(200);
    const list = await GET(await apiRequest(path, { as: ctx }));
    expect(await list.json()).toMatchObject({ sessions: [{ id, title: "Named", version: 2 }], next: null });
    expect(
      (await DELETE(await apiRequest(`${path}/${id}`, { as: ctx, method: "DELETE" }), at(id))).status,
    ).toBe(204);
    expect((await GET_ONE(await apiRequest(`${path}/${id}`, { as: ctx }), at(id))).status).toBe(404);
    const restored = await RESTORE(
      await apiRequest(`${path}/${id}/restore`, { as: ctx, method: "POST" }),
      at(id),
    );
    expect(restored.status).toBe(200);
  });

  it("move into a folder, list and rename folders, import and search", async () => {
    const ctx = await testContext();
    const id = await idOf(await create(ctx));
    expect((await move(ctx, id, { folder: " Support " })).status).toBe(204);
    const sessions = [{ title: "Taken in", document: documentWith() }];
    const imported = await IMPORT(
      await apiRequest(`${path}/import`, { as: ctx, body: { folder: "Imported", sessions } }),
    );
    expect([imported.status, await imported.json()]).toMatchObject([
      201,
      [{ title: "Taken in", version: 1 }],
    ]);
    const renamed = await RENAME(
      await apiRequest(`${path}/folders`, { as: ctx, body: { from: "Support", to: "Help" }, method: "PUT" }),
    );
    const folders = await FOLDERS(await apiRequest(`${path}/folders`, { as: ctx }));
    const expected = [
      { folder: "Help", sessions: 1 },
      { folder: "Imported", sessions: 1 },
    ];
    expect([await renamed.json(), await folders.json()]).toEqual([expected, expected]);
    const query = new URLSearchParams({ q: "tak", folder: "Imported", state: "live" });
    const list = await GET(await apiRequest(`${path}?${query}`, { as: ctx }));
    expect(await list.json()).toMatchObject({ sessions: [{ title: "Taken in", folder: "Imported" }] });
  });

  it("refuse folders that are none, and imports of nothing or too much", async () => {
    const ctx = await testContext();
    const id = await idOf(await create(ctx));
    for (const body of [
      {},
      { folder: "a\u0000b" },
      { folder: "a\nb" },
      { folder: "x".repeat(101) },
      { folder: ["a"] },
    ])
      expect([body, (await move(ctx, id, body)).status]).toEqual([body, 422]);
    for (const body of [{ from: "", to: "all" }, { from: "a" }, { from: "a", to: "b", ownerId: "usr_1" }]) {
      const request = await apiRequest(`${path}/folders`, { as: ctx, body, method: "PUT" });
      expect([body, (await RENAME(request)).status]).toEqual([body, 422]);
    }
    const one = { document: documentWith() };
    for (const sessions of [
      [],
      Array.from({ length: mostImported + 1 }, () => one),
      [one, { document: {} }],
    ]) {
      const request = await apiRequest(`${path}/import`, { as: ctx, body: { folder: "", sessions } });
      expect([sessions.length, (await IMPORT(request)).status]).toEqual([sessions.length, 422]);
    }
    const list = await GET(await apiRequest(path, { as: ctx }));
    expect(((await list.json()) as SessionPage).sessions).toMatchObject([{ id, folder: "" }]);
  });

  it("answer 409 with the document that is there now", async () => {
    const ctx = await testContext();
    const id = await idOf(await create(ctx));
    await put(ctx, id, { version: 1, document: documentWith({ system: "Newer." }) });
    const late = await put(ctx, id, { version: 1, document: documentWith({ system: "Late." }) });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      error: { code: "conflict", request_id: expect.any(String) },
      current: { id, version: 2, document: { system: "Newer." } },
    });
  });

  it("refuse who is not signed in, on every one", async () => {
    const ctx = await testContext();
    const id = await idOf(await create(ctx));
    const body = { document: documentWith() };
    const statuses = [
      await GET(await apiRequest(path)),
      await POST(await apiRequest(path, { body })),
      await GET_ONE(await apiRequest(`${path}/${id}`), at(id)),
      await PUT(
        await apiRequest(`${path}/${id}`, { body: { version: 1, title: "x" }, method: "PUT" }),
        at(id),
      ),
      await DELETE(await apiRequest(`${path}/${id}`, { method: "DELETE" }), at(id)),
      await RESTORE(await apiRequest(`${path}/${id}/restore`, { method: "POST" }), at(id)),
      await MOVE(await apiRequest(`${path}/${id}/folder`, { body: { folder: "x" }, method: "PUT" }), at(id)),
      await FOLDERS(await apiRequest(`${path}/folders`)),
      await RENAME(await apiRequest(`${path}/folders`, { body: { from: "a", to: "b" }, method: "PUT" })),
      await IMPORT(await apiRequest(`${path}/import`, { body: { folder: "", sessions: [body] } })),
    ].map(({ status }) => status);
    expect(statuses).toEqual(Array.from({ length: 10 }, () => 401));
  });

  it("refuse a change that another site's page sends with the person's cookie", async () => {
    const ctx = await testContext();
    const foreign = { origin: "https://evil.example" };
    const request = await apiRequest(path, { as: ctx, body: { document: documentWith() }, headers: foreign });
    expect((await POST(request)).status).toBe(403);
  });

  it("answer another person's id in the path as if it did not exist", async () => {
    const owner = await testContext();
    const id = await idOf(await create(owner));
    const stranger = await anotherContext({ role: "admin" });
    const key = await testKey(stranger);
    const asked = [
      await GET_ONE(await apiRequest(`${path}/${id}`, { as: stranger }), at(id)),
      await GET_ONE(await apiRequest(`${path}/${id}`, { key }), at(id)),
      await put(stranger, id, { version: 1, document: documentWith() }),
      await DELETE(await apiRequest(`${path}/${id}`, { as: stranger, method: "DELETE" }), at(id)),
      await RESTORE(await apiRequest(`${path}/${id}/restore`, { as: stranger, method: "POST" }), at(id)),
      await move(stranger, id, { folder: "Mine" }),
    ];
    const missing = await GET_ONE(await apiRequest(`${path}/pg_none`, { as: stranger }), at("pg_none"));
    const words = async (response: Response) =>
      ((await response.json()) as { error: { message: string } }).error.message;
    const expected = await words(missing);
    for (const response of asked) {
      expect(response.status).toBe(404);
      expect(await words(response)).toBe(expected);
    }
  });

  // CVE-2026-54015: the id in the path was checked, the one in the body was not.
  it("take no id, owner or version of a row from the body", async () => {
    const owner = await testContext();
    const theirs = await idOf(await create(owner));
    const stranger = await anotherContext();
    const mine = await idOf(await create(stranger));
    for (const extra of [
      { id: theirs },
      { sessionId: theirs },
      { ownerId: owner.actor.userId },
      { userId: owner.actor.userId },
      { deletedAt: null },
      { createdAt: "2020-01-01T00:00:00.000Z" },
    ]) {
      expect((await create(stranger, { document: documentWith(), ...extra })).status).toBe(422);
      expect((await put(stranger, mine, { version: 1, title: "x", ...extra })).status).toBe(422);
      expect(
        (await put(stranger, mine, { version: 1, document: { ...documentWith(), ...extra } })).status,
      ).toBe(422);
    }
    const kept = await GET_ONE(await apiRequest(`${path}/${theirs}`, { as: owner }), at(theirs));
    expect(await kept.json()).toMatchObject({ version: 1 });
  });

  it("refuse what is not a document", async () => {
    const ctx = await testContext();
    const column = documentWith().columns[0];
    const turn = documentWith().turns[0];
    const wrong: Record<string, unknown> = {
      "operator objects": { ...documentWith(), system: { contains: "" } },
      "arrays for text": { ...documentWith(), system: ["a"] },
      "no column": documentWith({ columns: [], turns: [], head: null }),
      "too many columns": {
        ...documentWith({ turns: [], head: null }),
        columns: Array.from({ length: bounds.columns + 1 }, (_, index) => ({ ...column, id: `c${index}` })),
      },
      "repeated columns": { ...documentWith(), columns: [column, column] },
      "repeated turns": { ...documentWith(), turns: [turn, turn] },
      "answers of no column": { ...documentWith(), turns: [{ ...turn, answers: { z: answer } }] },
      "a turn of no column": { ...documentWith(), turns: [{ ...turn, column: "z" }] },
      "too many turns": {
        ...documentWith(),
        turns: Array.from({ length: bounds.turns + 1 }, (_, index) => ({
          id: `t${index}`,
          parent: null,
          user: "x",
          answers: {},
        })),
      },
      "a turn before the one it follows": {
        ...documentWith({ head: null }),
        turns: [
          { ...turn, parent: "t2" },
          { ...turn, id: "t2" },
        ],
      },
      "a head that is no turn": documentWith({ head: "t9" }),
      "absurd parameters": { ...documentWith(), parameters: { temperature: 1e9 } },
      "unknown parameters": { ...documentWith(), parameters: { api_base: "https://evil.example" } },
      "an unknown engine": { ...documentWith(), columns: [{ ...column, engine: "shell" }] },
      "text beyond its bound": documentWith({ system: "x".repeat(bounds.text + 1) }),
    };
    for (const [name, document] of Object.entries(wrong)) {
      expect([name, (await create(ctx, { document })).status]).toEqual([name, 422]);
    }
  });

  it("store nothing under the name of a prototype", async () => {
    const ctx = await testContext();
    const polluted = JSON.stringify({ document: documentWith() }).replace(
      '{"a":',
      '{"__proto__":{"x":1},"a":',
    );
    const request = await apiRequest(path, { as: ctx, body: {} });
    const created = await POST(
      new Request(request.url, { method: "POST", headers: request.headers, body: polluted }),
    );
    const id = await idOf(created);
    const read = await GET_ONE(await apiRequest(`${path}/${id}`, { as: ctx }), at(id));
    expect(await read.text()).not.toContain("__proto__");
  });

  it("refuse a body that is larger than any document before reading it as one", async () => {
    const ctx = await testContext();
    expect((await create(ctx, { document: tooLargeDocument() })).status).toBe(413);
  });

  it("refuse a list query that is none", async () => {
    const ctx = await testContext();
    for (const query of [
      "limit=0",
      "limit=1e9",
      "cursor=x",
      "cursor=9999999999~a",
      "ownerId=usr_1",
      "limit=1&limit=2",
      "state=all",
      "folder=a%00",
      "folder=a&folder=b",
      `q=${"x".repeat(201)}`,
    ]) {
      expect([query, (await GET(await apiRequest(`${path}?${query}`, { as: ctx }))).status]).toEqual([
        query,
        422,
      ]);
    }
  });
});
