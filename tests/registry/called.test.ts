import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { updateConnection } from "@/lib/gateway/server";
import type { RegisteredModel } from "@/lib/registry";
import {
  acceptLicense,
  createModel,
  createVersion,
  decide,
  getUsage,
  moveAlias,
  removeAlias,
  requestApproval,
  startRegistry,
  updateModel,
  updateVersion,
} from "@/lib/registry/server";
import { type Harness, startHarness } from "../gateway/harness";
import { json } from "../support/upstream";

let gateway: Harness;
let triage: RegisteredModel;

beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await gateway.reset();
  await startRegistry();
  const { id } = await createModel(gateway.admin, { name: "triage", description: "", servedAs: "up/chat" });
  triage = await createVersion(gateway.admin, id, { servedAs: "up/nested/model" });
  // What a connection offers has a licence that nobody told.
  for (const number of [1, 2]) await acceptLicense(gateway.admin, id, number);
  await point("champion", 1, null);
});

const messages = [{ role: "user" as const, content: "Hi" }];
const point = (alias: string, version: number, from: number | null) =>
  moveAlias(gateway.admin, triage.id, alias, { version, from, why: "" });
const yesterday = () => new Date(Date.now() - 86_400_000).toISOString();
const chat = (model: string) => gateway.client().chat.completions.create({ model, messages });

async function refusal(call: PromiseLike<unknown>) {
  try {
    await call;
  } catch (error) {
    if (error instanceof OpenAI.APIError) {
      const { status, type, param, code, message } = error;
      return { status, type, param, code, message };
    }
    throw error;
  }
  return expect.fail("It did not fail");
}

describe("a call by alias", () => {
  it("is answered by the version where the alias points at that moment, and says which", async () => {
    const first = await chat("triage@champion").withResponse();
    expect(first.data.model).toBe("up/chat");
    expect(first.response.headers.get("x-tessera-model-version")).toBe("triage@1");
    await point("champion", 2, 1);
    const second = await chat("triage@champion").withResponse();
    expect(second.data.model).toBe("up/nested/model");
    expect(second.response.headers.get("x-tessera-model-version")).toBe("triage@2");
    expect(gateway.upstream.calls.map(({ body }) => body.model)).toEqual(["chat", "nested/model"]);
  });

  it("keeps the name that was called and what it meant in its row", async () => {
    await chat("triage@champion");
    await chat("up/chat");
    expect(await gateway.rows()).toMatchObject([
      { model: "up/chat", calledAs: "triage@champion", registeredModel: "triage", registeredVersion: 1 },
      { model: "up/chat", calledAs: null, registeredModel: null, registeredVersion: null },
    ]);
  });

  it("streams, completes and embeds", async () => {
    const client = gateway.client();
    const stream = await client.chat.completions.create({ model: "triage@champion", messages, stream: true });
    const models = new Set<string>();
    for await (const part of stream) models.add(part.model);
    expect([...models]).toEqual(["up/chat"]);
    const text = await client.completions.create({ model: "triage@2", prompt: "Once", n: 2 });
    expect([text.model, text.choices.length]).toEqual(["up/nested/model", 2]);
    await createModel(gateway.admin, { name: "finder", description: "", servedAs: "up/embed-small" });
    gateway.upstream.use(json(200, { data: [{ index: 0, embedding: [1] }], usage: { prompt_tokens: 1 } }));
    const vectors = await client.embeddings.create({ model: "finder@1", input: "x" }).withResponse();
    expect(vectors.data.model).toBe("up/embed-small");
    expect(vectors.response.headers.get("x-tessera-model-version")).toBe("finder@1");
  });

  it("is counted by the name that was called", async () => {
    await chat("triage@champion");
    await chat("triage@champion");
    await chat("triage@2");
    await gateway.rows();
    const { named, served } = await getUsage(gateway.admin, triage.id);
    expect(named.map(({ calledAs, number, calls }) => [calledAs, number, calls]).sort()).toEqual([
      ["triage@2", 2, 1],
      ["triage@champion", 1, 2],
    ]);
    expect(served.map(({ model, calls }) => [model, calls])).toEqual([
      ["up/chat", 2],
      ["up/nested/model", 1],
    ]);
  });
});

describe("a name of a version that nothing may answer", () => {
  const notFound = { status: 404, type: "not_found_error", param: "model", code: "model_not_found" };
  const conflict = { status: 409, type: "invalid_request_error", param: "model", code: "conflict" };

  it("is not found: no such model, alias or number, whatever else there is", async () => {
    for (const [name, words] of [
      ["absent@champion", "There is no registered model absent"],
      ["triage@challenger", "triage has no alias challenger. Nothing is called in its place."],
      ["triage@latest", "triage has no alias latest"],
      ["triage@v2", "A version is called by its number alone: triage@2."],
      ["triage@02", "triage has no alias 02"],
      ["triage@7", "v7 of triage does not exist."],
      ["triage@0", "triage has no alias 0"],
    ] as const) {
      const refused = await refusal(chat(name));
      expect(refused).toMatchObject(notFound);
      expect(refused.message).toContain(words);
    }
    for (const name of ["triage@", "@champion", "triage"]) {
      expect(await refusal(chat(name))).toMatchObject(notFound);
    }
    await removeAlias(gateway.admin, triage.id, "champion", { from: 1, why: "" });
    expect(await refusal(chat("triage@champion"))).toMatchObject(notFound);
    expect(gateway.upstream.calls).toHaveLength(0);
  });

  it("is refused from the day on which the version is deprecated, not before", async () => {
    const deprecate = (from: string) =>
      updateVersion(gateway.admin, triage.id, 1, { deprecation: { from, why: "Use v2." } });
    await deprecate(new Date(Date.now() + 86_400_000).toISOString());
    await chat("triage@champion");
    await deprecate(yesterday());
    for (const name of ["triage@champion", "triage@1"]) {
      const refused = await refusal(chat(name));
      expect(refused).toMatchObject(conflict);
      expect(refused.message).toMatch(/v1 is deprecated since \d{4}-\d\d-\d\d: Use v2\./);
    }
    await chat("up/chat");
  });

  it("is refused by alias, not by number, where the model asks for an approval that is not given", async () => {
    await updateModel(gateway.admin, triage.id, { revision: triage.revision, approvalRequired: true });
    expect(await refusal(chat("triage@champion"))).toMatchObject({
      ...conflict,
      message: expect.stringContaining("v1 is not approved"),
    });
    await chat("triage@1");
    await requestApproval(gateway.admin, triage.id, 1, { comment: "" });
    await decide(gateway.admin, triage.id, 1, { state: "approved", comment: "" });
    await chat("triage@champion");
  });

  it("is refused by alias, not by number, where the licence waits to be accepted", async () => {
    const data = { licenseAcceptedAt: null, licenseAcceptedById: null };
    await (await db()).prisma.modelVersion.updateMany({ where: { modelId: triage.id }, data });
    expect(await refusal(chat("triage@champion"))).toMatchObject({
      ...conflict,
      message: expect.stringContaining("The licence of v1 (unknown) is not accepted yet."),
    });
    await chat("triage@1");
    await chat("up/chat");
    await acceptLicense(gateway.admin, triage.id, 1);
    await chat("triage@champion");
  });

  it("is refused when what the version is made of is not offered any more", async () => {
    const { prisma } = await db();
    const { id, version } = await prisma.connection.findFirstOrThrow();
    await updateConnection(gateway.admin, id, { version, models: ["nested/model"] });
    const refused = await refusal(chat("triage@champion"));
    expect(refused).toMatchObject(conflict);
    expect(refused.message).toContain("triage@champion means v1, which cannot be called");
    expect(refused.message).toContain("nothing is served as up/chat");
    expect((await chat("triage@2")).model).toBe("up/nested/model");
  });

  it("is refused for another task", async () => {
    await createModel(gateway.admin, { name: "letters", description: "", servedAs: "grain-embed" });
    expect(await refusal(chat("letters@1"))).toMatchObject({ status: 400, param: "model" });
  });

  it("waits for the registry where that has not started", async () => {
    dropSingle("gateway.named-versions");
    expect(await refusal(chat("triage@champion"))).toMatchObject({ status: 503 });
  });
});

describe("names with an @ of their own", () => {
  it("are what is served under them, before any version", async () => {
    const { prisma } = await db();
    const { id, version } = await prisma.connection.findFirstOrThrow();
    await updateConnection(gateway.admin, id, { version, models: ["chat", "chat@1"] });
    expect((await chat("up/chat@1")).model).toBe("up/chat@1");
    expect((await chat("up/chat@1")).model).toBe("up/chat@1");
    expect(gateway.upstream.calls.map(({ body }) => body.model)).toEqual(["chat@1", "chat@1"]);
  });

  it("may have a version behind theirs", async () => {
    const { prisma } = await db();
    const { id, version } = await prisma.connection.findFirstOrThrow();
    await updateConnection(gateway.admin, id, { version, models: ["@cf/llama"] });
    const answer = await chat("up/@cf/llama@1").withResponse();
    expect(answer.data.model).toBe("up/@cf/llama");
    expect(answer.response.headers.get("x-tessera-model-version")).toBe("up/@cf/llama@1");
  });
});

describe("the list of models", () => {
  it("has aliases as entries of their own, those that can be called", async () => {
    const ids = async () => (await gateway.client().models.list()).data.map(({ id }) => id);
    expect(await ids()).toContain("triage@champion");
    const found = await gateway.client().models.retrieve("triage@champion");
    expect(found).toMatchObject({
      id: "triage@champion",
      object: "model",
      owned_by: "up",
      version: "triage@1",
    });
    expect(await gateway.client().models.retrieve("triage@2")).toMatchObject({ version: "triage@2" });
    await updateVersion(gateway.admin, triage.id, 1, { deprecation: { from: yesterday(), why: "Old." } });
    expect(await ids()).not.toContain("triage@champion");
    expect(await refusal(gateway.client().models.retrieve("triage@champion"))).toMatchObject({ status: 409 });
  });
});
