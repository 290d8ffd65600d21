import { beforeEach, describe, expect, it } from "vitest";
import { DELETE, PUT } from "@/app/api/prompts/[name]/aliases/[alias]/route";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { PromptDetail } from "@/lib/prompts";
import { fetchPrompt, findAliasMoves, getPrompt, removeAlias, undoAliasMove } from "@/lib/prompts/server";
import { audited } from "../registry/support";
import { apiRequest, testKey } from "../support/context";
import { freshLibrary } from "./library";
import { makeVersions, move } from "./versioned";

const name = "main.default.triage";

let admin: Context;
let prompt: PromptDetail;
beforeEach(async () => {
  ({ admin } = await freshLibrary());
  prompt = await makeVersions(admin, "triage", 3);
});

const remove = (ctx: Context, alias: string, from: number) =>
  removeAlias(ctx, name, alias, { from, why: "" });

describe("an alias", () => {
  it("points where it was moved, and its history says who, when, why and from where", async () => {
    await move(admin, name, "production", 1, null);
    const moved = await move(admin, name, "production", 3, 1);
    expect(moved).toMatchObject({ alias: "production", from: 1, to: 3, by: { name: "Mira" }, isLast: true });
    expect((await fetchPrompt(admin, name, {})).version).toBe(3);
    expect(await findAliasMoves(admin, name)).toMatchObject([
      { from: 1, to: 3, isLast: true, mayUndo: true },
      { from: null, to: 1, isLast: false, mayUndo: false },
    ]);
    expect((await audited("prompts")).filter((action) => action === "moveAlias")).toHaveLength(2);
  });

  it("is not moved from where it no longer stands", async () => {
    await move(admin, name, "production", 1, null);
    await move(admin, name, "production", 2, 1);
    await expect(move(admin, name, "production", 3, 1)).rejects.toMatchObject({
      code: "conflict",
      message: "Mira moved production meanwhile: it stands at v2, not at v1. Nothing was changed.",
    });
    await expect(move(admin, name, "staging", 3, 1)).rejects.toMatchObject({ code: "conflict" });
    expect((await getPrompt(admin, name)).aliases).toMatchObject([{ alias: "production", version: 2 }]);
  });

  it("of two moves at once, one is refused", async () => {
    await move(admin, name, "production", 1, null);
    const outcomes = await Promise.allSettled([
      move(admin, name, "production", 2, 1),
      move(admin, name, "production", 3, 1),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await findAliasMoves(admin, name)).toHaveLength(2);
  });

  it.each([
    ["latest", "latest always is"],
    ["v3", "it means a version"],
    ["7", "it means a version"],
    ["Production", "Use a–z"],
  ])("cannot be called %s", async (alias, why) => {
    await expect(move(admin, name, alias, 1, null)).rejects.toMatchObject({
      code: "unprocessable",
      message: expect.stringContaining(why),
    });
  });

  it("points to no version that does not exist, and not again to its own", async () => {
    await expect(move(admin, name, "production", 4, null)).rejects.toMatchObject({ code: "not_found" });
    await move(admin, name, "production", 2, null);
    await expect(move(admin, name, "production", 2, 2)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is undone once, to where it stood, also to nowhere", async () => {
    const first = await move(admin, name, "production", 1, null);
    const second = await move(admin, name, "production", 3, 1);
    await expect(undoAliasMove(admin, name, "production", first.id)).rejects.toMatchObject({
      code: "conflict",
      message: "production was moved again since. Nothing was changed.",
    });
    const undone = await undoAliasMove(admin, name, "production", second.id);
    expect(undone).toMatchObject({ from: 3, to: 1, undoes: second.id, why: "Undo of v1 → v3" });
    expect((await fetchPrompt(admin, name, {})).version).toBe(1);
    const again = await undoAliasMove(admin, name, "production", undone.id);
    expect(again).toMatchObject({ from: 1, to: 3 });

    const staging = await move(admin, name, "staging", 2, null);
    await undoAliasMove(admin, name, "staging", staging.id);
    await expect(fetchPrompt(admin, name, { alias: "staging" })).rejects.toMatchObject({ code: "not_found" });
    expect(await audited("prompts")).toContain("undoAliasMove");
  });

  it("is taken away from where it stands, and its history stays", async () => {
    await move(admin, name, "production", 1, null);
    await expect(remove(admin, "production", 2)).rejects.toMatchObject({ code: "conflict" });
    await expect(remove(admin, "staging", 2)).rejects.toMatchObject({ code: "not_found" });
    expect(await remove(admin, "production", 1)).toMatchObject({ from: 1, to: null });
    expect((await getPrompt(admin, name)).aliases).toEqual([]);
    expect(await findAliasMoves(admin, name)).toHaveLength(2);
  });

  it("is one of fifty at most", async () => {
    await (await db()).prisma.promptAlias.createMany({
      data: Array.from({ length: 50 }, (_, n) => ({ promptId: prompt.id, alias: `try-${n}`, version: 1 })),
    });
    await expect(move(admin, name, "one-more", 1, null)).rejects.toMatchObject({ code: "conflict" });
    expect((await move(admin, name, "try-7", 2, 1)).to).toBe(2);
  });
});

describe("over HTTP", () => {
  const at = { params: Promise.resolve({ name, alias: "production" }) };
  const path = `/api/prompts/${name}/aliases/production`;
  const send = async (method: "PUT" | "DELETE", body: unknown, headers: Record<string, string> = {}) => {
    const request = await apiRequest(path, { method, body, headers, key: await testKey(admin) });
    return (method === "PUT" ? PUT : DELETE)(request, at);
  };

  it("where the alias was seen is said in the body or in a header", async () => {
    expect((await send("PUT", { version: 1 }, { "if-none-match": "*" })).status).toBe(200);
    expect((await send("PUT", { version: 2 }, { "if-match": '"1"' })).status).toBe(200);
    expect((await send("PUT", { version: 3, from: 2 })).status).toBe(200);
    expect((await send("PUT", { version: 1, from: 3 }, { "if-match": '"3"' })).status).toBe(200);
    expect((await send("PUT", { version: 2 }, { "if-match": '"3"' })).status).toBe(409);
    expect((await send("DELETE", undefined, { "if-match": '"1"' })).status).toBe(200);
  });

  it.each<[string, number, Record<string, string>, object]>([
    ["nothing said", 422, {}, { version: 1 }],
    ["both said, and different", 400, { "if-match": '"2"' }, { version: 1, from: 1 }],
    ["a weak tag", 400, { "if-match": 'W/"1"' }, { version: 1 }],
    ["a tag that is no version", 400, { "if-match": '"abc"' }, { version: 1 }],
    ["a list", 400, { "if-match": '"1", "2"' }, { version: 1 }],
    ["any", 400, { "if-match": "*" }, { version: 1 }],
    ["two headers", 400, { "if-match": '"1"', "if-none-match": "*" }, { version: 1 }],
  ])("is refused with %s", async (_, status, headers, body) => {
    expect((await send("PUT", body, headers)).status).toBe(status);
  });
});
