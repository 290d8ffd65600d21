import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { isAppError } from "@/lib/core";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { type MergeResult, mergeResult, type PromptDetail, promptContent } from "@/lib/prompts";
import { createVersion, findVersions, getPrompt, getVersion } from "@/lib/prompts/server";
import { audited } from "../registry/support";
import { grantTo } from "../support/context";
import { allow, freshLibrary, make, text } from "./library";

const name = "main.default.triage";
const first = "You sort tickets.\n\nBe kind.\n\nAnswer in one word.";

let admin: Context;
let member: Context;
let made: PromptDetail;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  made = await make(admin, "triage", first, { message: "Begin" });
});

const save = (words: string, base: number, more: object = {}) =>
  createVersion(admin, name, { content: text(words, more), message: `From v${base}`, base });

/** The merge that a refusal carries. */
async function conflictOf(work: Promise<unknown>): Promise<MergeResult> {
  const error: unknown = await work.then(() => null).catch((caught: unknown) => caught);
  if (!isAppError(error) || error.code !== "conflict") throw new Error("It was no conflict");
  return mergeResult.parse(error.conflict);
}

describe("a version", () => {
  it("is numbered in order, and never changes", async () => {
    await save(first.replace("kind", "brief"), 1);
    expect(await getVersion(admin, name, 1)).toMatchObject({ content: { text: first }, message: "Begin" });
    expect(await getVersion(admin, name, 2)).toMatchObject({ number: 2, baseNumber: 1, message: "From v1" });
    expect((await getPrompt(admin, name)).versions.map(({ number }) => number)).toEqual([2, 1]);
    expect(await audited("prompts")).toEqual(["createPrompt", "createVersion"]);
  });

  it("has the same hash as one that says the same, whatever the order of its fields", async () => {
    const parameters = { temperature: 0, top_p: 1 };
    const { hash } = await save(first, 1, { parameters });
    await save("Other.", 2);
    const again = await save(first, 3, { parameters: { top_p: 1, temperature: 0 } });
    expect(again.hash).toBe(hash);
    expect(again.number).toBe(4);
  });

  it("that changes nothing is refused in plain words", async () => {
    await expect(save(first, 1)).rejects.toMatchObject({
      code: "conflict",
      message: `v1 of ${name} says exactly this already.`,
      conflict: undefined,
    });
    expect((await getPrompt(admin, name)).lastNumber).toBe(1);
  });

  it("keeps the type of its prompt, and starts from a version that exists", async () => {
    const chat = promptContent.parse({ type: "chat", messages: [{ role: "user", text: "Hi" }] });
    await expect(createVersion(admin, name, { content: chat, message: "m", base: 1 })).rejects.toMatchObject({
      code: "unprocessable",
      details: [{ path: "content.type" }],
    });
    await expect(save("x", 7)).rejects.toMatchObject({ code: "unprocessable", details: [{ path: "base" }] });
  });

  it("that includes what is not there is refused", async () => {
    await expect(save("{{> main.default.none}}", 1)).rejects.toMatchObject({ code: "unprocessable" });
    expect((await getPrompt(admin, name)).lastNumber).toBe(1);
  });

  it("is read with EXECUTE and written with MODIFY", async () => {
    await grantTo(member.actor.userId, "cat_main", "BROWSE");
    await expect(getVersion(member, name, 1)).rejects.toMatchObject({ code: "forbidden" });
    expect((await findVersions(member, name, {})).versions).toMatchObject([{ number: 1 }]);
    await allow(member, made, "EXECUTE");
    expect((await getVersion(member, name, 1)).content).toMatchObject({ text: first });
    const input = { content: text("x"), message: "m", base: 1 };
    await expect(createVersion(member, name, input)).rejects.toMatchObject({ code: "forbidden" });
    await allow(member, made, "MODIFY");
    expect((await createVersion(member, name, input)).createdBy?.name).toBe("Noor");
  });

  it.each([0, -1, 2, 1.5, Number.NaN, 1e300])("%d is not found", async (number) => {
    await expect(getVersion(admin, name, number)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("two who start from the same version", () => {
  it("and change different places are merged", async () => {
    await save(first.replace("kind", "brief"), 1);
    const merged = await save(first.replace("one word", "two words"), 1, { parameters: { temperature: 0 } });
    expect(merged).toMatchObject({
      number: 3,
      baseNumber: 1,
      content: {
        text: first.replace("kind", "brief").replace("one word", "two words"),
        parameters: { temperature: 0 },
      },
    });
  });

  it("and change the same place get the merge to settle, and nothing is written", async () => {
    await save(first.replace("kind", "brief"), 1);
    const found = await conflictOf(save(first.replace("kind", "stern"), 1));
    expect(found).toMatchObject({
      base: { number: 1 },
      theirs: { number: 2, createdBy: { name: "Mira" } },
      mine: { text: first.replace("kind", "stern") },
      conflicts: [{ path: "text" }],
    });
    expect((await getPrompt(admin, name)).lastNumber).toBe(2);
    expect(await audited("prompts")).toEqual(["createPrompt", "createVersion"]);
  });

  it("at the same moment both get through, one after the other", async () => {
    await Promise.all([
      save(first.replace("kind", "brief"), 1),
      save(first.replace("one word", "two words"), 1),
      save(first, 1, { parameters: { temperature: 1 } }),
    ]);
    const last = await getVersion(admin, name, 4);
    expect(last.content).toMatchObject({
      text: first.replace("kind", "brief").replace("one word", "two words"),
      parameters: { temperature: 1 },
    });
  });

  it("in two processes, of which neither knows of the other, both get through", async () => {
    const one = save(first.replace("kind", "brief"), 1);
    dropSingle("prompts.turns");
    const other = save(first.replace("one word", "two words"), 1);
    const numbers = (await Promise.all([one, other])).map(({ number }) => number);
    expect(numbers.sort()).toEqual([2, 3]);
    expect((await getVersion(admin, name, 3)).content).toMatchObject({
      text: first.replace("kind", "brief").replace("one word", "two words"),
    });
  });

  it("at the same moment and in the same place: one is saved, the other gets the merge", async () => {
    const words = ["brief", "stern", "calm", "dry"].map((word) => first.replace("kind", word));
    const ends = await Promise.allSettled(words.map((each) => save(each, 1)));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getPrompt(admin, name)).lastNumber).toBe(2);
  });
});

describe("a long history", () => {
  it("is read in pages, the newest first", async () => {
    const { prisma } = await db();
    const { content, hash } = await prisma.promptVersion.findFirstOrThrow();
    const rows = Array.from({ length: 249 }, (_, at) => ({ number: at + 2, message: `Version ${at + 2}` }));
    await prisma.promptVersion.createMany({
      data: rows.map((row) => ({ ...row, promptId: made.id, content: content as object, hash })),
    });
    await prisma.prompt.update({ where: { id: made.id }, data: { lastNumber: 250 } });
    const seen: number[] = [];
    const detail = await getPrompt(admin, name);
    seen.push(...detail.versions.map(({ number }) => number));
    for (let before: number | null = seen.at(-1) ?? null; before !== null; ) {
      const page = await findVersions(admin, name, { before });
      seen.push(...page.versions.map(({ number }) => number));
      before = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, at) => 250 - at));
  });
});
