import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { aliasRuleInput, type PromptDetail } from "@/lib/prompts";
import {
  findAliasMoves,
  getPrompt,
  removeAlias,
  removeAliasRule,
  saveAliasRule,
  undoAliasMove,
} from "@/lib/prompts/server";
import { audited } from "../registry/support";
import { anotherContext, grantTo } from "../support/context";
import { allow, freshLibrary } from "./library";
import { makeVersions, move } from "./versioned";

const name = "main.default.triage";
const hidden = { code: "not_found", message: "There is no such prompt, or you may not see it." };

let admin: Context;
let member: Context;
let prompt: PromptDetail;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  prompt = await makeVersions(admin, "triage", 3);
});

const remove = (ctx: Context, alias: string, from: number) =>
  removeAlias(ctx, name, alias, { from, why: "" });
const protect = (movers: Context[], approval = false) =>
  saveAliasRule(
    admin,
    name,
    "production",
    aliasRuleInput.parse({ movers: movers.map(({ actor }) => actor.userId), approval }),
  );
const right = async (ctx: Context, alias = "production") =>
  (await getPrompt(ctx, name)).rights.find((each) => each.alias === alias);

describe("the right to move an alias", () => {
  beforeEach(() => grantTo(member.actor.userId, "cat_main", "USE CATALOG", "USE SCHEMA"));

  it("is MANAGE where no rule is set", async () => {
    await expect(move(member, name, "production", 1, null)).rejects.toMatchObject(hidden);
    await allow(member, prompt, "EXECUTE", "MODIFY");
    await expect(move(member, name, "production", 1, null)).rejects.toMatchObject({ code: "forbidden" });
    await allow(member, prompt, "MANAGE");
    expect(await move(member, name, "production", 1, null)).toMatchObject({ to: 1 });
  });

  it("is theirs alone whom a rule names, people and groups alike", async () => {
    const other = await anotherContext({ name: "Tove" });
    await grantTo(other.actor.userId, "cat_main", "USE CATALOG", "USE SCHEMA");
    await allow(member, prompt, "EXECUTE");
    await allow(other, prompt, "MANAGE");
    await protect([member]);
    await expect(move(other, name, "production", 1, null)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("only those whom its rule names"),
    });
    await expect(move(admin, name, "production", 1, null)).rejects.toMatchObject({ code: "forbidden" });
    await move(member, name, "production", 1, null);
    expect(await right(member)).toEqual({ alias: "production", move: true, request: false, decide: true });
    expect(await right(other)).toEqual({ alias: "production", move: false, request: true, decide: true });
    // Another alias is still its managers'.
    await expect(move(member, name, "staging", 1, null)).rejects.toMatchObject({ code: "forbidden" });
    await saveAliasRule(admin, name, "production", { movers: ["admins"], approval: false });
    await expect(move(member, name, "production", 2, 1)).rejects.toMatchObject({ code: "forbidden" });
    expect(await move(admin, name, "production", 2, 1)).toMatchObject({ to: 2 });
  });

  it("does not reach those whom a rule names but who may not know of the prompt", async () => {
    await protect([member]);
    await expect(move(member, name, "production", 1, null)).rejects.toMatchObject(hidden);
  });

  it("does not reach through a key that was narrowed to less than MANAGE", async () => {
    await allow(member, prompt, "EXECUTE");
    await protect([member]);
    const narrowed = (...privileges: ("EXECUTE" | "MANAGE" | "BROWSE")[]): Context => ({
      ...member,
      actor: { ...member.actor, keyId: "key", scopes: { privileges } },
    });
    await expect(move(narrowed("EXECUTE"), name, "production", 1, null)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await move(narrowed("EXECUTE", "MANAGE"), name, "production", 1, null)).toMatchObject({ to: 1 });
  });

  it("holds for undo and removal as well", async () => {
    await allow(member, prompt, "EXECUTE", "MANAGE");
    const moved = await move(member, name, "production", 1, null);
    await protect([admin]);
    await expect(undoAliasMove(member, name, "production", moved.id)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(remove(member, "production", 1)).rejects.toMatchObject({ code: "forbidden" });
    expect(await findAliasMoves(member, name)).toMatchObject([{ mayUndo: false }]);
    expect(await findAliasMoves(admin, name)).toMatchObject([{ mayUndo: true }]);
    expect(await undoAliasMove(admin, name, "production", moved.id)).toMatchObject({ to: null });
  });

  it("is nobody's at once where a move waits for approval", async () => {
    await protect([admin], true);
    await expect(move(admin, name, "production", 1, null)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("once somebody else has approved it. You can ask for the move."),
    });
    expect(await right(admin)).toEqual({ alias: "production", move: false, request: true, decide: true });
  });
});

describe("the rule of an alias", () => {
  it("is set and removed by whoever may manage the prompt, and audited", async () => {
    await grantTo(member.actor.userId, "cat_main", "USE CATALOG", "USE SCHEMA");
    await allow(member, prompt, "EXECUTE", "MODIFY");
    const rule = { movers: [member.actor.userId], approval: false };
    await expect(saveAliasRule(member, name, "production", rule)).rejects.toMatchObject({
      code: "forbidden",
    });
    const { rules } = await saveAliasRule(admin, name, "production", {
      movers: [member.actor.email],
      approval: true,
    });
    expect(rules).toEqual([
      {
        alias: "production",
        approval: true,
        movers: [{ id: member.actor.userId, name: "Noor", kind: "user" }],
      },
    ]);
    await expect(removeAliasRule(member, name, "production")).rejects.toMatchObject({ code: "forbidden" });
    expect((await removeAliasRule(admin, name, "production")).rules).toEqual([]);
    await expect(removeAliasRule(admin, name, "production")).rejects.toMatchObject({ code: "not_found" });
    expect((await audited("prompts")).slice(-2)).toEqual(["setAliasRule", "removeAliasRule"]);
  });

  it("names nobody who is not there or is switched off", async () => {
    await (await db()).prisma.user.update({
      where: { id: member.actor.userId },
      data: { disabledAt: new Date() },
    });
    await expect(
      saveAliasRule(admin, name, "production", {
        movers: ["admins", member.actor.userId, "usr_none"],
        approval: false,
      }),
    ).rejects.toMatchObject({
      code: "unprocessable",
      details: [{ path: "movers.1" }, { path: "movers.2", message: expect.stringContaining("usr_none") }],
    });
  });

  it("is not for latest", async () => {
    await expect(saveAliasRule(admin, name, "latest", { movers: [], approval: false })).rejects.toMatchObject(
      { code: "unprocessable" },
    );
  });
});
