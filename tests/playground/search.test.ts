import { describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { bounds } from "@/lib/playground";
import { markMatches, parseSearch } from "@/lib/playground/search";
import { findSessions } from "@/lib/playground/service/history";
import { createSession, deleteSession, saveSession } from "@/lib/playground/service/sessions";
import { wordsOf } from "@/lib/playground/words";
import { anotherContext, testContext } from "../support/context";
import { answer, documentWith, firstReleaseDocument } from "./documents";

async function found(ctx: Context, q: string): Promise<string[]> {
  const { sessions } = await findSessions(ctx, { limit: 50, q });
  return sessions.map(({ title }) => title);
}

const said = (title: string, text: string) => ({
  title,
  document: documentWith({
    turns: [{ id: "t1", parent: null, user: "Hi", answers: { a: [{ ...answer, text }] } }],
  }),
});

/** Two sessions to search in. */
async function twoSessions(): Promise<Context> {
  const ctx = await testContext();
  await createSession(
    ctx,
    said("Batteries", "It lasts 24 months, on a well-known AA cell: order at Müller & Söhne."),
  );
  await createSession(ctx, said("Screens", "The screen lasts; nothing is known of the cell. 我的电池没电了"));
  return ctx;
}

describe("the search of the history", () => {
  it("finds words of the title, system prompt, prompt, turns, answers and files by their beginnings", async () => {
    const ctx = await testContext();
    await createSession(ctx, {
      title: "Alpha words",
      document: documentWith({
        system: "bravo",
        messages: [
          {
            id: "m1",
            role: "user",
            text: "charlie",
            attachments: [{ kind: "text", id: "f1", name: "delta.txt", text: "echoes" }],
          },
        ],
        turns: [{ id: "t1", parent: null, user: "foxtrot", answers: { a: [{ ...answer, text: "golf" }] } }],
        rows: [{ id: "r1", values: { place: "hotel" }, answers: { a: { ...answer, text: "india" } } }],
      }),
    });
    for (const q of ["alph", "BRAV", "charl", "delt", "echo", "fox", "gol", "hot", "indi", "alpha golf bra"])
      expect([q, await found(ctx, q)]).toEqual([q, ["Alpha words"]]);
    for (const q of ["lpha", "alpha zulu", "golfs"]) expect([q, await found(ctx, q)]).toEqual([q, []]);
  });

  it("takes quoted words as a phrase, an open one up to where it is typed, and leaves out -words", async () => {
    const ctx = await twoSessions();
    expect(await found(ctx, "lasts cell")).toEqual(["Screens", "Batteries"]);
    expect(await found(ctx, '"it lasts"')).toEqual(["Batteries"]);
    expect(await found(ctx, '"lasts it"')).toEqual([]);
    expect(await found(ctx, '"lasts 24 mo')).toEqual(["Batteries"]);
    expect(await found(ctx, '"lasts 24 mo"')).toEqual([]);
    expect(await found(ctx, "lasts -screen")).toEqual(["Batteries"]);
    expect(await found(ctx, "-batteries")).toEqual(["Screens"]);
    expect(await found(ctx, 'cell -"lasts 24"')).toEqual(["Screens"]);
    expect(await found(ctx, "well-kn")).toEqual(["Batteries"]);
  });

  it("finds without regard to case and accents, and inside scripts without spaces", async () => {
    const ctx = await twoSessions();
    expect(await found(ctx, "MULLER")).toEqual(["Batteries"]);
    expect(await found(ctx, "müller söhne")).toEqual(["Batteries"]);
    expect(await found(ctx, "电池")).toEqual(["Screens"]);
    expect(await found(ctx, "lasts -电池")).toEqual(["Batteries"]);
  });

  it("finds phrases far behind the places that an index counts", async () => {
    const ctx = await testContext();
    const many = Array.from({ length: 25_000 }, (_, at) => `w${at}`).join(" ");
    await createSession(ctx, said("Long", `${many} rare phrase`));
    expect(await found(ctx, '"rare phrase"')).toEqual(["Long"]);
    expect(await found(ctx, '"phrase rare"')).toEqual([]);
  });

  it.each([
    '\'; DROP TABLE "PlaygroundSession"; --',
    "') OR 1=1 --",
    "lasts' | 'x",
    "a & | ! <-> :* ()",
    "\\",
    "((((((((((",
    "[[:alpha:]]*",
    "^(a+)+$",
    "$1 %s \0",
    '"',
    "-",
    '-"',
    "\uD800",
  ])("takes %j for words, whatever they mean to a database", async (q) => {
    const ctx = await twoSessions();
    const titles = await found(ctx, q);
    expect(titles.every((title) => ["Batteries", "Screens"].includes(title))).toBe(true);
    expect(await found(ctx, "lasts")).toHaveLength(2);
  });

  it("never finds what another person saved, not even for an administrator", async () => {
    const owner = await testContext();
    await createSession(owner, said("Secret", "the launch code"));
    for (const role of ["member", "admin"] as const) {
      const stranger = await anotherContext({ role });
      for (const q of ["launch", '"launch code"', "-nothing", "secret", "') OR true --"])
        expect([q, await found(stranger, q)]).toEqual([q, []]);
    }
    expect(await found(owner, "launch")).toEqual(["Secret"]);
  });

  it("pages through what it found, newest first, without gaps or repeats", async () => {
    const ctx = await testContext();
    for (let at = 0; at < 5; at++) await createSession(ctx, said(`S${at}`, at === 2 ? "other" : "wanted"));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await findSessions(ctx, { limit: 2, q: "want", cursor });
      seen.push(...page.sessions.map(({ title }) => title));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect([...seen].sort()).toEqual(["S0", "S1", "S3", "S4"]);
  });

  it("searches within a folder, and among the deleted ones alone", async () => {
    const ctx = await testContext();
    await createSession(ctx, { ...said("In", "wanted"), folder: "Support" });
    const { id } = await createSession(ctx, said("Out", "wanted"));
    const titles = async (more: { folder?: string; state?: "deleted" }) =>
      (await findSessions(ctx, { limit: 50, q: "wanted", ...more })).sessions.map(({ title }) => title);
    expect(await titles({ folder: "Support" })).toEqual(["In"]);
    expect(await titles({ folder: "" })).toEqual(["Out"]);
    await deleteSession(ctx, id);
    expect(await titles({})).toEqual(["In"]);
    expect(await titles({ state: "deleted" })).toEqual(["Out"]);
  });

  it("follows a save and a new title", async () => {
    const ctx = await testContext();
    const { id } = await createSession(ctx, said("Before", "old words"));
    await saveSession(ctx, id, { version: 1, title: "After" });
    expect([await found(ctx, "before"), await found(ctx, "after old")]).toEqual([[], ["After"]]);
    await saveSession(ctx, id, { version: 2, document: said("", "new words").document });
    expect([await found(ctx, "old"), await found(ctx, "after new")]).toEqual([[], ["After"]]);
  });

  it("finds what the first release saved, from the first search on, and leaves its place and version", async () => {
    const ctx = await testContext();
    const { id, updatedAt } = await createSession(ctx, said("Old", "x"));
    const broken = await createSession(ctx, said("Broken", "x"));
    const { prisma } = await db();
    const write = (of: string, document: object) =>
      prisma.playgroundSession.update({
        where: { id: of },
        data: { document, words: null, terms: null, updatedAt },
      });
    await write(id, firstReleaseDocument("a forgotten word"));
    await write(broken.id, { nothing: "of ours" });
    expect(await found(ctx, "forgotten")).toEqual(["Old"]);
    expect(await found(ctx, "broken")).toEqual(["Broken"]);
    expect((await findSessions(ctx, { limit: 50 })).sessions.find((row) => row.id === id)).toMatchObject({
      updatedAt,
      version: 1,
    });
  });

  it("shows where it was found, marked, unless that is the title alone", async () => {
    const ctx = await testContext();
    const before = "filler ".repeat(60);
    await createSession(
      ctx,
      said("Needle in hay", `${before}here is the <b>Needle</b>, found 🪡 at last. ${before}`),
    );
    const [entry] = (await findSessions(ctx, { limit: 50, q: "need" })).sessions;
    const snippet = entry?.snippet ?? [];
    expect(snippet.filter(({ mark }) => mark)).toEqual([{ text: "Need", mark: true }]);
    const text = snippet.map((run) => run.text).join("");
    expect(text).toContain("here is the <b>Needle</b>, found 🪡 at last.");
    expect(text).toMatch(/^….*…$/);
    expect([...text].length).toBeLessThan(210);

    const titled = (await findSessions(ctx, { limit: 50, q: "hay" })).sessions[0];
    expect(titled).toMatchObject({ title: "Needle in hay" });
    expect(titled?.snippet).toBeUndefined();
  });

  it("is answered by the index", async () => {
    const ctx = await twoSessions();
    const { prisma } = await db();
    await prisma.$executeRaw`SET enable_seqscan = off`;
    const plan = JSON.stringify(
      await prisma.$queryRaw`EXPLAIN SELECT "id" FROM "PlaygroundSession"
        WHERE "search" @@ to_tsquery('simple', ${"'lasts':*"})`,
    );
    await prisma.$executeRaw`RESET enable_seqscan`;
    expect(plan).toContain("PlaygroundSession_search_idx");
    expect(await found(ctx, "lasts")).toHaveLength(2);
  });
});

describe("the searchable words of a session", () => {
  it("keep a folded character for every character, and are bounded", () => {
    const texts = ["İstanbul ﬁne ①½ Ǆ ß 🪡🏽 नमस्ते é e\u0301 ÅΩ", "x".repeat(150_000), "é🪡".repeat(60_000)];
    for (const text of texts) {
      const { words, terms } = wordsOf("Title", documentWith({ system: text }));
      expect([...terms].length).toBe([...words].length);
      expect(words.isWellFormed()).toBe(true);
      expect(words.length).toBeLessThanOrEqual(200_000);
      expect(words.endsWith("Title")).toBe(true);
    }
  });

  it("of the longest session can be saved", async () => {
    const ctx = await testContext();
    const words = Array.from({ length: 100_000 }, (_, at) => String.fromCodePoint(0x4e00 + (at % 20_000)));
    const document = documentWith({ system: words.join(" ").slice(0, bounds.text) });
    const { id } = await createSession(ctx, { title: "Long", document });
    expect(await found(ctx, "long")).toEqual(["Long"]);
    expect(id).toMatch(/^pg_/);
  });
});

describe("marks", () => {
  const marked = (text: string, q: string) =>
    markMatches(text, parseSearch(q))
      .map((run) => (run.mark ? `[${run.text}]` : run.text))
      .join("");

  it("stand at beginnings of words, on the words as they were written", () => {
    expect(marked("It lasts, at last: Lasting", "last")).toBe("It [last]s, at [last]: [Last]ing");
    expect(marked("Müller & Söhne, müllern", '"muller sohne"')).toBe("[Müller & Söhne], müllern");
    expect(marked("𝒳 🪡 needle", "needle")).toBe("𝒳 🪡 [needle]");
    expect(marked("我的电池", "电池")).toBe("我的[电池]");
    expect(marked("plain", "")).toBe("plain");
    expect(marked("last", "-last")).toBe("last");
  });
});
