import { describe, expect, it } from "vitest";
import { DELETE, GET as GET_ONE } from "@/app/api/playground/snapshots/[id]/route";
import { GET, POST } from "@/app/api/playground/snapshots/route";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { PlaygroundSnapshot, SnapshotSummary } from "@/lib/playground";
import { createSession, deleteSession, saveSession } from "@/lib/playground/service/sessions";
import {
  createSnapshot,
  findSnapshots,
  getSnapshot,
  revokeSnapshot,
} from "@/lib/playground/service/snapshots";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";
import { documentWith, firstReleaseDocument, tooLargeDocument } from "./documents";

const at = (id: string) => ({ params: Promise.resolve({ id }) });
const path = "/api/playground/snapshots";

async function shared(ctx: Context): Promise<{ sessionId: string; id: string }> {
  const { id: sessionId } = await createSession(ctx, { title: "Batteries", document: documentWith() });
  return { sessionId, id: (await createSnapshot(ctx, { sessionId })).id };
}

describe("a snapshot", () => {
  it("shows another person what it was when it was made, whatever becomes of the session", async () => {
    const owner = await testContext({ name: "Noor" });
    const { sessionId, id } = await shared(owner);
    await saveSession(owner, sessionId, {
      version: 1,
      title: "Later",
      document: documentWith({ system: "New." }),
    });
    const reader = await anotherContext();
    const expected = { id, title: "Batteries", sharedBy: "Noor", own: false, document: documentWith() };
    expect(await getSnapshot(reader, id)).toMatchObject(expected);
    await deleteSession(owner, sessionId);
    expect(await getSnapshot(reader, id)).toMatchObject(expected);
    await (await db()).prisma.playgroundSession.delete({ where: { id: sessionId } });
    expect(await getSnapshot(reader, id)).toMatchObject(expected);
    expect(await getSnapshot(owner, id)).toMatchObject({ own: true });
    expect(await findSnapshots(owner, {})).toMatchObject([{ id, sessionId: null }]);
  });

  it("may be of what was never saved, or of what a tab has ahead of the server", async () => {
    const owner = await testContext();
    const loose = await createSnapshot(owner, { document: documentWith({ system: "Unsaved." }) });
    expect(loose).toMatchObject({ sessionId: null, title: "The sensor paired at once." });
    const { id: sessionId } = await createSession(owner, { document: documentWith() });
    const ahead = await createSnapshot(owner, {
      sessionId,
      title: "Ahead",
      document: documentWith({ system: "Ahead." }),
    });
    expect(await getSnapshot(owner, ahead.id)).toMatchObject({
      title: "Ahead",
      document: { system: "Ahead." },
    });
    expect((await findSnapshots(owner, { sessionId })).map(({ id }) => id)).toEqual([ahead.id]);
    expect(await findSnapshots(owner, {})).toHaveLength(2);
  });

  it("of a document of the first release is read in the present shape", async () => {
    const owner = await testContext();
    const { id } = await shared(owner);
    const { prisma } = await db();
    await prisma.playgroundSnapshot.update({ where: { id }, data: { document: firstReleaseDocument() } });
    expect((await getSnapshot(owner, id)).document.messages).toHaveLength(1);
  });

  it("is gone once revoked, its content too, in the words for one that never was", async () => {
    const owner = await testContext();
    const reader = await anotherContext();
    const { id } = await shared(owner);
    await revokeSnapshot(owner, id);
    const never = await getSnapshot(reader, "snap_never").catch((error: Error) => error.message);
    expect(never).toBe("There is no such shared snapshot.");
    for (const attempt of [
      getSnapshot(reader, id),
      getSnapshot(owner, id),
      getSnapshot(reader, "snap\0"),
      getSnapshot(reader, "../../etc"),
      revokeSnapshot(owner, id),
      revokeSnapshot(reader, id),
    ])
      await expect(attempt).rejects.toMatchObject({ code: "not_found", message: never });
    expect(await findSnapshots(owner, {})).toEqual([]);
    const row = await (await db()).prisma.playgroundSnapshot.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ title: "", document: {} });
  });

  it("is revoked by its owner or an administrator alone", async () => {
    const owner = await testContext();
    const { id } = await shared(owner);
    await expect(revokeSnapshot(await anotherContext(), id)).rejects.toMatchObject({ code: "forbidden" });
    expect(await getSnapshot(owner, id)).toMatchObject({ id });
    await revokeSnapshot(await anotherContext({ role: "admin" }), id);
    await expect(getSnapshot(owner, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is made of the maker's own session alone", async () => {
    const owner = await testContext();
    const { sessionId } = await shared(owner);
    for (const stranger of [await anotherContext(), await anotherContext({ role: "admin" })]) {
      for (const input of [{ sessionId }, { sessionId, document: documentWith() }])
        await expect(createSnapshot(stranger, input)).rejects.toMatchObject({ code: "not_found" });
      expect(await findSnapshots(stranger, { sessionId })).toEqual([]);
      expect(await findSnapshots(stranger, {})).toEqual([]);
    }
    await deleteSession(owner, sessionId);
    await expect(createSnapshot(owner, { sessionId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves one audit row for each change and each reading by another, without a word of what was shared", async () => {
    const owner = await testContext();
    const reader = await anotherContext();
    const { sessionId, id } = await shared(owner);
    for (const ctx of [owner, reader]) await getSnapshot(ctx, id);
    await revokeSnapshot(owner, id);
    const rows = await (await db()).prisma.auditEvent.findMany({
      where: { serviceName: "playground" },
      orderBy: { seq: "asc" },
    });
    const ownerId = owner.actor.userId;
    expect(rows.map(({ actionName, requestParams }) => [actionName, requestParams])).toEqual([
      ["createSession", { id: sessionId }],
      ["createSnapshot", { id, sessionId }],
      ["getSnapshot", { id, ownerId }],
      ["revokeSnapshot", { id, ownerId }],
    ]);
  });
});

describe("the routes of snapshots", () => {
  const create = async (as: Context, body: unknown) => POST(await apiRequest(path, { as, body }));
  const read = async (as: Context, id: string) => GET_ONE(await apiRequest(`${path}/${id}`, { as }), at(id));
  const remove = async (as: Context, id: string) =>
    DELETE(await apiRequest(`${path}/${id}`, { as, method: "DELETE" }), at(id));

  it("create, list, read and revoke", async () => {
    const owner = await testContext({ name: "Noor" });
    const created = await create(owner, { title: "Mine", document: documentWith() });
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as SnapshotSummary;
    const list = await GET(await apiRequest(path, { as: owner }));
    expect(await list.json()).toMatchObject([{ id, title: "Mine", sessionId: null }]);
    const reader = await anotherContext();
    const seen = await read(reader, id);
    expect((await seen.json()) as PlaygroundSnapshot).toMatchObject({
      sharedBy: "Noor",
      document: documentWith(),
    });
    const byKey = await GET_ONE(await apiRequest(`${path}/${id}`, { key: await testKey(reader) }), at(id));
    expect(byKey.status).toBe(200);
    expect((await remove(reader, id)).status).toBe(403);
    expect((await remove(owner, id)).status).toBe(204);
    expect([(await read(reader, id)).status, (await remove(reader, id)).status]).toEqual([404, 404]);
  });

  it("refuse who is not signed in, and a change from another site's page", async () => {
    const owner = await testContext();
    const { id } = await shared(owner);
    const statuses = [
      await GET(await apiRequest(path)),
      await POST(await apiRequest(path, { body: { document: documentWith() } })),
      await GET_ONE(await apiRequest(`${path}/${id}`), at(id)),
      await DELETE(await apiRequest(`${path}/${id}`, { method: "DELETE" }), at(id)),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401]);
    const headers = { origin: "https://evil.example" };
    const foreign = await apiRequest(`${path}/${id}`, { as: owner, method: "DELETE", headers });
    expect((await DELETE(foreign, at(id))).status).toBe(403);
    expect((await read(owner, id)).status).toBe(200);
  });

  it("refuse what shares nothing, too much, or in another's name", async () => {
    const owner = await testContext();
    const document = documentWith();
    for (const body of [
      {},
      { title: "x" },
      { sessionId: "a b" },
      { sessionId: { contains: "" } },
      { document: { ...document, system: ["a"] } },
      { document, ownerId: "usr_1" },
      { document, revokedAt: null },
      { document, title: " " },
    ])
      expect([body, (await create(owner, body)).status]).toEqual([body, 422]);
    expect((await create(owner, { document: tooLargeDocument() })).status).toBe(413);
    expect((await GET(await apiRequest(`${path}?sessionId=a%00`, { as: owner }))).status).toBe(422);
  });
});
