import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Context } from "@/lib/auth/server";
import { tagChange } from "@/lib/catalog";
import { changeTags, transferOwner } from "@/lib/catalog/server";
import { newId } from "@/lib/core";
import { dropSingle, single } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { type PromptFilter, promptFilter } from "@/lib/prompts";
import { createVersion, findPrompts, moveAlias, saveAliasRule } from "@/lib/prompts/server";
import { makeSchema } from "../catalog/support";
import { grantTo } from "../support/context";
import { allow, freshLibrary, make, text } from "./library";

let admin: Context;
let member: Context;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
});

const find = (ctx: Context, filter: PromptFilter = {}) => findPrompts(ctx, promptFilter.parse(filter));
const names = async (ctx: Context, filter: PromptFilter = {}) =>
  (await find(ctx, filter)).prompts.map(({ fullName }) => fullName.replace("main.", ""));

/** All pages one after the other. */
async function pages(ctx: Context, filter: PromptFilter): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await find(ctx, { ...filter, ...(after === undefined ? {} : { after }) });
    expect(page.prompts.length).toBeLessThanOrEqual(filter.limit ?? 50);
    found.push(...page.prompts.map(({ fullName }) => fullName));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

describe("the list of prompts", () => {
  it("shows what is said of each, with where its aliases stand", async () => {
    const { id } = await make(admin, "triage", "One.", { comment: "Sorts.", tags: { team: "support" } });
    const name = "main.default.triage";
    await createVersion(admin, name, { content: text("Two."), message: "Two", base: 1 });
    await moveAlias(admin, name, "production", { version: 1, from: null, why: "" });
    await saveAliasRule(admin, name, "production", { movers: [], approval: true });
    await (await db()).prisma.invocation.create({
      data: {
        id: newId("inv"),
        requestId: "r",
        traceId: "t",
        userId: admin.actor.userId,
        source: "api",
        task: "chat",
        model: "pebble-2m",
        promptId: id,
        promptVersion: 1,
        engine: "server",
        device: "CPU",
        parameters: {},
        stream: false,
        startedAt: new Date("2026-01-02T03:04:05Z"),
        durationMs: 1,
        outcome: "ok",
        statusCode: 200,
      },
    });
    expect(await find(admin)).toMatchObject({
      prompts: [
        {
          fullName: name,
          type: "text",
          comment: "Sorts.",
          owner: { name: "Mira" },
          tags: { team: "support" },
          lastNumber: 2,
          aliases: [{ alias: "production", version: 1, isProtected: true }],
          changedBy: { name: "Mira" },
          lastUsedAt: "2026-01-02T03:04:05.000Z",
          match: null,
        },
      ],
      next: null,
    });
  });

  it("is in the order of full names and comes in pages without gaps, for whoever sees some of them", async () => {
    const other = await makeSchema(admin, "another");
    const made = [];
    for (const each of ["b", "B2", "a", "c", "Ä"]) made.push(await make(admin, each));
    made.push(await make(admin, "z", "x", { schema: other.fullName }));
    const all = await pages(admin, { limit: 2 });
    expect(all).toEqual([
      "main.another.z",
      "main.default.a",
      "main.default.b",
      "main.default.B2",
      "main.default.c",
      "main.default.Ä",
    ]);
    await grantTo(member.actor.userId, "cat_main", "USE CATALOG");
    await grantTo(member.actor.userId, "sch_default", "USE SCHEMA");
    const some = made.filter(({ name }) => ["a", "c", "Ä"].includes(name));
    for (const each of some) await allow(member, each, "EXECUTE");
    expect(await pages(member, { limit: 1 })).toEqual(["main.default.a", "main.default.c", "main.default.Ä"]);
  });

  it("is empty for whoever has no rights, and shows without text what may be known of", async () => {
    await make(admin, "triage", "Secret words.");
    expect(await names(member)).toEqual([]);
    await grantTo(member.actor.userId, "cat_main", "BROWSE");
    expect(await names(member)).toEqual(["default.triage"]);
  });

  it("is filtered by tag, owner and schema", async () => {
    const { id } = await make(admin, "a", "x", { tags: { team: "support", tier: "" } });
    const b = await make(admin, "b", "x", { tags: { team: "sales" } });
    const schema = await makeSchema(admin, "other");
    await make(admin, "c", "x", { schema: schema.fullName });
    await transferOwner(admin, b.id, { principalId: member.actor.userId, revision: b.revision });
    await changeTags(admin, id, tagChange.parse({ set: { "a:b": "c" } }));
    expect(await names(admin, { tag: "team" })).toEqual(["default.a", "default.b"]);
    expect(await names(admin, { tag: "team:sales" })).toEqual(["default.b"]);
    expect(await names(admin, { tag: "a:b" })).toEqual(["default.a"]);
    expect(await names(admin, { tag: "Team" })).toEqual([]);
    expect(await names(admin, { owner: admin.actor.userId })).toEqual(["default.a", "other.c"]);
    expect(await names(admin, { owner: member.actor.userId })).toEqual(["default.b"]);
    expect(await names(admin, { schema: "main.other" })).toEqual(["other.c"]);
    expect(await names(admin, { schema: "main.none" })).toEqual([]);
  });
});

describe("the search", () => {
  it("looks into names, comments and the texts of last versions, whatever the case", async () => {
    await make(admin, "triage", "Sort the TICKET\nof {{name}}.");
    await make(admin, "ticket_summary", "x");
    await make(admin, "other", "x", { comment: "For tickets" });
    await make(admin, "none", "x");
    expect(await names(admin, { q: "ticket" })).toEqual([
      "default.other",
      "default.ticket_summary",
      "default.triage",
    ]);
    const { prompts } = await find(admin, { q: "ticket OF" });
    expect(prompts).toEqual([]);
    const [, , triage] = (await find(admin, { q: "Ticket" })).prompts;
    expect(triage?.match).toEqual({ before: "Sort the ", match: "TICKET", after: " of {{name}}." });
  });

  it("forgets the words of older versions", async () => {
    await make(admin, "triage", "About cats.");
    await createVersion(admin, "main.default.triage", {
      content: text("About dogs."),
      message: "m",
      base: 1,
    });
    expect(await names(admin, { q: "cats" })).toEqual([]);
    expect(await names(admin, { q: "dogs" })).toEqual(["default.triage"]);
  });

  it("does not tell what a text holds to whoever may only know of the prompt", async () => {
    const made = await make(admin, "triage", "Secret words.");
    await grantTo(member.actor.userId, "cat_main", "BROWSE", "USE CATALOG", "USE SCHEMA");
    expect(await names(member, { q: "secret" })).toEqual([]);
    expect((await find(member, { q: "triage" })).prompts).toMatchObject([{ match: null }]);
    await allow(member, made, "EXECUTE");
    expect((await find(member, { q: "secret" })).prompts).toMatchObject([{ match: { match: "Secret" } }]);
  });

  it.each(["%", "_", "\\", "'", "(", "[a", "a.b*c"])("takes %j as it is written", async (q) => {
    await make(admin, "plain", "nothing of the kind");
    await make(admin, "odd", `before ${q} after`);
    expect(await names(admin, { q })).toEqual(["default.odd"]);
    expect((await find(admin, { q })).prompts[0]?.match?.match).toBe(q);
  });

  it("finds letters whose small form is longer", async () => {
    await make(admin, "turkish", "In İstanbul it rains.");
    expect((await find(admin, { q: "İSTANBUL" })).prompts[0]?.match?.after).toMatch(/it rains/);
  });

  it("finds the same where memory has no room for the texts", async () => {
    onTestFinished(() => dropSingle("prompts.textBound"));
    dropSingle("prompts.textBound");
    single("prompts.textBound", () => ({ most: 0 }));
    await make(admin, "triage", "Sort the TICKET.");
    await make(admin, "other", "x");
    expect(await names(admin, { q: "ticket" })).toEqual(["default.triage"]);
    await createVersion(admin, "main.default.triage", { content: text("Dogs."), message: "m", base: 1 });
    expect(await names(admin, { q: "ticket" })).toEqual([]);
    expect(await names(admin, { q: "dogs" })).toEqual(["default.triage"]);
  });

  it("goes on through pages", async () => {
    for (let n = 0; n < 7; n += 1) await make(admin, `p${n}`, n % 2 === 0 ? "even" : "odd");
    expect(await pages(admin, { q: "even", limit: 1 })).toEqual(
      [0, 2, 4, 6].map((n) => `main.default.p${n}`),
    );
  });
});
