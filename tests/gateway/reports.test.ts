import { availableParallelism } from "node:os";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { POST } from "@/app/api/invocations/route";
import { GET as models } from "@/app/api/models/route";
import { GET as system } from "@/app/api/system/route";
import { anotherContext, apiRequest } from "../support/context";
import { type Harness, startHarness } from "./harness";

let gateway: Harness;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(() => gateway.reset());

const report = {
  model: "pebble-2m",
  device: "WASM",
  durationMs: 120.5,
  firstTokenMs: 20,
  inputTokens: 9,
  outputTokens: 4,
  outcome: "ok",
  finishReason: "stop",
  parameters: { temperature: 0 },
};

it("notes a browser's run as reported by the client, under the reporter's own name", async () => {
  const member = await anotherContext();
  expect((await POST(await apiRequest("/api/invocations", { body: report, as: member }))).status).toBe(204);
  expect(await gateway.rows()).toMatchObject([
    {
      userId: member.actor.userId,
      engine: "browser",
      device: "WASM",
      durationMs: 120.5,
      outcome: "ok",
      clientReported: true,
    },
  ]);
});

it("refuses reports in another's name, of texts, of remote models and of absurd figures", async () => {
  const wrong: [object, number][] = [
    [{ ...report, userId: "usr_other" }, 422],
    [{ ...report, id: "inv_chosen" }, 422],
    [{ ...report, clientReported: false }, 422],
    [{ ...report, messages: [] }, 422],
    [{ ...report, durationMs: -1 }, 422],
    [{ ...report, outputTokens: 1e12 }, 422],
    [{ ...report, model: "up/chat" }, 404],
    [{ ...report, model: "absent" }, 404],
  ];
  for (const [body, status] of wrong) {
    expect((await POST(await apiRequest("/api/invocations", { body, as: gateway.admin }))).status).toBe(
      status,
    );
  }
  expect((await POST(await apiRequest("/api/invocations", { body: report }))).status).toBe(401);
  expect(await gateway.rows()).toEqual([]);
});

it("lists models and the state of the engine to whoever is signed in", async () => {
  const as = await anotherContext();
  expect((await models(await apiRequest("/api/models"))).status).toBe(401);
  const list = (await (await models(await apiRequest("/api/models", { as }))).json()) as { id: string }[];
  expect(list.map(({ id }) => id)).toEqual(expect.arrayContaining(["grain-embed", "up/chat"]));
  const state = await (await system(await apiRequest("/api/system", { as }))).json();
  expect(state).toMatchObject({
    machine: { cores: availableParallelism(), listens: expect.stringMatching(/:\d+$/) },
    engine: { busy: 0 },
    gateway: { active: 0, limit: 512 },
  });
  expect(state.machine.freeDiskBytes).toBeGreaterThan(0);
});
