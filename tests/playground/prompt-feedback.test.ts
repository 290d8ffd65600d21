import { expect, it } from "vitest";
import { GET } from "@/app/api/playground/prompt-feedback/route";
import { GET as OWN } from "@/app/api/playground/votes/route";
import { allUsers, defaultSchemaId, mainCatalogId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { createObject } from "@/lib/catalog/server";
import { type PromptFeedback, type Vote, type VoteInput, voteInput } from "@/lib/playground";
import { createVote, deleteVote, getLeaderboard } from "@/lib/playground/server";
import { createVersion } from "@/lib/prompts/server";
import { allow, freshLibrary, make, text } from "../prompts/library";
import { apiRequest, grantTo } from "../support/context";

const here = { model: "pebble-2m", engine: "server" } as const;
const inBrowser = { model: "pebble-2m", engine: "browser" } as const;
const name = "main.default.triage";
const by = (version: number, placed: VoteInput["contenders"][number] = here) => ({
  ...placed,
  prompt: { name, version },
});

/** A prompt of two versions, an administrator and a member who may run it. */
async function world() {
  const { admin, member } = await freshLibrary();
  await grantTo(allUsers, defaultSchemaId, "USE SCHEMA");
  const prompt = await make(admin, "triage", "Sort it.");
  await createVersion(admin, name, { content: text("Rank it."), message: "Rank", base: 1 });
  for (const ctx of [admin, member]) await allow(ctx, prompt, "EXECUTE");
  await grantTo(allUsers, defaultSchemaId, "EXECUTE");
  return { admin, member, prompt };
}

let inputs = 0;
type Best = number | "tie" | "bad";
const sent = (contenders: VoteInput["contenders"], best: Best, promptHash?: string): VoteInput => ({
  task: "",
  contenders,
  outcome: typeof best === "number" ? { kind: "best", index: best } : { kind: best },
  promptHash: promptHash ?? (++inputs).toString(16).padStart(64, "0"),
});
const vote = (ctx: Context, ...given: Parameters<typeof sent>) => createVote(ctx, sent(...given));

const ask = async (as?: Context, query = `prompt=${name}`) =>
  GET(await apiRequest(`/api/playground/prompt-feedback?${query}`, { as }));
const feedback = async (as: Context) => ((await (await ask(as)).json()) as PromptFeedback).versions;

it("counts everybody's votes on versions under one model, wherever each stood", async () => {
  const { admin, member } = await world();
  await vote(admin, [by(2), by(1)], 0);
  await vote(member, [by(1), by(2)], 1);
  await vote(member, [by(1), by(2)], 0);
  await vote(member, [by(1), by(2)], "tie");
  const bad = await vote(member, [by(1), by(2)], "bad");
  expect(bad.contenders).toEqual([by(1), by(2)]);
  expect(await feedback(member)).toEqual([
    { version: 2, won: 2, lost: 1, tied: 1, bad: 1 },
    { version: 1, won: 1, lost: 2, tied: 1, bad: 1 },
  ]);
  await deleteVote(member, bad.id);
  expect((await feedback(member)).map((one) => one.bad)).toEqual([0, 0]);
});

it("takes of several votes of one person on the same input the last alone", async () => {
  const { admin } = await world();
  const hash = "a".repeat(64);
  for (let i = 0; i < 3; i++) await vote(admin, [by(1), by(2)], 0, hash);
  await vote(admin, [by(2), by(1)], 0, hash);
  expect(await feedback(admin)).toEqual([
    { version: 2, won: 1, lost: 0, tied: 0, bad: 0 },
    { version: 1, won: 0, lost: 1, tied: 0, bad: 0 },
  ]);
});

it("leaves votes on models under one version to the leaderboard, and those on versions out of it", async () => {
  const { admin } = await world();
  await vote(admin, [by(1), by(2)], 0);
  await vote(admin, [by(1), by(2)], "tie");
  const everyone = { whose: "everyone" } as const;
  expect(await getLeaderboard(admin, everyone)).toEqual({ votes: 0, ties: 0, bad: 0, tasks: [], groups: [] });
  await vote(admin, [by(1), by(1, inBrowser)], 0);
  await vote(admin, [here, inBrowser], 0);
  const board = await getLeaderboard(admin, everyone);
  expect(board).toMatchObject({ votes: 2, ties: 0 });
  expect(board.groups[0]?.[0]).toMatchObject({ ...here, votes: 2, winRate: 1 });
  expect(JSON.stringify(board)).not.toContain(name);
  expect(await feedback(admin)).toMatchObject([
    { version: 2, won: 0, lost: 1, tied: 1 },
    { version: 1, won: 1, lost: 0, tied: 1 },
  ]);
});

it("holds a version against answers that no version asked for", async () => {
  const { admin } = await world();
  await vote(admin, [by(2), here], 0);
  await vote(admin, [by(1), by(1, inBrowser), by(2)], 0);
  expect(await feedback(admin)).toEqual([
    { version: 2, won: 1, lost: 1, tied: 0, bad: 0 },
    { version: 1, won: 1, lost: 0, tied: 0, bad: 0 },
  ]);
});

it("refuses votes on one side alone, on versions that are not there, and on prompts one may not run", async () => {
  const { admin, member } = await world();
  await expect(vote(admin, [by(1), by(3)], 0)).rejects.toMatchObject({ code: "not_found" });
  const missing = { ...here, prompt: { name: "main.default.none", version: 1 } };
  await expect(vote(admin, [by(1), missing], 0)).rejects.toMatchObject({ code: "not_found" });
  await createObject(admin, {
    kind: "schema",
    parentId: mainCatalogId,
    name: "closed",
    comment: "",
    properties: {},
  });
  await make(admin, "hidden", "Secret.", { schema: "main.closed" });
  const secret = { ...here, prompt: { name: "main.closed.hidden", version: 1 } };
  await expect(vote(member, [by(1), secret], 0)).rejects.toMatchObject({ code: "not_found" });
  const written = { ...here, prompt: { name: name.toUpperCase(), version: 1 } };
  await expect(vote(admin, [by(1), written], 0)).rejects.toMatchObject({ code: "unprocessable" });
  const alike = voteInput.safeParse({ ...sent([by(1), by(1)], 0) });
  expect(alike.error?.issues[0]?.path).toEqual(["contenders"]);
  expect(voteInput.safeParse(sent([by(1), by(2)], 0)).success).toBe(true);
  expect(await feedback(admin)).toEqual([]);
});

it("is for whoever may run the prompt, and tells nobody who voted", async () => {
  const { admin, member } = await world();
  await vote(admin, [by(1), by(2)], 0);
  const answered = await ask(member);
  expect(answered.status).toBe(200);
  const words = await answered.text();
  for (const secret of [admin.actor.userId, admin.actor.name, "pebble", "promptHash"])
    expect(words).not.toContain(secret);
  expect((await ask()).status).toBe(401);
  expect((await ask(member, "prompt=main.default.none")).status).toBe(404);
  expect((await ask(member, "")).status).toBe(422);
});

it("is refused to whoever may only know of the prompt", async () => {
  const { admin, member } = await freshLibrary();
  const prompt = await make(admin, "triage");
  expect((await ask(member)).status).toBe(404);
  await grantTo(member.actor.userId, mainCatalogId, "BROWSE");
  expect((await ask(member)).status).toBe(403);
  await allow(member, prompt, "EXECUTE");
  expect(await feedback(member)).toEqual([]);
});

it("shows a voter the versions of their own vote by name alone", async () => {
  const { admin } = await world();
  await vote(admin, [by(2), by(1)], 0);
  const [own] = (await (
    await OWN(await apiRequest("/api/playground/votes", { as: admin }))
  ).json()) as Vote[];
  expect(own).toMatchObject({ contenders: [by(1), by(2)], outcome: { kind: "best", index: 1 } });
  expect(JSON.stringify(own)).not.toContain("pmt_");
});
