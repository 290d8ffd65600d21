import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Context } from "@/lib/auth/server";
import {
  changeGrants,
  dropObject,
  restoreObject,
  startCatalog,
  stopCatalog,
  updateObject,
} from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import { type PromptDetail, promptContent, promptCreation } from "@/lib/prompts";
import {
  createPrompt,
  createVersion,
  fetchPrompt,
  getPrompt,
  moveAlias,
  renderPrompt,
} from "@/lib/prompts/server";
import { makeSchema } from "../catalog/support";
import { audited } from "../registry/support";
import { anotherContext, grantTo } from "../support/context";
import { allow, freshLibrary, make, text } from "./library";

let admin: Context;
let member: Context;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
});

const hidden = { code: "not_found", message: "There is no such prompt, or you may not see it." };
const name = "main.default.triage";

const to = (version: number, from: number | null = null) => ({ version, from, why: "" });

describe("a prompt", () => {
  it("is made with its first version, its tags and its comment, and belongs to its maker", async () => {
    const made = await make(admin, "triage", "Sort {{ticket}}.", {
      comment: "Sorts tickets.",
      tags: { team: "support" },
      message: "Begin",
    });
    expect(made).toMatchObject({
      fullName: name,
      type: "text",
      comment: "Sorts tickets.",
      tags: { team: "support" },
      owner: { name: "Mira" },
      lastNumber: 1,
      versions: [{ number: 1, message: "Begin", baseNumber: null, createdBy: { name: "Mira" }, aliases: [] }],
      aliases: [],
      may: { execute: true, modify: true, manage: true, grant: true },
    });
    expect(made.id).toMatch(/^pmt_/);
    expect(await audited("prompts")).toEqual(["createPrompt"]);
  });

  it("has no alias until somebody gives it one, so that production is not found", async () => {
    await make(admin, "triage");
    await expect(fetchPrompt(admin, name, {})).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("production"),
    });
  });

  it("takes no name that anything in its schema has, in whatever case", async () => {
    await make(admin, "triage");
    await expect(make(admin, "TRIAGE")).rejects.toMatchObject({ code: "conflict" });
    expect(await (await db()).prisma.prompt.count()).toBe(1);
  });

  it.each(["a@b", "a{b", "a}}b", "a.b", ""])("cannot be named %j", (wrong) => {
    const made = { schema: "main.default", name: wrong, content: { type: "text", text: "x" } };
    expect(promptCreation.safeParse(made).success).toBe(false);
  });

  it("is made by whoever may make prompts in the schema, and is then theirs", async () => {
    await expect(make(member, "triage")).rejects.toMatchObject({ code: "forbidden" });
    const hiddenSchema = await makeSchema(admin, "quiet");
    const there = { schema: hiddenSchema.fullName };
    await expect(make(member, "triage", "x", there)).rejects.toMatchObject({ code: "not_found" });
    await grantTo(member.actor.userId, "sch_default", "CREATE PROMPT");
    expect((await make(member, "triage")).owner.name).toBe("Noor");
    expect((await fetchPrompt(member, name, { version: 1 })).resolved).toMatchObject({ text: "Say hello." });
  });

  it("is not made in a schema that is not there", async () => {
    const input = promptCreation.parse({
      schema: "main.none",
      name: "a",
      content: { type: "text", text: "" },
    });
    await expect(createPrompt(admin, input)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("rights on a prompt", () => {
  let made: PromptDetail;
  beforeEach(async () => {
    made = await make(admin, "triage", "Sort {{ticket}}.");
    await moveAlias(admin, name, "production", to(1));
  });

  it("without any it does not exist, by name and in every way", async () => {
    await expect(getPrompt(member, name)).rejects.toMatchObject(hidden);
    await expect(fetchPrompt(member, name, {})).rejects.toMatchObject(hidden);
    await expect(fetchPrompt(member, "main.default.none", {})).rejects.toMatchObject(hidden);
  });

  it("BROWSE shows that it is there, and no text", async () => {
    await grantTo(member.actor.userId, "cat_main", "BROWSE");
    expect(await getPrompt(member, name)).toMatchObject({
      lastNumber: 1,
      may: { execute: false, modify: false, manage: false, grant: false },
      rights: [{ alias: "production", move: false, request: false, decide: false }],
    });
    await expect(fetchPrompt(member, name, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  it("EXECUTE fetches, and its end is seen by the very next fetch, though it was remembered", async () => {
    await allow(member, made, "EXECUTE");
    const first = await fetchPrompt(member, name, {});
    expect(first).toMatchObject({ version: 1, alias: "production", aliases: ["production"] });
    // Remembered for all: the administrator gets the same object.
    expect(await fetchPrompt(admin, name, {})).toBe(first);
    const change = { principalId: member.actor.userId, add: [], remove: ["EXECUTE" as const] };
    await changeGrants(admin, { objectIds: [made.id], changes: [change] });
    await expect(fetchPrompt(member, name, {})).rejects.toMatchObject({ code: "not_found" });
    expect((await fetchPrompt(admin, name, {})).version).toBe(1);
  });

  it("one who is remembered to be allowed does not open it to another", async () => {
    await fetchPrompt(admin, name, {});
    const other = await anotherContext();
    await expect(fetchPrompt(other, name, {})).rejects.toMatchObject(hidden);
  });
});

describe("a fetch", () => {
  beforeEach(async () => {
    await make(admin, "triage", "One {{a}}.");
    await createVersion(admin, name, { content: text("Two {{a}}."), message: "Two", base: 1 });
  });

  it("goes by alias, by version, by latest, and to production where none is named", async () => {
    await moveAlias(admin, name, "production", to(1));
    expect((await fetchPrompt(admin, name, {})).version).toBe(1);
    expect((await fetchPrompt(admin, name, { alias: "production" })).alias).toBe("production");
    expect(await fetchPrompt(admin, name, { alias: "latest" })).toMatchObject({
      version: 2,
      alias: "latest",
    });
    expect(await fetchPrompt(admin, name, { version: 1 })).toMatchObject({
      alias: null,
      message: "First version",
    });
  });

  it("never falls back", async () => {
    await expect(fetchPrompt(admin, name, { alias: "staging" })).rejects.toMatchObject({ code: "not_found" });
    await expect(fetchPrompt(admin, name, { version: 3 })).rejects.toMatchObject({ code: "not_found" });
    await expect(fetchPrompt(admin, name, { version: 1, alias: "latest" })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("sees a moved alias and a new version at once", async () => {
    await moveAlias(admin, name, "production", to(1));
    expect((await fetchPrompt(admin, name, {})).version).toBe(1);
    await moveAlias(admin, name, "production", to(2, 1));
    expect((await fetchPrompt(admin, name, {})).version).toBe(2);
    expect((await fetchPrompt(admin, name, { alias: "latest" })).version).toBe(2);
    await createVersion(admin, name, { content: text("Three."), message: "Three", base: 2 });
    expect((await fetchPrompt(admin, name, { alias: "latest" })).version).toBe(3);
  });

  it("fills in: what is missing is named, a wrong type is told apart", async () => {
    const typed = {
      variables: [
        { name: "n", type: { type: "number" } },
        { name: "b", default: "bee" },
      ],
    };
    const content = promptContent.parse({ type: "text", text: "{{a}} {{n}} {{b}}", ...typed });
    await createVersion(admin, name, { content, message: "Typed", base: 2 });
    const render = (variables: Record<string, string | number>) =>
      renderPrompt(admin, name, { alias: "latest", variables });
    await expect(render({})).rejects.toMatchObject({
      code: "invalid",
      details: [{ path: "variables.a" }, { path: "variables.n" }],
    });
    await expect(render({ a: "x", n: "many" })).rejects.toMatchObject({ code: "unprocessable" });
    expect(await render({ a: "{{b}}", n: 3 })).toMatchObject({
      text: "{{b}} 3 bee",
      messages: [{ role: "user", content: "{{b}} 3 bee" }],
      version: 3,
    });
  });
});

describe("a prompt in a prompt", () => {
  let rules: PromptDetail;
  beforeEach(async () => {
    rules = await make(admin, "rules", "Be {{tone}}.");
    await moveAlias(admin, "main.default.rules", "production", to(1));
    await make(admin, "triage", "{{> main.default.rules}} Sort {{ticket}}.");
    await moveAlias(admin, name, "production", to(1));
  });

  it("is put in its place, and its variables join", async () => {
    expect(await fetchPrompt(admin, name, {})).toMatchObject({
      content: { text: "{{> main.default.rules}} Sort {{ticket}}." },
      resolved: { text: "Be {{tone}}. Sort {{ticket}}." },
      includes: [{ fullName: "main.default.rules", version: 1, alias: "production" }],
      variables: [{ name: "tone" }, { name: "ticket" }],
    });
  });

  it("needs EXECUTE of its own, each time and from each caller", async () => {
    const triage = await getPrompt(admin, name);
    await allow(member, triage, "EXECUTE");
    await fetchPrompt(admin, name, {});
    await expect(fetchPrompt(member, name, {})).rejects.toMatchObject({ code: "not_found" });
    await allow(member, rules, "EXECUTE");
    expect((await fetchPrompt(member, name, {})).resolved).toMatchObject({
      text: expect.stringContaining("Be"),
    });
    const change = { principalId: member.actor.userId, add: [], remove: ["EXECUTE" as const] };
    await changeGrants(admin, { objectIds: [rules.id], changes: [change] });
    await expect(fetchPrompt(member, name, {})).rejects.toMatchObject({ code: "not_found" });
  });

  it("follows its alias, and is told in the same words whether it is hidden or gone", async () => {
    await createVersion(admin, "main.default.rules", { content: text("Be short."), message: "m", base: 1 });
    await moveAlias(admin, "main.default.rules", "production", to(2, 1));
    expect((await fetchPrompt(admin, name, {})).resolved).toMatchObject({
      text: "Be short. Sort {{ticket}}.",
    });
    const triage = await getPrompt(admin, name);
    await allow(member, triage, "EXECUTE");
    const seen = () => fetchPrompt(member, name, {}).catch((error: Error) => error.message);
    const whileHidden = await seen();
    await dropObject(admin, rules.id, { force: false });
    expect(await seen()).toBe(whileHidden);
  });

  it("cannot include itself, also not through another", async () => {
    const circle = text("{{> main.default.triage@latest}}");
    await expect(
      createVersion(admin, "main.default.rules", { content: circle, message: "m", base: 1 }),
    ).rejects.toMatchObject({
      code: "unprocessable",
      message: expect.stringContaining("main.default.triage"),
    });
    const own = text("{{> main.default.triage@1}}");
    await expect(createVersion(admin, name, { content: own, message: "m", base: 1 })).rejects.toMatchObject({
      code: "unprocessable",
    });
    expect((await getPrompt(admin, name)).lastNumber).toBe(1);
  });
});

describe("in the catalogue a prompt", () => {
  it("is renamed and moved, keeps its versions, and is found by its new name alone", async () => {
    const made = await make(admin, "triage");
    const schema = await makeSchema(admin, "support");
    await updateObject(admin, made.id, { revision: made.revision, name: "sort", parentId: schema.id });
    expect((await fetchPrompt(admin, "main.support.sort", { version: 1 })).name).toBe("main.support.sort");
    await expect(getPrompt(admin, name)).rejects.toMatchObject(hidden);
  });

  it("takes no name that a reference could not hold", async () => {
    const made = await make(admin, "triage");
    const rename = { revision: made.revision, name: "a@b" };
    await expect(updateObject(admin, made.id, rename)).rejects.toMatchObject({ code: "unprocessable" });
    expect((await getPrompt(admin, name)).name).toBe("triage");
  });

  it("is dropped, frees its name, and comes back as it was", async () => {
    const made = await make(admin, "triage");
    await moveAlias(admin, name, "production", to(1));
    await dropObject(admin, made.id, { force: false });
    await expect(fetchPrompt(admin, name, {})).rejects.toMatchObject(hidden);
    const other = await make(admin, "triage", "Another.");
    expect((await getPrompt(admin, name)).aliases).toEqual([]);
    await dropObject(admin, other.id, { force: false });
    await restoreObject(admin, made.id);
    expect(await fetchPrompt(admin, name, {})).toMatchObject({ id: made.id, version: 1 });
  });

  it("is removed with everything once it cannot come back", async () => {
    const made = await make(admin, "triage");
    await moveAlias(admin, name, "production", to(1));
    const kept = await make(admin, "kept");
    await dropObject(admin, made.id, { force: false });
    onTestFinished(() => {
      stopCatalog();
      vi.useRealTimers();
    });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 8 * 86_400_000 });
    await startCatalog();
    const { prisma } = await db();
    expect(await prisma.prompt.findMany({ select: { id: true } })).toEqual([{ id: kept.id }]);
    expect(await prisma.promptVersion.count({ where: { promptId: made.id } })).toBe(0);
    expect(await prisma.promptAliasMove.count({ where: { promptId: made.id } })).toBe(0);
  });
});
