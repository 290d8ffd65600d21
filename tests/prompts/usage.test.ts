import { beforeEach, describe, expect, it } from "vitest";
import { GET } from "@/app/api/prompts/[name]/usage/route";
import type { Context } from "@/lib/auth/server";
import { newId } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { PromptDetail } from "@/lib/prompts";
import { getUsage } from "@/lib/prompts/server";
import { anotherContext, apiRequest, grantTo } from "../support/context";
import { allow, freshLibrary, make, text } from "./library";
import { makeVersions } from "./versioned";

const name = "main.default.triage";
const dayMs = 86_400_000;

let admin: Context;
let member: Context;
let prompt: PromptDetail;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  prompt = await makeVersions(admin, "triage", 3);
  await grantTo("all_users", "cat_main", "USE CATALOG", "USE SCHEMA");
});

interface Call {
  by?: Context;
  version?: number;
  alias?: string | null;
  ms?: number;
  cost?: number | null;
  outcome?: "ok" | "error" | "client_closed";
  daysAgo?: number;
  variables?: Record<string, string>;
}

async function called(call: Call = {}): Promise<void> {
  const { by = admin, version = 1, alias = null, ms = 100, cost = null, outcome = "ok", daysAgo = 0 } = call;
  await (await db()).prisma.invocation.create({
    data: {
      id: newId("inv"),
      requestId: "req",
      traceId: "trace",
      userId: by.actor.userId,
      source: "api",
      task: "chat",
      model: "up/chat",
      promptId: prompt.id,
      promptVersion: version,
      promptAlias: alias,
      ...(call.variables ? { promptVariables: call.variables } : {}),
      engine: "remote",
      device: "up",
      parameters: {},
      stream: false,
      startedAt: new Date(Date.now() - daysAgo * dayMs - 1000),
      durationMs: ms,
      inputTokens: 10,
      outputTokens: outcome === "ok" ? 4 : null,
      cost,
      outcome,
      statusCode: outcome === "ok" ? 200 : 500,
    },
  });
}

const usage = (ctx: Context, days = 30) => getUsage(ctx, name, { days });

describe("usage of a prompt", () => {
  it("sums calls of each version in the days asked for, the newest version first", async () => {
    for (const ms of [100, 200, 300]) await called({ ms, cost: 0.5 });
    await called({ ms: 9_000, outcome: "error" });
    await called({ version: 3, alias: "production", daysAgo: 10 });
    await called({ version: 2, daysAgo: 40 });
    const { versions } = await usage(admin);
    expect(versions).toEqual([
      expect.objectContaining({ version: 3, calls: 1, failed: 0, cost: null }),
      {
        version: 1,
        calls: 4,
        failed: 1,
        latencyMs: { p50: 200, p95: 290 },
        inputTokens: 40,
        outputTokens: 12,
        cost: 1.5,
        lastAt: expect.any(String),
        fetches: 0,
        fetchedAt: null,
      },
    ]);
    expect((await usage(admin, 60)).versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect((await usage(admin, 1)).versions.map(({ version }) => version)).toEqual([1]);
  });

  it("is empty where nothing was called", async () => {
    expect(await usage(admin)).toEqual({ days: 30, versions: [], includedIn: [], invocations: [] });
  });

  it("lists calls newest first, of others only to whoever may manage the prompt", async () => {
    await allow(member, prompt, "EXECUTE");
    await called({ by: admin, version: 2, daysAgo: 1, variables: { ticket: "His" } });
    await called({ by: member, version: 3, alias: "production", variables: { ticket: "Hers" } });
    expect((await usage(member)).invocations).toMatchObject([
      { version: 3, alias: "production", by: { name: "Noor" }, variables: { ticket: "Hers" } },
    ]);
    expect((await usage(admin)).invocations.map(({ by, variables }) => [by.name, variables])).toEqual([
      ["Noor", { ticket: "Hers" }],
      ["Mira", { ticket: "His" }],
    ]);
    // What a version costs is told to everybody who may know of it.
    expect((await usage(member)).versions).toHaveLength(2);
  });

  it("shows values of variables to nobody who may not read the prompt", async () => {
    await called({ by: admin, variables: { ticket: "His" } });
    const keeper = await anotherContext({ name: "Rolf" });
    await allow(keeper, prompt, "MANAGE");
    expect((await usage(keeper)).invocations).toMatchObject([{ by: { name: "Mira" }, variables: null }]);
  });

  it("is not found by whoever may not know of the prompt", async () => {
    await expect(usage(member)).rejects.toMatchObject({ code: "not_found" });
  });

  it("names the prompts whose last version includes it and that the reader may know of", async () => {
    const reply = await make(admin, "reply", text(`Answer. {{> ${name}@2}}`));
    await make(admin, "hidden", text(`{{> MAIN.default.Triage@latest}}`));
    await make(admin, "about", text(`Speak of ${name}@2 and of {{> ${reply.fullName}@1}}.`));
    await make(admin, "triage-2");
    await make(admin, "near", text(`{{> ${name}-2@1}}`));
    expect((await usage(admin)).includedIn).toEqual([
      { fullName: "main.default.hidden", version: 1 },
      { fullName: "main.default.reply", version: 1 },
    ]);
    await allow(member, prompt, "EXECUTE");
    await allow(member, reply, "EXECUTE");
    expect((await usage(member)).includedIn).toEqual([{ fullName: "main.default.reply", version: 1 }]);
  });

  it.each([
    ["", 200],
    ["?days=7", 200],
    ["?days=0", 422],
    ["?days=400", 422],
    ["?weeks=1", 422],
  ])("over HTTP with %j answers %i", async (query, status) => {
    const request = await apiRequest(`/api/prompts/${name}/usage${query}`, { as: admin });
    expect((await GET(request, { params: Promise.resolve({ name }) })).status).toBe(status);
  });
});
