import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ChatCall, ChatEvent, Tool } from "@/lib/inference";
import type { ModelSource } from "@/lib/inference/engines/protocol";
import type { WorkerHost } from "@/lib/inference/engines/worker-host";
import { ask, engineOver, randomModel, run, scratchFolder, useServerWorker, writeManifest } from "./support";

const ticket = {
  type: "object",
  properties: {
    id: { type: "integer", minimum: 1, maximum: 9999 },
    topic: { enum: ["delivery", "billing", "other"] },
    tags: { type: "array", items: { type: "string", maxLength: 8 }, minItems: 1, maxItems: 3 },
  },
  required: ["id", "topic", "tags"],
  additionalProperties: false,
};
const schemaFormat = (schema: Record<string, unknown>) =>
  ({ type: "json_schema", json_schema: { name: "ticket", schema } }) as const;

/** Qwen's way with tools, in short. */
const toolTemplate = `{% if tools %}system\nTools:{% for tool in tools %}\n{{ tool | tojson }}{% endfor %}
Answer with <tool_call>\n{"name": ..., "arguments": ...}\n</tool_call>\n{% endif %}{% for message in messages %}{{ message.role }}
{{ message.content }}{% if message.tool_calls %}{% for call in message.tool_calls %}<tool_call>
{"name": "{{ call.function.name }}", "arguments": {{ call.function.arguments | tojson }}}
</tool_call>{% endfor %}{% endif %}
{% endfor %}{% if add_generation_prompt %}assistant\n{% endif %}`;
const bareTemplate = toolTemplate
  .replaceAll("<tool_call>", "")
  .replaceAll("</tool_call>", "")
  .replaceAll('"arguments"', '"parameters"');

const weather: Tool = {
  type: "function",
  function: {
    name: "get_weather",
    parameters: {
      type: "object",
      properties: { city: { enum: ["Oslo", "Bern"] }, days: { type: "integer", minimum: 1, maximum: 3 } },
      required: ["city", "days"],
      additionalProperties: false,
    },
  },
};
const clock: Tool = {
  type: "function",
  function: { name: "get_time", parameters: { type: "object", properties: {}, additionalProperties: false } },
};

let engine: WorkerHost;

beforeAll(async () => {
  await useServerWorker();
  const folder = await scratchFolder();
  const templated = async (name: string, chat_template: string): Promise<ModelSource> => {
    const { base } = await randomModel(folder, name, 512);
    const path = join(base, "tokenizer_config.json");
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), chat_template }));
    return writeManifest(base, name, 512);
  };
  const inFile = async (): Promise<ModelSource> => {
    const { base } = await randomModel(folder, "template-file", 512);
    writeFileSync(join(base, "chat_template.jinja"), toolTemplate);
    return writeManifest(base, "template-file", 512);
  };
  mkdirSync(join(folder, "pebble-2m"));
  cpSync(join(process.cwd(), "public/models/pebble-2m"), join(folder, "pebble-2m"), { recursive: true });
  const pebble = { ...(await randomModel(folder, "unused")), base: join(folder, "pebble-2m") };
  pebble.manifest = JSON.parse(readFileSync(join(pebble.base, "tessera.json"), "utf8"));
  engine = engineOver([
    await randomModel(folder, "babble", 512),
    await templated("tagged", toolTemplate),
    await templated("bare", bareTemplate),
    await inFile(),
    pebble,
  ]);
});

const parameters = (seed: number, max_tokens = 300) => ({ temperature: 1, seed, max_tokens });

describe("an answer in a response format", () => {
  it("is valid JSON of the schema, whatever the model would rather say", async () => {
    for (let seed = 0; seed < 12; seed++) {
      const call = { ...ask("babble", "Sort this.", parameters(seed)), responseFormat: schemaFormat(ticket) };
      const { text, last } = await run(engine, call);
      expect(last).toEqual({ type: "finish", reason: "stop" });
      const { id, topic, tags, ...rest } = JSON.parse(text);
      expect(rest).toEqual({});
      expect(Number.isInteger(id) && id >= 1 && id <= 9999).toBe(true);
      expect(ticket.properties.topic.enum).toContain(topic);
      expect(tags.length >= 1 && tags.length <= 3).toBe(true);
      expect(tags.every((tag: string) => [...tag].length <= 8)).toBe(true);
    }
  });

  it("is a JSON object in JSON mode, and matches a pattern whole", async () => {
    const object = {
      ...ask("babble", "Hi", parameters(3)),
      responseFormat: { type: "json_object" } as const,
    };
    const parsed = JSON.parse((await run(engine, object)).text);
    expect(typeof parsed === "object" && !Array.isArray(parsed)).toBe(true);
    const pattern = "[A-Z]{2}-[0-9]{4}( rush)?";
    const order = {
      ...ask("babble", "Hi", parameters(3)),
      responseFormat: { type: "regex", pattern } as const,
    };
    expect((await run(engine, order)).text).toMatch(new RegExp(`^(${pattern})$`));
  });

  it("is brought to a valid end when its tokens run out, and says length", async () => {
    const schema = {
      type: "object",
      properties: { text: { type: "string", minLength: 200 } },
      required: ["text"],
    };
    const lists = { type: "array", items: ticket, minItems: 2 };
    for (let seed = 0; seed < 8; seed++) {
      for (const [format, budget] of [
        [schema, 230],
        [lists, 170],
      ] as const) {
        const call = {
          ...ask("babble", "Hi", parameters(seed, budget)),
          responseFormat: schemaFormat(format),
        };
        const { text, last, outputTokens } = await run(engine, call);
        expect(last.type).toBe("finish");
        expect(() => JSON.parse(text)).not.toThrow();
        expect(outputTokens).toBeLessThanOrEqual(budget);
      }
    }
    const endless = {
      ...ask("babble", "Hi", parameters(1, 40)),
      responseFormat: schemaFormat({ type: "array", items: { type: "string" }, minItems: 5 }),
    };
    const { text, last } = await run(engine, endless);
    expect(last).toEqual({ type: "finish", reason: "length" });
    expect(JSON.parse(text).length).toBeGreaterThanOrEqual(5);
  });

  it("is a typed error where no valid answer fits", async () => {
    const call = { ...ask("babble", "Hi", parameters(1, 8)), responseFormat: schemaFormat(ticket) };
    expect((await run(engine, call)).last).toMatchObject({
      type: "error",
      code: "unprocessable",
      message: expect.stringMatching(/max_tokens \(8\) before its response format was complete/),
    });
  });

  it("is refused before it begins for a schema that cannot be held to", async () => {
    const call = { ...ask("babble", "Hi"), responseFormat: schemaFormat({ not: { type: "string" } }) };
    const { last, events } = await run(engine, call);
    expect(last).toMatchObject({ type: "error", code: "invalid", message: expect.stringContaining("not") });
    expect(events.some(({ type }) => type === "delta")).toBe(false);
  });

  it("runs beside free ones, each as alone", async () => {
    const free = ask("babble", "Hi", { temperature: 0, max_tokens: 30 });
    const held = { ...ask("babble", "Hi", parameters(5)), responseFormat: schemaFormat(ticket) };
    const alone = [(await run(engine, free)).text, (await run(engine, held)).text];
    const together = await Promise.all([free, held, free, held].map((call) => run(engine, call)));
    expect(together.map(({ text }) => text)).toEqual([...alone, ...alone]);
  });

  it("is what the built-in model gives, too", async () => {
    const schema = {
      type: "object",
      properties: { sentiment: { enum: ["positive", "neutral", "negative"] } },
      required: ["sentiment"],
      additionalProperties: false,
    };
    const call: ChatCall = {
      ...ask("pebble-2m", "I love the new lamp, thank you!", { max_tokens: 40 }),
      responseFormat: schemaFormat(schema),
    };
    expect(["positive", "neutral", "negative"]).toContain(
      JSON.parse((await run(engine, call)).text).sentiment,
    );
  });
});

describe("tool calls", () => {
  const callsOf = (events: ChatEvent[]) => events.filter((event) => event.type === "tool_call");

  it("are forced where they are required: valid arguments, an id each, finish tool_calls", async () => {
    for (const model of ["tagged", "template-file", "bare"]) {
      for (let seed = 0; seed < 4; seed++) {
        const call = {
          ...ask(model, "Weather?", parameters(seed)),
          tools: [weather, clock],
          toolChoice: "required",
        } as const;
        const { events, last, text } = await run(engine, {
          ...call,
          tools: [...call.tools],
          parallelToolCalls: false,
        });
        expect(last).toEqual({ type: "finish", reason: "tool_calls" });
        expect(text).toBe("");
        const [only, ...more] = callsOf(events);
        expect(more).toEqual([]);
        expect(only?.id).toMatch(/^call_[0-9a-f]{24}$/);
        const written = JSON.parse(only?.arguments ?? "");
        if (only?.name === "get_time") expect(written).toEqual({});
        else
          expect(written).toEqual({ city: expect.stringMatching(/^(Oslo|Bern)$/), days: expect.any(Number) });
      }
    }
  });

  it("are of the one tool that was named", async () => {
    const toolChoice = { type: "function", function: { name: "get_time" } } as const;
    const call = { ...ask("tagged", "Hi", parameters(2)), tools: [weather, clock], toolChoice };
    const { events } = await run(engine, { ...call, parallelToolCalls: false });
    expect(callsOf(events).map(({ name }) => name)).toEqual(["get_time"]);
  });

  it("leave text alone where the model may choose, and read back a conversation with results", async () => {
    const messages: ChatCall["messages"] = [
      { role: "user", content: "Weather in Oslo?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [
          {
            id: "call_1",
            type: "function",
            function: { name: "get_weather", arguments: '{"city":"Oslo","days":1}' },
          },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: "rain" },
    ];
    const { last, text } = await run(engine, {
      model: "tagged",
      messages,
      parameters: parameters(1, 20),
      tools: [weather],
    });
    expect(last).toMatchObject({ type: "finish" });
    expect(text.length).toBeGreaterThan(0);
  });

  it("are refused for a model whose template knows none", async () => {
    const { last } = await run(engine, { ...ask("babble", "Hi"), tools: [weather] });
    expect(last).toMatchObject({ code: "invalid", message: expect.stringMatching(/does not know tools/) });
  });
});
