import { describe, expect, it } from "vitest";
import { db } from "@/lib/db/server";
import { findFolders, findSessions, renameFolder } from "@/lib/playground/service/history";
import {
  createSession,
  deleteSession,
  getSession,
  importSessions,
  moveSession,
  restoreSession,
  saveSession,
} from "@/lib/playground/service/sessions";
import { anotherContext, testContext } from "../support/context";
import { documentWith, firstReleaseDocument } from "./documents";

const all = { limit: 50 };

describe("saved sessions", () => {
  it("come back as they were saved, titled by the first message", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, { document: documentWith() });
    expect(await getSession(ctx, id)).toMatchObject({
      id,
      title: "The sensor paired at once.",
      version: 1,
      document: documentWith(),
    });
  });

  it("answer a save over an older version with what is there now", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, { document: documentWith() });
    expect(
      await saveSession(ctx, id, { version: 1, document: documentWith({ system: "Second." }) }),
    ).toMatchObject({
      outcome: "saved",
      session: { version: 2 },
    });
    expect(
      await saveSession(ctx, id, { version: 1, document: documentWith({ system: "Late." }) }),
    ).toMatchObject({
      outcome: "conflict",
      current: { version: 2, document: { system: "Second." } },
    });
    expect((await getSession(ctx, id)).document.system).toBe("Second.");
  });

  it("let exactly one of many writers over the same version win", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, { document: documentWith() });
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, at) => saveSession(ctx, id, { version: 1, title: `Writer ${at}` })),
    );
    expect(results.filter(({ outcome }) => outcome === "saved")).toHaveLength(1);
    expect((await getSession(ctx, id)).version).toBe(2);
  });

  it("keep the document when only the title is saved", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, { document: documentWith() });
    await saveSession(ctx, id, { version: 1, title: "Renamed" });
    expect(await getSession(ctx, id)).toMatchObject({ title: "Renamed", document: documentWith() });
  });

  it("are listed newest first, page by page, without gaps or repeats", async () => {
    const ctx = await testContext();
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) {
      ids.push((await createSession(ctx, { title: `S${at}`, document: documentWith() })).id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await findSessions(ctx, { limit: 2, cursor });
      seen.push(...page.sessions.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen.sort()).toEqual(ids.sort());
  });

  it("are gone when deleted, and whole and in their place when restored", async () => {
    const ctx = await testContext();
    const { id, updatedAt } = await createSession(ctx, { document: documentWith() });
    await deleteSession(ctx, id);
    await expect(getSession(ctx, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(saveSession(ctx, id, { version: 1, title: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(deleteSession(ctx, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await findSessions(ctx, all)).sessions).toEqual([]);

    await restoreSession(ctx, id);
    expect(await getSession(ctx, id)).toMatchObject({ updatedAt, document: documentWith() });
    await expect(restoreSession(ctx, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("are removed for good 30 days after they were deleted", async () => {
    const ctx = await testContext();
    const other = await anotherContext();
    const old = await createSession(ctx, { document: documentWith() });
    const others = await createSession(other, { document: documentWith() });
    const { prisma } = await db();
    await prisma.playgroundSession.updateMany({
      data: { deletedAt: new Date(Date.now() - 31 * 86_400_000) },
    });
    expect((await findSessions(ctx, { limit: 50, state: "deleted" })).sessions).toEqual([]);
    expect((await findSessions(ctx, { limit: 50, state: "deleted", q: "sensor" })).sessions).toEqual([]);
    await expect(restoreSession(other, others.id)).rejects.toMatchObject({ code: "not_found" });
    const { id } = await createSession(ctx, { document: documentWith() });
    await deleteSession(ctx, id);
    expect(
      (await prisma.playgroundSession.findMany({ select: { id: true } })).map((row) => row.id).sort(),
    ).toEqual([id, others.id].sort());
    await expect(restoreSession(ctx, old.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("hold text that a database cannot: NUL and halves of characters", async () => {
    const ctx = await testContext();
    const { playgroundDocument } = await import("@/lib/playground");
    const document = playgroundDocument.parse(documentWith({ system: "a\0b\uD800c" }));
    const { id } = await createSession(ctx, { document });
    expect((await getSession(ctx, id)).document.system).toBe("a\uFFFDb\uFFFDc");
  });

  it("of the first release are read in the present shape, on a conflict too", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, { document: documentWith() });
    const { prisma } = await db();
    await prisma.playgroundSession.update({ where: { id }, data: { document: firstReleaseDocument() } });
    const expected = {
      messages: [{ role: "user", text: "The sensor paired at once." }],
      head: "t2",
      turns: [
        { id: "t1", parent: null, answers: { a: [{ text: "positive" }] } },
        { id: "t2", parent: "t1" },
      ],
    };
    expect((await getSession(ctx, id)).document).toMatchObject(expected);
    expect(await saveSession(ctx, id, { version: 9, title: "Late" })).toMatchObject({
      outcome: "conflict",
      current: { document: expected },
    });
  });

  it("stand in folders, which are counted, renamed and dissolved", async () => {
    const ctx = await testContext();
    const first = await createSession(ctx, { folder: "Support", document: documentWith() });
    const second = await createSession(ctx, { document: documentWith() });
    await moveSession(ctx, second.id, { folder: "Billing" });
    const gone = await createSession(ctx, { folder: "Support", document: documentWith() });
    await deleteSession(ctx, gone.id);
    expect(await findFolders(ctx)).toEqual([
      { folder: "Billing", sessions: 1 },
      { folder: "Support", sessions: 1 },
    ]);
    const support = await findSessions(ctx, { limit: 50, folder: "Support" });
    expect(support.sessions.map(({ id }) => id)).toEqual([first.id]);
    expect(await renameFolder(ctx, { from: "Support", to: "Billing" })).toEqual([
      { folder: "Billing", sessions: 2 },
    ]);
    await restoreSession(ctx, gone.id);
    await renameFolder(ctx, { from: "Billing", to: "" });
    expect(await findFolders(ctx)).toEqual([{ folder: "", sessions: 3 }]);
  });

  it("keep version and place when they are moved", async () => {
    const ctx = await testContext();
    const { id, updatedAt } = await createSession(ctx, { document: documentWith() });
    await moveSession(ctx, id, { folder: "Support" });
    expect(await getSession(ctx, id)).toMatchObject({ version: 1, updatedAt });
  });

  it("are imported all together or not at all", async () => {
    const ctx = await testContext();
    const sessions = ["One", "Two"].map((title) => ({ title, document: documentWith() }));
    const made = await importSessions(ctx, { folder: "Imported", sessions });
    expect(made.map(({ title }) => title)).toEqual(["One", "Two"]);
    expect((await findSessions(ctx, { limit: 50, folder: "Imported" })).sessions).toHaveLength(2);
    const broken = { title: "Three", document: documentWith({ system: "a\0b" }) };
    await expect(importSessions(ctx, { folder: "Other", sessions: [...sessions, broken] })).rejects.toThrow();
    expect((await findSessions(ctx, all)).sessions).toHaveLength(2);
  });

  it("deleted ones are listed apart, last deleted first, page by page", async () => {
    const ctx = await testContext();
    const ids: string[] = [];
    for (let at = 0; at < 3; at++) ids.push((await createSession(ctx, { document: documentWith() })).id);
    const [a = "", b = "", c = ""] = ids;
    await deleteSession(ctx, c);
    await new Promise((done) => setTimeout(done, 5));
    await deleteSession(ctx, a);
    expect((await findSessions(ctx, all)).sessions.map(({ id }) => id)).toEqual([b]);
    const first = await findSessions(ctx, { limit: 1, state: "deleted" });
    expect(first.sessions).toMatchObject([{ id: a, deletedAt: expect.any(String) }]);
    const second = await findSessions(ctx, { limit: 1, state: "deleted", cursor: first.next ?? undefined });
    expect(second).toMatchObject({ sessions: [{ id: c }], next: null });
  });

  it("leave one audit row for each change, without a word of what was written", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, { document: documentWith({ task: "secret words" }) });
    await saveSession(ctx, id, { version: 1, title: "secret title" });
    await deleteSession(ctx, id);
    await restoreSession(ctx, id);
    const rows = await (await db()).prisma.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map(({ actionName, requestParams }) => [actionName, requestParams])).toEqual([
      ["createSession", { id }],
      ["saveSession", { id, version: 2 }],
      ["deleteSession", { id }],
      ["restoreSession", { id }],
    ]);
    expect(JSON.stringify(rows.map(({ requestParams }) => requestParams))).not.toContain("secret");
  });
});

describe("another person", () => {
  it("sees no trace of a session, whether member or administrator", async () => {
    const owner = await testContext();
    const { id } = await createSession(owner, { document: documentWith() });
    for (const role of ["member", "admin"] as const) {
      const stranger = await anotherContext({ role });
      const attempts = [
        getSession(stranger, id),
        saveSession(stranger, id, { version: 1, title: "Mine now" }),
        deleteSession(stranger, id),
        restoreSession(stranger, id),
        moveSession(stranger, id, { folder: "Mine" }),
      ];
      const missing = await getSession(stranger, "pg_missing").catch((error: Error) => error.message);
      for (const attempt of attempts) {
        await expect(attempt).rejects.toMatchObject({ code: "not_found", message: missing });
      }
      expect((await findSessions(stranger, all)).sessions).toEqual([]);
    }
    expect(await getSession(owner, id)).toMatchObject({ version: 1, title: "The sensor paired at once." });
  });

  it("cannot restore what its owner deleted", async () => {
    const owner = await testContext();
    const { id } = await createSession(owner, { document: documentWith() });
    await deleteSession(owner, id);
    const stranger = await anotherContext({ role: "admin" });
    await expect(restoreSession(stranger, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(getSession(owner, id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("gets only their own list behind a cursor made from another's session", async () => {
    const owner = await testContext();
    const { id, updatedAt } = await createSession(owner, { document: documentWith() });
    const stranger = await anotherContext();
    const cursor = `${new Date(Date.parse(updatedAt) + 60_000).toISOString()}~${id}`;
    expect((await findSessions(stranger, { limit: 50, cursor })).sessions).toEqual([]);
  });
});
