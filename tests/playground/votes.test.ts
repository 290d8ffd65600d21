import { describe, expect, it } from "vitest";
import { GET as BOARD } from "@/app/api/playground/leaderboard/route";
import { DELETE } from "@/app/api/playground/votes/[id]/route";
import { GET, POST } from "@/app/api/playground/votes/route";
import { allUsers, defaultSchemaId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { Leaderboard, Vote, VoteInput } from "@/lib/playground";
import { shuffled } from "@/lib/playground/blind";
import { createVote, deleteVote, getLeaderboard } from "@/lib/playground/server";
import { anotherContext, apiRequest, grantTo, testContext, testKey } from "../support/context";

const here = { model: "pebble-2m", engine: "server" } as const;
const inBrowser = { model: "pebble-2m", engine: "browser" } as const;
const path = "/api/playground/votes";
const at = (id: string) => ({ params: Promise.resolve({ id }) });

/** Somebody in a fresh workbench where everybody may call every model. */
async function voter(): Promise<Context> {
  const ctx = await testContext();
  await grantTo(allUsers, defaultSchemaId, "EXECUTE");
  return ctx;
}

let inputs = 0;
/** A vote on an input of its own, unless one is named. */
const input = (more: Partial<VoteInput> = {}): VoteInput => ({
  task: "",
  contenders: [here, inBrowser],
  outcome: { kind: "best", index: 0 },
  promptHash: (++inputs).toString(16).padStart(64, "0"),
  ...more,
});
const everyone = { whose: "everyone" } as const;
const post = async (body: unknown, as?: Context) => POST(await apiRequest(path, { as, body }));

describe("votes", () => {
  it("are given, listed newest first and taken back, each by its owner", async () => {
    const ctx = await voter();
    const first = await post(input({ task: " Sentiment " }), ctx);
    expect(first.status).toBe(201);
    const vote = (await first.json()) as Vote;
    expect(vote.task).toBe("Sentiment");
    await post(input({ outcome: { kind: "tie" } }), ctx);
    const list = (await (await GET(await apiRequest(`${path}?limit=5`, { as: ctx }))).json()) as Vote[];
    expect(list.map(({ outcome }) => outcome.kind)).toEqual(["tie", "best"]);
    const remove = async (as: Context) =>
      DELETE(await apiRequest(`${path}/${vote.id}`, { as, method: "DELETE" }), at(vote.id));
    expect((await remove(await anotherContext({ role: "admin" }))).status).toBe(404);
    expect((await remove(ctx)).status).toBe(204);
    expect((await remove(ctx)).status).toBe(404);
    expect((await getLeaderboard(ctx, everyone)).votes).toBe(1);
  });

  it("keep the winner when the contenders are put in order", async () => {
    const ctx = await voter();
    for (const contenders of [
      [here, inBrowser],
      [inBrowser, here],
    ]) {
      const index = contenders.indexOf(here);
      const vote = await createVote(ctx, input({ contenders, outcome: { kind: "best", index } }));
      const winner = vote.outcome.kind === "best" ? vote.contenders[vote.outcome.index] : undefined;
      expect(winner).toEqual(here);
      expect(vote.contenders).toEqual([inBrowser, here]);
    }
  });

  it("are refused from nobody, from another site's page, and with what they do not know", async () => {
    const ctx = await voter();
    expect((await post(input())).status).toBe(401);
    expect((await GET(await apiRequest(path))).status).toBe(401);
    expect((await DELETE(await apiRequest(`${path}/x`, { method: "DELETE" }), at("x"))).status).toBe(401);
    const foreign = await apiRequest(path, {
      as: ctx,
      body: input(),
      headers: { origin: "https://evil.example" },
    });
    expect((await POST(foreign)).status).toBe(403);
    const wrong = [
      { ...input(), ownerId: "usr_other" },
      { ...input(), text: "words" },
      input({ contenders: [here] }),
      input({ contenders: [here, here] }),
      input({ contenders: Array.from({ length: 9 }, (_, i) => ({ ...here, model: `m${i}` })) }),
      input({ outcome: { kind: "best", index: 2 } }),
      input({ outcome: { kind: "best", index: -1 } }),
      input({ promptHash: "Which is the capital of France?" }),
      input({ task: "x".repeat(61) }),
    ];
    for (const body of wrong) expect((await post(body, ctx)).status).toBe(422);
    expect((await getLeaderboard(ctx, everyone)).votes).toBe(0);
  });

  it("are for models that are served where they are said to have run", async () => {
    const ctx = await voter();
    const invented = [
      { model: "my-own-advert", engine: "server" },
      { model: "pebble-2m", engine: "remote" },
      { model: "grain-embed-2m", engine: "browser" },
    ] as const;
    for (const one of invented) {
      expect((await post(input({ contenders: [here, one] }), ctx)).status).toBe(404);
    }
  });

  it("may come with a key, and leave audit rows without the input or the outcome", async () => {
    const ctx = await voter();
    const body = input({ task: "private words" });
    const key = await testKey(ctx);
    const vote = (await (await POST(await apiRequest(path, { key, body }))).json()) as Vote;
    await deleteVote(ctx, vote.id);
    const events = await (await db()).prisma.auditEvent.findMany({ orderBy: { seq: "asc" } });
    expect(events.map(({ actionName }) => actionName)).toEqual(["createVote", "deleteVote"]);
    expect(events.map(({ requestParams }) => requestParams)).toEqual([
      { id: vote.id, contenders: 2 },
      { id: vote.id },
    ]);
  });
});

describe("the leaderboard", () => {
  const get = async (as: Context, query = "") =>
    (await (
      await BOARD(await apiRequest(`/api/playground/leaderboard${query}`, { as }))
    ).json()) as Leaderboard;

  it("counts everyone's votes or one's own, for a task or over all", async () => {
    const ana = await voter();
    const ben = await anotherContext();
    for (let i = 0; i < 3; i++) await createVote(ana, input({ task: "Topic" }));
    await createVote(ben, input({ outcome: { kind: "best", index: 1 } }));
    await createVote(ben, input({ outcome: { kind: "bad" } }));
    await createVote(ben, input({ task: "Topic", outcome: { kind: "tie" } }));
    const all = await get(ana);
    expect(all).toMatchObject({
      votes: 6,
      ties: 1,
      bad: 1,
      tasks: [
        { task: "Topic", votes: 4 },
        { task: "", votes: 2 },
      ],
    });
    const [best, other] = all.groups[0] ?? [];
    expect(best).toMatchObject({ ...here, votes: 6, winRate: 4 / 6, rank: [1, 2] });
    expect(best?.score).toBeGreaterThan(1000);
    expect(other).toMatchObject({ ...inBrowser, winRate: 2 / 6 });
    expect((await get(ana, "?whose=mine")).votes).toBe(3);
    expect((await get(ben, "?whose=mine&task=Topic")).votes).toBe(1);
    expect((await get(ben, "?task=Topic")).votes).toBe(4);
    expect((await get(ben, "?task=")).votes).toBe(2);
    expect(await get(ben, "?task=Other")).toMatchObject({ votes: 0, groups: [] });
  });

  it("takes of several votes of one person on the same input the last alone", async () => {
    const ana = await voter();
    const ben = await anotherContext();
    const promptHash = "a".repeat(64);
    for (let i = 0; i < 5; i++) await createVote(ana, input({ promptHash }));
    const turned: VoteInput["contenders"] = [inBrowser, here];
    await createVote(ana, input({ promptHash, contenders: turned, outcome: { kind: "tie" } }));
    await createVote(ben, input({ promptHash }));
    const board = await get(ana);
    expect(board).toMatchObject({ votes: 2, ties: 1 });
    expect(board.groups[0]?.[0]).toMatchObject({ ...here, winRate: 0.75, votes: 2 });
  });

  it("tells nobody who voted", async () => {
    const ana = await voter();
    await createVote(ana, input());
    const text = JSON.stringify(await get(await anotherContext()));
    for (const secret of [ana.actor.userId, ana.actor.email, ana.actor.name, "promptHash", "createdAt"])
      expect(text).not.toContain(secret);
  });

  it("is refused to nobody signed in, and with a filter it does not know", async () => {
    const ctx = await voter();
    const status = async (query: string, as?: Context) =>
      (await BOARD(await apiRequest(`/api/playground/leaderboard${query}`, { as }))).status;
    expect(await status("")).toBe(401);
    expect(await status("?whose=usr_1", ctx)).toBe(422);
    expect(await status("?owner=usr_1", ctx)).toBe(422);
    expect(await status(`?task=${"x".repeat(61)}`, ctx)).toBe(422);
    expect(await status("?whose=mine", ctx)).toBe(200);
  });
});

describe("the order of the columns", () => {
  it("is the seed's, and loses none of them", () => {
    const ids = ["a", "b", "c", "d"];
    expect(shuffled(ids, 7)).toEqual(shuffled(ids, 7));
    expect(shuffled(ids, 7).toSorted()).toEqual(ids);
    expect(ids).toEqual(["a", "b", "c", "d"]);
  });

  it("puts each column at each place about as often", () => {
    const first = new Map<string, number>();
    for (let seed = 0; seed < 6_000; seed++) {
      const order = shuffled(["a", "b", "c"], seed).join("");
      first.set(order, (first.get(order) ?? 0) + 1);
    }
    expect(first.size).toBe(6);
    // 1,000 each are expected, with a deviation of 29.
    for (const times of first.values()) expect(Math.abs(times - 1_000)).toBeLessThan(150);
  });
});
