import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as report } from "@/app/api/invocations/route";
import type { Context } from "@/lib/auth/server";
import { invocationRow } from "@/lib/gateway/schema";
import { type PromptDetail, versionCreation } from "@/lib/prompts";
import { createVersion } from "@/lib/prompts/server";
import { type Harness, startHarness } from "../gateway/harness";
import { apiRequest } from "../support/context";
import { type Caller, chatPrompt, freshCaller, name, variables } from "./caller";
import { make, text } from "./library";

let gateway: Harness;
let person: Context;
let key: string;
let prompt: PromptDetail;
let post: Caller["post"];
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  ({ person, key, prompt, post } = await freshCaller(gateway));
});

const sent = () => gateway.upstream.calls.at(-1)?.body as Record<string, unknown> | undefined;

describe("a call made from a prompt", () => {
  it("works with the openai package, is filled in here, and needs neither model nor messages", async () => {
    const body = { prompt: { name, variables } };
    const { data, response } = await gateway
      .client(key)
      .chat.completions.create(body as never)
      .withResponse();
    expect((data as { choices: unknown[] }).choices).toHaveLength(1);
    expect(response.headers.get("x-tessera-prompt")).toBe(`${name}@1`);
    expect(sent()).toMatchObject({
      model: "chat",
      temperature: 0.2,
      messages: [
        { role: "system", content: "Sort in German." },
        { role: "user", content: "No light." },
      ],
    });
    expect(JSON.stringify(sent())).not.toContain("triage");
    expect(await gateway.rows()).toMatchObject([
      {
        model: "up/chat",
        userId: person.actor.userId,
        promptId: prompt.id,
        promptVersion: 1,
        promptAlias: "production",
        promptVariables: variables,
        parameters: { temperature: 0.2, max_tokens: 40 },
      },
    ]);
  });

  it("takes a version by its number, streamed, with messages in its placeholder and behind it", async () => {
    const stream = await gateway.client(key).chat.completions.create({
      model: "up/chat",
      stream: true,
      messages: [{ role: "user", content: "The red one." }],
      prompt: {
        name,
        version: 2,
        variables,
        placeholders: { history: [{ role: "assistant", content: "Which lamp?" }] },
      },
    } as never);
    let answer = "";
    for await (const chunk of stream as unknown as AsyncIterable<{
      choices: { delta: { content?: string } }[];
    }>)
      answer += chunk.choices[0]?.delta.content ?? "";
    expect(answer.length).toBeGreaterThan(0);
    expect(sent()?.messages).toMatchObject([
      { content: "Sort well in German." },
      { content: "Which lamp?" },
      { content: "No light." },
      { content: "The red one." },
    ]);
    expect(await gateway.rows()).toMatchObject([{ promptVersion: 2, promptAlias: null, stream: true }]);
  });

  it("does what the request says itself where the prompt says something else", async () => {
    const format = { type: "json_schema", json_schema: { name: "x", schema: { type: "object" } } } as const;
    await createVersion(
      gateway.admin,
      name,
      versionCreation.parse({
        content: chatPrompt("{{language}}", { responseFormat: format }),
        message: "JSON",
        base: 2,
      }),
    );
    await post({ prompt: { name, alias: "latest", variables } });
    expect(sent()).toMatchObject({ temperature: 0.2, response_format: { type: "json_schema" } });
    await post({
      prompt: { name, alias: "latest", variables },
      model: "up/nested/model",
      temperature: 1,
      response_format: { type: "json_object" },
    });
    expect(sent()).toMatchObject({
      model: "nested/model",
      temperature: 1,
      response_format: { type: "json_object" },
    });
  });

  it("of a text is one user message, for each choice", async () => {
    await make(gateway.admin, "hello", text("Say hello to {{who}}."));
    await post({
      model: "up/chat",
      n: 2,
      prompt: { name: "main.default.hello", version: 1, variables: { who: "Ana" } },
    });
    expect(sent()?.messages).toEqual([{ role: "user", content: "Say hello to Ana." }]);
    expect(await gateway.rows()).toMatchObject([{ promptVersion: 1 }, { promptVersion: 1 }]);
  });

  it("keeps 4,000 characters of a value, and none where the workbench keeps none", async () => {
    await post({ prompt: { name, variables: { language: "a".repeat(5_000), ticket: "a\0b" } } });
    process.env.KEEP_PROMPT_VARIABLES = "0";
    try {
      await post({ prompt: { name, variables } });
    } finally {
      delete process.env.KEEP_PROMPT_VARIABLES;
    }
    const [first, second] = await gateway.rows();
    const kept = first?.promptVariables as Record<string, string>;
    expect([kept.language?.length, kept.ticket]).toEqual([4_000, "a\uFFFDb"]);
    expect(second).toMatchObject({ promptId: prompt.id, promptVersion: 1, promptVariables: null });
  });

  it("leaves calls without one as they were", async () => {
    await post({ model: "up/chat", messages: [{ role: "user", content: "Hi" }] });
    const none = { promptId: null, promptVersion: null, promptAlias: null, promptVariables: null };
    const [row] = await gateway.rows();
    expect(row).toMatchObject(none);
    // One that an older version left in the journal says nothing of prompts.
    const left = Object.entries({ ...row, startedAt: row?.startedAt.toISOString() });
    const older = Object.fromEntries(left.filter(([field]) => !field.startsWith("prompt")));
    expect(invocationRow.parse(older)).toMatchObject(none);
  });
});

describe("a run that a browser reports", () => {
  const run = { model: "pebble-2m", device: "WASM", durationMs: 12, outcome: "ok", parameters: {} };
  const send = async (prompt: object) =>
    report(await apiRequest("/api/invocations", { body: { ...run, prompt }, as: person }));

  it("is noted with the prompt that it was made from", async () => {
    expect((await send({ name, version: 2, alias: null, variables })).status).toBe(204);
    expect(await gateway.rows()).toMatchObject([
      { clientReported: true, promptId: prompt.id, promptVersion: 2, promptVariables: variables },
    ]);
  });

  it.each<[string, object, number]>([
    ["a version that is not there", { name, version: 9, alias: null, variables: {} }, 404],
    ["a prompt that is not there", { name: "main.default.x", version: 1, alias: null, variables: {} }, 404],
    ["no version", { name, alias: "production", variables: {} }, 422],
  ])("is not noted with %s", async (_, wrong, status) => {
    expect((await send(wrong)).status).toBe(status);
    expect(await gateway.rows()).toHaveLength(0);
  });

  it("is not noted with a prompt that the reporter may not run", async () => {
    await make(gateway.admin, "secret", "Hush.", { schema: "main.desk" });
    const answer = await send({ name: "main.desk.secret", version: 1, alias: null, variables: {} });
    expect(answer.status).toBe(404);
  });
});
