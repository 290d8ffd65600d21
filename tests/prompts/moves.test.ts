import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { changeGrants } from "@/lib/catalog/server";
import { aliasMove, aliasRuleInput, type MoveDecision, moveDecision, type PromptDetail } from "@/lib/prompts";
import {
  decideMove,
  fetchPrompt,
  findAliasMoves,
  findMoveRequests,
  getPrompt,
  requestMove,
  saveAliasRule,
  seeMoveDecisions,
} from "@/lib/prompts/server";
import { revoking } from "../catalog/support";
import { audited } from "../registry/support";
import { anotherContext, grantTo } from "../support/context";
import { allow, freshLibrary } from "./library";
import { makeVersions, move } from "./versioned";

const name = "main.default.triage";

let admin: Context;
/** May change the prompt, and ask for moves. */
let writer: Context;
let prompt: PromptDetail;
beforeEach(async () => {
  ({ admin, member: writer } = await freshLibrary());
  prompt = await makeVersions(admin, "triage", 3);
  await grantTo("all_users", "cat_main", "USE CATALOG", "USE SCHEMA");
  await allow(writer, prompt, "EXECUTE", "MODIFY");
  await move(admin, name, "production", 1, null);
});

const ask = (ctx: Context, version = 3, from: number | null = 1, why = "It is better") =>
  requestMove(ctx, name, "production", aliasMove.parse({ version, from, why }));
const decide = (ctx: Context, id: string, decision: MoveDecision["decision"], comment = "") =>
  decideMove(ctx, id, moveDecision.parse({ decision, comment }));
const protect = (movers: Context[], approval: boolean) =>
  saveAliasRule(
    admin,
    name,
    "production",
    aliasRuleInput.parse({ movers: movers.map(({ actor }) => actor.userId), approval }),
  );

async function mover(who: string): Promise<Context> {
  const ctx = await anotherContext({ name: who });
  await allow(ctx, prompt, "EXECUTE");
  return ctx;
}

describe("a request to move an alias", () => {
  it("waits in the inbox of whoever may decide it, and moves the alias once it is approved", async () => {
    const asked = await ask(writer);
    expect(asked).toMatchObject({
      prompt: { fullName: name },
      alias: "production",
      from: 1,
      to: 3,
      version: { number: 3, message: "Try 3" },
      why: "It is better",
      requestedBy: { name: "Noor" },
      state: "pending",
      may: { decide: false, withdraw: true },
    });
    expect((await fetchPrompt(admin, name, {})).version).toBe(1);
    expect((await getPrompt(admin, name)).pending).toBe(1);
    const waiting = await findMoveRequests(admin);
    expect(waiting).toMatchObject({ waiting: 1, own: [], inbox: [{ id: asked.id, may: { decide: true } }] });

    expect(await decide(admin, asked.id, "approve", "Go on")).toMatchObject({ waiting: 0 });
    expect((await fetchPrompt(admin, name, {})).version).toBe(3);
    expect(await findAliasMoves(writer, name)).toMatchObject([
      { from: 1, to: 3, why: "It is better", by: { name: "Mira" }, requestedBy: { name: "Noor" } },
      { requestedBy: null },
    ]);
    expect((await audited("prompts")).slice(-3)).toEqual(["requestMove", "approveMove", "moveAlias"]);
  });

  it("tells its author of the decision until that was looked at", async () => {
    const { id } = await ask(writer);
    await decide(admin, id, "reject", "Not yet");
    const seen = await findMoveRequests(writer);
    expect(seen).toMatchObject({
      waiting: 1,
      own: [{ state: "rejected", decision: "Not yet", decidedBy: { name: "Mira" }, isNew: true }],
    });
    await seeMoveDecisions(writer);
    expect(await findMoveRequests(writer)).toMatchObject({ waiting: 0, own: [{ isNew: false }] });
    expect((await fetchPrompt(admin, name, {})).version).toBe(1);
    // Decided ones stay to be looked up.
    expect(await findMoveRequests(admin)).toMatchObject({ waiting: 0, inbox: [{ state: "rejected" }] });
  });

  it("is withdrawn by its author alone", async () => {
    const { id } = await ask(writer);
    await expect(decide(admin, id, "withdraw")).rejects.toMatchObject({ code: "not_found" });
    expect(await decide(writer, id, "withdraw")).toMatchObject({ own: [{ state: "withdrawn" }] });
    await expect(decide(admin, id, "approve")).rejects.toMatchObject({ code: "conflict" });
    expect((await getPrompt(admin, name)).pending).toBe(0);
  });

  it("is not made by whoever may move it anyway, may only read, or asks for what is asked already", async () => {
    await expect(ask(admin)).rejects.toMatchObject({ code: "conflict" });
    await expect(ask(await mover("Rolf"))).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask(await anotherContext())).rejects.toMatchObject({ code: "not_found" });
    await ask(writer);
    await expect(ask(writer)).rejects.toMatchObject({
      code: "conflict",
      message: "Noor has asked to move production to v3 already.",
    });
    await expect(ask(writer, 9)).rejects.toMatchObject({ code: "not_found" });
    await expect(ask(writer, 2, 2)).rejects.toMatchObject({ code: "conflict" });
    await expect(ask(writer, 1, 1)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is not fulfilled once the alias stands elsewhere, and stays open", async () => {
    const { id } = await ask(writer);
    await move(admin, name, "production", 2, 1);
    await expect(decide(admin, id, "approve")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("it stands at v2, not at v1"),
    });
    expect((await findMoveRequests(admin)).inbox).toMatchObject([{ state: "pending" }]);
    expect(await decide(admin, id, "reject")).toMatchObject({ inbox: [{ state: "rejected" }] });
  });

  it("is decided once, of two who decide at the same time", async () => {
    const other = await mover("Tove");
    await allow(other, prompt, "MANAGE");
    const { id } = await ask(writer);
    const outcomes = await Promise.allSettled([decide(admin, id, "approve"), decide(other, id, "reject")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("is neither seen nor decided by whoever has no right to it", async () => {
    const { id } = await ask(writer);
    const reader = await mover("Rolf");
    const stranger = await anotherContext();
    for (const ctx of [reader, stranger]) {
      expect(await findMoveRequests(ctx)).toEqual({ inbox: [], own: [], waiting: 0 });
      await expect(decide(ctx, id, "approve")).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(decide(writer, id, "approve")).rejects.toMatchObject({ code: "not_found" });
    await expect(decide(admin, "mov_none", "approve")).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes out of sight of an author who may no longer know of the prompt", async () => {
    const { id } = await ask(writer);
    await changeGrants(admin, revoking(prompt.id, writer.actor.userId, "EXECUTE", "MODIFY"));
    expect(await findMoveRequests(writer)).toEqual({ inbox: [], own: [], waiting: 0 });
    await expect(decide(writer, id, "withdraw")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a move that needs approval", () => {
  it("is approved by another mover, never by who asked", async () => {
    const [rolf, tove] = [await mover("Rolf"), await mover("Tove")];
    await protect([rolf, tove], true);
    const { id } = await ask(rolf);
    await expect(decide(rolf, id, "approve")).rejects.toMatchObject({
      code: "forbidden",
      message: "You asked for this move; somebody else decides it.",
    });
    await decide(tove, id, "approve");
    expect((await fetchPrompt(tove, name, {})).version).toBe(3);
  });

  it("is approved by whoever may manage the prompt, unless they asked", async () => {
    const rolf = await mover("Rolf");
    await protect([rolf], true);
    const { id } = await ask(rolf);
    await decide(admin, id, "approve");
    expect((await fetchPrompt(admin, name, {})).version).toBe(3);
    const own = await ask(admin, 2, 3);
    await expect(decide(admin, own.id, "approve")).rejects.toMatchObject({ code: "forbidden" });
    await decide(rolf, own.id, "approve");
    expect((await fetchPrompt(admin, name, {})).version).toBe(2);
  });

  it("is decided by the rule as it is by then", async () => {
    const [rolf, tove] = [await mover("Rolf"), await mover("Tove")];
    await protect([rolf, tove], true);
    const { id } = await ask(rolf);
    await protect([rolf], true);
    await expect(decide(tove, id, "approve")).rejects.toMatchObject({ code: "not_found" });
    expect(await findMoveRequests(tove)).toMatchObject({ inbox: [] });
  });
});
