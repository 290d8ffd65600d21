import { beforeEach, describe, expect, it } from "vitest";
import { POST } from "@/app/api/prompts/[name]/render/route";
import { GET } from "@/app/api/prompts/[name]/route";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { PromptDetail } from "@/lib/prompts";
import { findPrompts, flushFetches, getUsage } from "@/lib/prompts/server";
import { addFetches } from "@/lib/prompts/store/fetches";
import { apiRequest, cookieOf } from "../support/context";
import { freshFetcher } from "./versioned";

const name = "main.default.triage";
let admin: Context;
let member: Context;
let prompt: PromptDetail;
let authorization: string;
beforeEach(async () => {
  const fetcher = await freshFetcher();
  ({ admin, member, prompt } = fetcher);
  authorization = `Bearer ${fetcher.key}`;
  await flushFetches();
});

const params = { params: Promise.resolve({ name }) };
const path = `/api/prompts/${name}`;

async function get(query: string, headers: Record<string, string> = { authorization }): Promise<Response> {
  return GET(await apiRequest(`${path}${query}`, { headers }), params);
}

async function fetches(): Promise<[number, number][]> {
  await flushFetches();
  const { versions } = await getUsage(admin, name, { days: 30 });
  return versions.map((row) => [row.version, row.fetches]);
}

async function lastUsed(): Promise<string | null | undefined> {
  const { prompts } = await findPrompts(admin, { limit: 10 });
  return prompts.find(({ fullName }) => fullName === name)?.lastUsedAt;
}

describe("fetches of a prompt", () => {
  it("are counted by version, the unchanged answer and the filled-in one too", async () => {
    const first = await get("?alias=production");
    await get("?version=3");
    await get("?alias=production", { authorization, "if-none-match": first.headers.get("etag") ?? "" });
    const rendered = await POST(
      await apiRequest(`${path}/render`, {
        method: "POST",
        headers: { authorization },
        body: { version: 3 },
      }),
      params,
    );
    expect(rendered.status).toBe(200);
    expect(await fetches()).toEqual([
      [3, 2],
      [2, 2],
    ]);
    await get("?alias=production");
    expect(await fetches()).toEqual([
      [3, 2],
      [2, 3],
    ]);
  });

  it("say when the prompt was last used, where nothing was called", async () => {
    expect(await lastUsed()).toBeNull();
    const before = Date.now();
    await get("");
    await flushFetches();
    expect(Date.parse((await lastUsed()) ?? "")).toBeGreaterThanOrEqual(before - 1);
    const { versions } = await getUsage(admin, name, { days: 30 });
    expect(versions).toMatchObject([{ version: 2, calls: 0, lastAt: null, fetchedAt: await lastUsed() }]);
  });

  it("are none where nothing was given, nor where a person reads", async () => {
    expect((await get("?alias=canary")).status).toBe(404);
    expect((await get("?version=9")).status).toBe(404);
    expect((await get("", { cookie: await cookieOf(member) })).status).toBe(200);
    expect(await fetches()).toEqual([]);
  });

  it("keep the days apart, and forget those of prompts that are gone", async () => {
    const { prisma } = await db();
    const lastAt = new Date();
    const before = new Date(lastAt.getTime() - 40 * 86_400_000);
    await addFetches(prisma, [
      { promptId: prompt.id, version: 1, count: 5, lastAt: before },
      { promptId: prompt.id, version: 1, count: 2, lastAt },
      { promptId: "pmt_gone", version: 1, count: 9, lastAt },
    ]);
    await addFetches(prisma, [{ promptId: prompt.id, version: 1, count: 3, lastAt: before }]);
    expect(await fetches()).toEqual([[1, 2]]);
    const all = await getUsage(admin, name, { days: 60 });
    expect(all.versions).toMatchObject([{ version: 1, fetches: 10, fetchedAt: lastAt.toISOString() }]);
    expect(await lastUsed()).toBe(lastAt.toISOString());
    expect(await prisma.promptFetches.count()).toBe(2);
  });
});
