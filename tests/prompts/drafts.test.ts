import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { PromptDetail } from "@/lib/prompts";
import {
  createVersion,
  discardDraft,
  getDraft,
  getPrompt,
  getVersion,
  mergeDraft,
  previewMerge,
  saveDraft,
} from "@/lib/prompts/server";
import { audited } from "../registry/support";
import { allow, freshLibrary, make, text } from "./library";

const name = "main.default.triage";
const first = "You sort tickets.\n\nBe kind.\n\nAnswer in one word.";

let admin: Context;
let member: Context;
let made: PromptDetail;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  made = await make(admin, "triage", first);
});

const write = (ctx: Context, words: string, revision: number | null = null, baseNumber = 1) =>
  saveDraft(ctx, name, { content: text(words), baseNumber, revision });

describe("a draft", () => {
  it("is nobody else's: not even an administrator sees it", async () => {
    await allow(member, made, "EXECUTE", "MODIFY");
    await write(member, "Mine.");
    expect(await getDraft(member, name)).toMatchObject({ content: { text: "Mine." }, revision: 1 });
    expect(await getDraft(admin, name)).toBeNull();
    expect((await getPrompt(admin, name)).draft).toBeNull();
    expect((await getPrompt(member, name)).draft).toMatchObject({ baseNumber: 1, revision: 1 });
  });

  it("needs MODIFY", async () => {
    await allow(member, made, "EXECUTE");
    await expect(write(member, "Mine.")).rejects.toMatchObject({ code: "forbidden" });
    await expect(getDraft(member, name)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("is saved over the revision that was seen, and over no other", async () => {
    await write(admin, "One.");
    expect((await write(admin, "Two.", 1)).revision).toBe(2);
    await expect(write(admin, "From another tab.", 1)).rejects.toMatchObject({ code: "conflict" });
    await expect(write(admin, "From another tab.")).rejects.toMatchObject({ code: "conflict" });
    expect(await getDraft(admin, name)).toMatchObject({ content: { text: "Two." } });
  });

  it("starts from a version that exists", async () => {
    await expect(write(admin, "x", null, 2)).rejects.toMatchObject({ code: "unprocessable" });
    await expect(write(admin, "x", null, 0)).rejects.toMatchObject({ code: "unprocessable" });
  });

  it("is thrown away, also twice", async () => {
    await write(admin, "One.");
    await discardDraft(admin, name);
    await discardDraft(admin, name);
    expect(await getDraft(admin, name)).toBeNull();
    expect(await audited("prompts")).toEqual(["createPrompt", "saveDraft", "discardDraft"]);
  });

  it("may be saved unfinished: what it includes is looked for when it is merged", async () => {
    await write(admin, "{{> main.default.none}}");
    await expect(mergeDraft(admin, name, { message: "m", revision: 1 })).rejects.toMatchObject({
      code: "unprocessable",
    });
    expect(await getDraft(admin, name)).not.toBeNull();
  });
});

describe("a merge", () => {
  it("makes the next version and ends the draft", async () => {
    await write(admin, "One.");
    const version = await mergeDraft(admin, name, { message: "Shorter", revision: 1 });
    expect(version).toMatchObject({
      number: 2,
      message: "Shorter",
      baseNumber: 1,
      content: { text: "One." },
    });
    expect(await getDraft(admin, name)).toBeNull();
    expect(await audited("prompts")).toEqual(["createPrompt", "saveDraft", "mergeDraft"]);
  });

  it("of a revision that is no longer the last is refused", async () => {
    await write(admin, "One.");
    await write(admin, "Two.", 1);
    await expect(mergeDraft(admin, name, { message: "m", revision: 1 })).rejects.toMatchObject({
      code: "conflict",
      conflict: undefined,
    });
    expect((await getPrompt(admin, name)).lastNumber).toBe(1);
  });

  it("keeps what others saved since, and shows beforehand what it gives", async () => {
    await write(admin, first.replace("kind", "brief"));
    await createVersion(admin, name, {
      content: text(first.replace("one word", "two words")),
      message: "Theirs",
      base: 1,
    });
    const both = first.replace("kind", "brief").replace("one word", "two words");
    expect(await previewMerge(admin, name)).toMatchObject({
      base: { number: 1 },
      theirs: { number: 2 },
      merged: { text: both },
      conflicts: [],
    });
    const { number } = await mergeDraft(admin, name, { message: "Both", revision: 1 });
    expect((await getVersion(admin, name, number)).content).toMatchObject({ text: both });
  });

  it("with a conflict carries the merge, and draft and prompt stay as they were", async () => {
    await write(admin, first.replace("kind", "brief"));
    await createVersion(admin, name, {
      content: text(first.replace("kind", "stern")),
      message: "Theirs",
      base: 1,
    });
    await expect(mergeDraft(admin, name, { message: "Mine", revision: 1 })).rejects.toMatchObject({
      code: "conflict",
      conflict: { theirs: { number: 2, message: "Theirs" }, conflicts: [{ path: "text" }] },
    });
    expect(await getDraft(admin, name)).toMatchObject({ revision: 1, baseNumber: 1 });
    expect((await getPrompt(admin, name)).lastNumber).toBe(2);
    // Settled: from their version on.
    const settled = await write(admin, first.replace("kind", "brief and stern"), 1, 2);
    const { number } = await mergeDraft(admin, name, { message: "Settled", revision: settled.revision });
    expect(number).toBe(3);
  });

  it("sent twice at once makes one version", async () => {
    await write(admin, "One.");
    const merges = [1, 2, 3].map(() => mergeDraft(admin, name, { message: "m", revision: 1 }));
    const ends = await Promise.allSettled(merges);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getPrompt(admin, name)).lastNumber).toBe(2);
    expect(await (await db()).prisma.promptDraft.count()).toBe(0);
  });

  it("without a draft there is nothing to merge", async () => {
    await expect(previewMerge(admin, name)).rejects.toMatchObject({ code: "not_found" });
    await expect(mergeDraft(admin, name, { message: "m", revision: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
