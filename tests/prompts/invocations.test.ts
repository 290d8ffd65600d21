import { beforeEach, describe, expect, it } from "vitest";
import { GET } from "@/app/api/prompts/[name]/invocations/[id]/route";
import type { Context } from "@/lib/auth/server";
import { newId } from "@/lib/core";
import { db } from "@/lib/db/server";
import { longestKeptValue } from "@/lib/gateway/server";
import { type PromptDetail, promptReplay } from "@/lib/prompts";
import { getInvocation } from "@/lib/prompts/server";
import { apiRequest, grantTo } from "../support/context";
import { allow, freshLibrary } from "./library";
import { makeVersions } from "./versioned";

const name = "main.default.triage";

let admin: Context;
let member: Context;
let prompt: PromptDetail;
beforeEach(async () => {
  ({ admin, member } = await freshLibrary());
  prompt = await makeVersions(admin, "triage", 5);
  await grantTo("all_users", "cat_main", "USE CATALOG", "USE SCHEMA");
});

async function called(by: Context, variables: Record<string, string> | null, more: object = {}) {
  const id = newId("inv");
  await (await db()).prisma.invocation.create({
    data: {
      id,
      requestId: "req",
      traceId: "trace",
      userId: by.actor.userId,
      source: "api",
      task: "chat",
      model: "up/chat",
      promptId: prompt.id,
      promptVersion: 3,
      promptAlias: "production",
      ...(variables ? { promptVariables: variables } : {}),
      engine: "remote",
      device: "up",
      parameters: {},
      stream: false,
      startedAt: new Date(),
      durationMs: 100,
      outcome: "ok",
      statusCode: 200,
      ...more,
    },
  });
  return id;
}

const refused = (work: Promise<unknown>) => work.then(() => null).catch((error: Error) => error);

describe("a past call of a prompt", () => {
  it("is given with its version and values to whoever made it", async () => {
    await allow(member, prompt, "EXECUTE");
    const id = await called(member, { ticket: "T-1" });
    expect(await getInvocation(member, name, id)).toMatchObject({
      id,
      version: 3,
      alias: "production",
      model: "up/chat",
      engine: "remote",
      by: { id: member.actor.userId, name: "Noor" },
      variables: { ticket: "T-1" },
      cut: [],
    });
  });

  it("is given to whoever may manage the prompt", async () => {
    const id = await called(member, { ticket: "T-1" });
    expect((await getInvocation(admin, name, id)).variables).toEqual({ ticket: "T-1" });
  });

  it("of somebody else is not there, in the words for one that never was", async () => {
    await allow(member, prompt, "EXECUTE", "MODIFY");
    const theirs = await refused(getInvocation(member, name, await called(admin, { ticket: "secret" })));
    const none = await refused(getInvocation(member, name, "inv_none"));
    expect(theirs).toMatchObject({ code: "not_found" });
    expect(none).toMatchObject({ code: "not_found", message: theirs?.message });
  });

  it("needs EXECUTE still, also for one's own, and of this prompt", async () => {
    const id = await called(member, { ticket: "T-1" });
    expect(await refused(getInvocation(member, name, id))).toMatchObject({ code: "not_found" });
    await allow(member, prompt, "EXECUTE");
    const other = await makeVersions(admin, "other", 1);
    await allow(member, other, "EXECUTE");
    expect(await refused(getInvocation(member, other.fullName, id))).toMatchObject({ code: "not_found" });
    expect((await getInvocation(member, name, id)).version).toBe(3);
  });

  it("says of which values only the beginning was kept, and that none were", async () => {
    const long = await called(admin, { ticket: "x".repeat(longestKeptValue), tone: "kind" });
    expect((await getInvocation(admin, name, long)).cut).toEqual(["ticket"]);
    expect((await getInvocation(admin, name, await called(admin, null))).variables).toBeNull();
  });

  it("is answered over HTTP, and kept by nobody on the way", async () => {
    const id = await called(admin, { ticket: "T-1" });
    const path = `/api/prompts/${name}/invocations/${id}`;
    const answer = await GET(await apiRequest(path, { as: admin }), {
      params: Promise.resolve({ name, id }),
    });
    expect(answer.headers.get("cache-control")).toContain("no-store");
    expect(promptReplay.parse(await answer.json())).toMatchObject({ id, version: 3 });
  });
});
