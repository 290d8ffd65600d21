import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeKey } from "@/lib/auth/key-format";
import { removeFolder, startWorkbench, type Workbench } from "./workbench";

const key = makeKey();
let bench: Workbench;
let client: OpenAI;

beforeAll(async () => {
  bench = await startWorkbench({
    ADMIN_EMAIL: "mira@desk.example",
    ADMIN_PASSWORD: "eleven tiles and a mark",
    ADMIN_API_KEY: key,
  });
  client = new OpenAI({ baseURL: `${bench.url}/v1`, apiKey: key, maxRetries: 0 });
});
afterAll(async () => {
  await bench.stop();
  removeFolder(bench.dataDir);
});

const sentiment = [
  {
    role: "system" as const,
    content: "You classify customer messages. Answer with one word: positive, negative or neutral.",
  },
  {
    role: "user" as const,
    content: "I want my money back, the lamp broke after two days and nobody answers.",
  },
];

describe("the openai package after an unattended start", () => {
  it("lists the models", async () => {
    const names: string[] = [];
    for await (const model of client.models.list()) names.push(model.id);
    expect(names).toEqual(expect.arrayContaining(["pebble-2m", "grain-embed"]));
  });

  it("completes with the right answer and counts its tokens", async () => {
    const answer = await client.chat.completions.create({
      model: "pebble-2m",
      messages: sentiment,
      temperature: 0,
    });
    expect(answer.choices[0]?.message.content?.toLowerCase()).toContain("negative");
    expect(answer.choices[0]?.finish_reason).toBe("stop");
    expect(answer.usage?.prompt_tokens).toBeGreaterThan(20);
    expect(answer.usage?.total_tokens).toBe(
      (answer.usage?.prompt_tokens ?? 0) + (answer.usage?.completion_tokens ?? 0),
    );
  });

  it("streams the same answer, usage last", async () => {
    const stream = await client.chat.completions.create({
      model: "pebble-2m",
      messages: sentiment,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      usage = chunk.usage ?? usage;
    }
    expect(text.toLowerCase()).toContain("negative");
    expect(usage?.completion_tokens).toBeGreaterThan(0);
  });

  it("gets JSON of a schema, whole and streamed", async () => {
    const schema = {
      type: "object",
      properties: { sentiment: { enum: ["positive", "neutral", "negative"] }, urgent: { type: "boolean" } },
      required: ["sentiment", "urgent"],
      additionalProperties: false,
    };
    const call = {
      model: "pebble-2m",
      messages: sentiment,
      response_format: { type: "json_schema" as const, json_schema: { name: "mood", schema, strict: true } },
    };
    const whole = await client.chat.completions.create(call);
    const stream = await client.chat.completions.create({ ...call, stream: true });
    let streamed = "";
    for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? "";
    for (const text of [whole.choices[0]?.message.content ?? "", streamed]) {
      expect(Object.keys(JSON.parse(text))).toEqual(["sentiment", "urgent"]);
      expect(["positive", "neutral", "negative"]).toContain(JSON.parse(text).sentiment);
    }
    await expect(
      client.chat.completions.create({
        ...call,
        response_format: { type: "json_schema", json_schema: { name: "x", schema: { type: "nothing" } } },
      }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining("type must be of") });
    await expect(client.chat.completions.create({ ...call, max_tokens: 2 })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining("max_tokens (2)"),
    });
  });

  it("gets log-probabilities, whole and streamed, and is told what was computed before", async () => {
    const call = { model: "pebble-2m", messages: sentiment, temperature: 0, logprobs: true, top_logprobs: 2 };
    const whole = await client.chat.completions.create(call);
    const content = whole.choices[0]?.logprobs?.content ?? [];
    const bytes = content.flatMap((token) => token.bytes ?? []);
    expect(new TextDecoder().decode(Uint8Array.from(bytes))).toBe(whole.choices[0]?.message.content);
    expect(content.every(({ logprob, top_logprobs }) => logprob <= 0 && top_logprobs.length === 2)).toBe(
      true,
    );
    const stream = await client.chat.completions.create({
      ...call,
      stream: true,
      stream_options: { include_usage: true },
    });
    const streamed: string[] = [];
    let cached: number | undefined;
    for await (const { choices, usage } of stream) {
      streamed.push(...(choices[0]?.logprobs?.content ?? []).map(({ token }) => token));
      cached = usage?.prompt_tokens_details?.cached_tokens ?? cached;
    }
    expect(streamed).toEqual(content.map(({ token }) => token));
    expect(cached).toBeGreaterThan(20);
  });

  it("calls a prompt of the library by its name, as its alias stands", async () => {
    const send = (path: string, method: string, body?: object, headers: Record<string, string> = {}) =>
      fetch(`${bench.url}/api/prompts${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
        body: body && JSON.stringify(body),
      });
    const [system] = sentiment;
    const content = {
      type: "chat",
      messages: [
        { role: "system", text: system?.content },
        { role: "user", text: "{{message}}" },
      ],
      model: "pebble-2m",
      parameters: { temperature: 0 },
    };
    const name = "main.default.mood";
    expect((await send("", "POST", { schema: "main.default", name: "mood", content })).status).toBe(201);
    const alias = { version: 1, why: "First" };
    const moved = await send(`/${name}/aliases/production`, "PUT", alias, { "if-none-match": "*" });
    expect(moved.status).toBe(200);

    const fetched = await send(`/${name}`, "GET");
    expect([fetched.status, fetched.headers.get("cache-control")]).toEqual([200, "private, max-age=60"]);
    expect(await fetched.json()).toMatchObject({ version: 1, alias: "production" });
    const etag = fetched.headers.get("etag") ?? "";
    expect((await send(`/${name}`, "GET", undefined, { "if-none-match": etag })).status).toBe(304);

    const { data, response } = await client.chat.completions
      .create({ prompt: { name, variables: { message: sentiment[1]?.content } } } as never)
      .withResponse();
    const answer = data as OpenAI.ChatCompletion;
    expect(answer.choices[0]?.message.content?.toLowerCase()).toContain("negative");
    expect(response.headers.get("x-tessera-prompt")).toBe(`${name}@1`);
    await expect(client.chat.completions.create({ prompt: { name } } as never)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("message"),
    });
  });

  it("embeds, and likeness follows the words", async () => {
    const { data, usage } = await client.embeddings.create({
      model: "grain-embed",
      input: [
        "The door sensor lost its battery.",
        "The battery of the door sensor is lost.",
        "Refund my invoice please.",
      ],
    });
    const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
    const [first = [], second = [], third = []] = data.map((item) => item.embedding);
    expect(first).toHaveLength(384);
    expect(dot(first, second)).toBeGreaterThan(dot(first, third) + 0.2);
    expect(usage.prompt_tokens).toBeGreaterThan(10);
  });

  it("maps refusals to the package's own error classes", async () => {
    const stranger = new OpenAI({ baseURL: `${bench.url}/v1`, apiKey: makeKey(), maxRetries: 0 });
    await expect(
      stranger.chat.completions.create({ model: "pebble-2m", messages: sentiment }),
    ).rejects.toBeInstanceOf(AuthenticationError);
    await expect(
      client.chat.completions.create({ model: "nowhere", messages: sentiment }),
    ).rejects.toBeInstanceOf(NotFoundError);
    await expect(
      client.chat.completions.create({ model: "pebble-2m", messages: sentiment, n: 1e9 }),
    ).rejects.toBeInstanceOf(BadRequestError);
  });

  it("stops when the client leaves", async () => {
    const stream = await client.chat.completions.create({
      model: "pebble-2m",
      messages: [{ role: "user", content: "Tell me." }],
      stream: true,
    });
    stream.controller.abort();
    const answer = await client.chat.completions.create({
      model: "pebble-2m",
      messages: sentiment,
      temperature: 0,
    });
    expect(answer.choices[0]?.message.content).toBeTruthy();
  });
});
