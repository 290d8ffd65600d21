import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PATCH } from "@/app/api/connections/[id]/route";
import { POST } from "@/app/api/connections/route";
import { GET as models } from "@/app/api/models/route";
import { db } from "@/lib/db/server";
import { type Connection, costOf, type ServedModel } from "@/lib/gateway";
import { invocationRow } from "@/lib/gateway/schema";
import {
  createConnection,
  findConnections,
  findModels,
  reportInvocation,
  updateConnection,
} from "@/lib/gateway/server";
import { anotherContext, apiRequest } from "../support/context";
import { json } from "../support/upstream";
import { chat, type Harness, startHarness } from "./harness";

let gateway: Harness;
let up: Connection;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await gateway.reset();
  up = (await findConnections(gateway.admin))[0] ?? expect.fail("no connection");
});

const setPrices = (prices: Connection["prices"]) =>
  updateConnection(gateway.admin, up.id, { version: 1, prices });
const priceOf = async (id: string) =>
  (await findModels(gateway.admin)).find((model) => model.id === id)?.price;

/** An upstream's answer that used so many tokens. */
const using = (usage: object | undefined) =>
  gateway.upstream.use(
    json(200, {
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
      usage,
    }),
  );
const used = (prompt_tokens: number, completion_tokens: number, cached?: number) => ({
  prompt_tokens,
  completion_tokens,
  total_tokens: prompt_tokens + completion_tokens,
  ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
});

describe("the cost of a call", () => {
  const price = { input: 2.5, output: 10, cachedInput: 1.25 };

  it.each([
    [1_000_000, 0, 0, 2.5],
    [0, 1_000_000, 0, 10],
    [1_000, 500, 0, 0.0075],
    [1_000, 500, 400, 0.007],
    [1_000, 0, 5_000, 0.00125],
    [0, 0, 0, 0],
  ])("of %i tokens in, %i out, %i cached is $%f", (input, output, cached, dollars) => {
    expect(costOf(price, input, output, cached)).toBeCloseTo(dollars, 12);
  });

  it("counts cached tokens as others where they have no price of their own", () => {
    expect(costOf({ input: 2, output: 8 }, 1_000, 0, 900)).toBeCloseTo(0.002, 12);
  });

  it("is unknown without a price or a count, and 0 only by a price of 0", () => {
    expect(costOf(undefined, 10, 10)).toBeUndefined();
    expect(costOf(price, Number.NaN, 10)).toBeUndefined();
    expect(costOf(price, -1, 10)).toBeUndefined();
    expect(costOf({ input: 0, output: 0 }, 10, 10)).toBe(0);
  });
});

describe("prices of a connection", () => {
  it("are set by administrators, shown with the models to everyone, and told by no list under /v1", async () => {
    await setPrices({ chat: { input: 3, output: 15 } });
    const member = await anotherContext();
    const listed = (await (
      await models(await apiRequest("/api/models", { as: member }))
    ).json()) as ServedModel[];
    expect(listed.find(({ id }) => id === "up/chat")?.price).toEqual({ input: 3, output: 15 });
    expect(listed.find(({ id }) => id === "up/nested/model")).not.toHaveProperty("price");
    expect(listed.find(({ id }) => id === "paper")?.price).toEqual({ input: 0, output: 0 });
    expect((await findConnections(member))[0]).not.toHaveProperty("prices");
    const open = await fetch(`${gateway.baseUrl}/models`, {
      headers: { authorization: `Bearer ${gateway.key}` },
    });
    const { data } = (await open.json()) as { data: object[] };
    for (const model of data)
      expect(Object.keys(model).sort()).toEqual(["created", "id", "object", "owned_by"]);
  });

  it("stay when something else changes, go with their model, and are replaced as a whole", async () => {
    await setPrices({ chat: { input: 3, output: 15 }, "nested/model": { input: 1, output: 1 } });
    await updateConnection(gateway.admin, up.id, { version: 2, name: "up" });
    expect(await priceOf("up/chat")).toEqual({ input: 3, output: 15 });
    const fewer = await updateConnection(gateway.admin, up.id, { version: 3, models: ["chat"] });
    expect(fewer.prices).toEqual({ chat: { input: 3, output: 15 } });
    await updateConnection(gateway.admin, up.id, { version: 4, prices: {} });
    expect(await priceOf("up/chat")).toBeUndefined();
  });

  it("are refused for a model that is not offered, and unless they are prices", async () => {
    const input = { name: "other", baseUrl: "https://a.example", models: ["a"] };
    await expect(
      createConnection(gateway.admin, { ...input, prices: { b: { input: 1, output: 1 } } }),
    ).rejects.toMatchObject({ code: "unprocessable", message: "b has a price but is not among the models." });
    const wrong = [
      { a: { input: -1, output: 1 } },
      { a: { input: 1 } },
      { a: { input: "1", output: 1 } },
      { a: { input: 1, output: 1e9 } },
      { a: { input: 1, output: 1, currency: "EUR" } },
      [],
    ];
    for (const prices of wrong) {
      const body = { ...input, prices };
      expect((await POST(await apiRequest("/api/connections", { as: gateway.admin, body }))).status).toBe(
        422,
      );
    }
    const member = await anotherContext();
    const body = { version: 1, prices: { chat: { input: 0, output: 0 } } };
    const patch = await apiRequest(`/api/connections/${up.id}`, { as: member, method: "PATCH", body });
    expect((await PATCH(patch, { params: Promise.resolve({ id: up.id }) })).status).toBe(403);
  });

  it("leave in the audit log which changed, and to what", async () => {
    await setPrices({ chat: { input: 3, output: 15, cachedInput: 0.3 } });
    await updateConnection(gateway.admin, up.id, { version: 2, models: ["chat", "more"] });
    await updateConnection(gateway.admin, up.id, { version: 3, prices: {} });
    const events = await (await db()).prisma.auditEvent.findMany({
      where: { actionName: "updateConnection" },
      orderBy: { seq: "asc" },
    });
    expect(events.map(({ requestParams }) => (requestParams as { prices?: object }).prices)).toEqual([
      { chat: "3 / 15 / 0.3" },
      undefined,
      { chat: null },
    ]);
  });
});

describe("the row of a call", () => {
  const byTime = async () =>
    (await gateway.rows()).sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  const call = async () => {
    const answer = await gateway.post("/chat/completions", chat());
    expect(answer.status).toBe(200);
    return (await byTime()).at(-1)?.cost;
  };

  it("has the cost by the price that was set when it ran", async () => {
    await setPrices({ chat: { input: 2, output: 8, cachedInput: 1 } });
    using(used(1_000, 100, 400));
    expect(await call()).toBeCloseTo(0.0024, 12);
    await updateConnection(gateway.admin, up.id, { version: 2, prices: { chat: { input: 4, output: 8 } } });
    expect(await call()).toBeCloseTo(0.0048, 12);
    expect((await byTime())[0]?.cost).toBeCloseTo(0.0024, 12);
  });

  it("has the cost of an embedding by its input alone", async () => {
    await setPrices({ "embed-small": { input: 0.02, output: 5 } });
    gateway.upstream.use(
      json(200, {
        object: "list",
        data: [{ object: "embedding", index: 0, embedding: [1, 0] }],
        usage: { prompt_tokens: 500_000, total_tokens: 500_000 },
      }),
    );
    const answer = await gateway.post("/embeddings", { model: "up/embed-small", input: "Hi" });
    expect(answer.status).toBe(200);
    expect((await byTime())[0]?.cost).toBeCloseTo(0.01, 12);
  });

  it("says 0 for what ran in a browser, and nothing for one that an older version left in the journal", async () => {
    await reportInvocation(gateway.admin, {
      model: "pebble-2m",
      device: "WASM",
      durationMs: 10,
      outcome: "ok",
      parameters: {},
    });
    const [row] = await byTime();
    expect(row?.cost).toBe(0);
    const { cost: _, ...older } = { ...row, startedAt: row?.startedAt.toISOString() };
    expect(invocationRow.parse(older).cost).toBeNull();
  });

  it("has no cost where the price is unknown", async () => {
    using(used(1_000, 100));
    expect(await call()).toBeNull();
  });

  it("has no cost for a call that failed before tokens were told", async () => {
    await setPrices({ chat: { input: 2, output: 8 } });
    gateway.upstream.use(json(500, { error: { message: "no" } }));
    await gateway.post("/chat/completions", chat());
    expect(await gateway.rows()).toMatchObject([{ outcome: "error", cost: null }]);
  });
});
