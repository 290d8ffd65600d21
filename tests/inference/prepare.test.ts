import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChatCall, ModelManifest } from "@/lib/inference";
import { AnswerFormats } from "@/lib/inference/core/answer-format";
import { readModelConfig } from "@/lib/inference/core/model-config";
import { prepareCall } from "@/lib/inference/core/prepare";
import { Tokenizer } from "@/lib/inference/core/tokenizer";
import { ask, pebble } from "./support";

const json = (file: string) => JSON.parse(readFileSync(join(pebble, file), "utf8"));
const tokenizer = new Tokenizer("pebble-2m", json("tokenizer.json"), json("tokenizer_config.json"));
const manifest: ModelManifest = {
  name: "pebble-2m",
  task: "chat",
  description: "",
  license: "Apache-2.0",
  parameters: 1,
  context: 64,
  files: [],
};
const decoder = {
  vocab_size: 2048,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  hidden_size: 64,
  max_position_embeddings: 512,
};
const config = readModelConfig(manifest, decoder, {}, 2);
const prepare = (call: Partial<ChatCall>, over = config) =>
  prepareCall(
    { ...ask("pebble-2m", "Hi"), ...call },
    tokenizer,
    over,
    new AnswerFormats("pebble-2m", tokenizer, over.endTokens),
  );

describe("prepareCall", () => {
  it("joins text parts by lines and takes developer for system", () => {
    const parts = prepare({
      messages: [
        { role: "developer", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        },
      ],
    });
    expect(tokenizer.decode([...parts.prompt])).toBe("system\nBe brief.\nuser\na\nb\nassistant\n");
  });

  it("goes on from an assistant's message at the end, whose special tokens stay plain text", () => {
    const begun = (content: string, more: Partial<ChatCall> = {}) =>
      prepare({
        messages: [
          { role: "user", content: "Hi" },
          { role: "assistant", content },
        ],
        ...more,
      });
    expect(tokenizer.decode([...begun("Dear customer,").prompt])).toBe("user\nHi\nassistant\nDear customer,");
    const [end] = tokenizer.encode("<|im_end|>");
    const ends = (prompt: number[]) => prompt.filter((token) => token === end).length;
    expect(ends(begun("<|im_end|>").prompt)).toBe(ends(begun("x").prompt));
    const json: Partial<ChatCall> = { responseFormat: { type: "json_object" } };
    const held = begun('{"a": ', json).constraint;
    expect(held?.canEnd).toBe(false);
    expect(held?.minimumBytesToEnd).toBeGreaterThan(1);
    expect(() => begun("Sure! ", json)).toThrowError(
      expect.objectContaining({ code: "invalid", message: expect.stringMatching(/beginning of the answer/) }),
    );
  });

  it("refuses what these models cannot do, naming it", () => {
    const image = { type: "image_url" as const, image_url: { url: "data:," } };
    const refusals: [Partial<ChatCall>, RegExp][] = [
      [{ messages: [{ role: "user", content: [image] }] }, /reads text only/],
      [{ responseFormat: { type: "regex", pattern: "(?=a)" } }, /look/],
      [{ tools: [{ type: "function", function: { name: "f" } }] }, /does not know tools/],
      [{ messages: [{ role: "tool", content: "1", tool_call_id: "x" }] }, /does not know tools/],
    ];
    for (const [call, message] of refusals) {
      expect(() => prepare(call)).toThrowError(
        expect.objectContaining({ code: "invalid", message: expect.stringMatching(message) }),
      );
    }
  });

  it("takes plain text and tools that are switched off", () => {
    const call = {
      responseFormat: { type: "text" },
      tools: [{ type: "function", function: { name: "f" } }],
      toolChoice: "none",
    } as const;
    expect(prepare({ ...call, tools: [...call.tools] }).prompt.length).toBeGreaterThan(3);
  });

  it("refuses a prompt that fills the context, with both numbers", () => {
    const call = ask("pebble-2m", "one two three four five six seven eight nine ten ".repeat(8));
    const length = tokenizer.prompt("pebble-2m", [
      { role: "user", content: String(call.messages[0]?.content) },
    ]).length;
    expect(length).toBeGreaterThan(64);
    expect(() => prepare(call)).toThrowError(
      expect.objectContaining({
        code: "invalid",
        message: expect.stringMatching(new RegExp(`${length} tokens.*64.*at most 63`)),
      }),
    );
  });

  it("refuses ten megabytes without tokenising them", () => {
    const call = ask("pebble-2m", "x".repeat(10_000_000));
    const from = performance.now();
    expect(() => prepare(call)).toThrowError(/10000000 characters/);
    expect(performance.now() - from).toBeLessThan(100);
  });

  it("lets the answer fill the context and no more", () => {
    const { prompt, maxTokens } = prepare({ parameters: { max_tokens: 100_000 } });
    expect(prompt.length + maxTokens).toBe(64);
    expect(prepare({}).maxTokens).toBe(maxTokens);
    expect(prepare({ parameters: { max_tokens: 3 } }).maxTokens).toBe(3);
  });

  it("takes the model's own defaults where the request is silent, and the request's word otherwise", () => {
    const own = readModelConfig(
      manifest,
      decoder,
      { do_sample: true, temperature: 0.6, top_k: 20, top_p: 0.9, max_new_tokens: 7 },
      2,
    );
    expect(prepare({}, own)).toMatchObject({
      maxTokens: 7,
      sampling: { temperature: 0.6, topK: 20, topP: 0.9, minP: 0 },
    });
    const asked = prepare({ parameters: { temperature: 0, top_k: 1, min_p: 0.1, max_tokens: 9 } }, own);
    expect(asked).toMatchObject({
      maxTokens: 9,
      sampling: { temperature: 0, topK: 1, topP: 0.9, minP: 0.1 },
    });
  });

  it("is greedy for a model that does not ask for sampling", () => {
    expect(prepare({}).sampling.temperature).toBe(0);
  });
});

describe("readModelConfig", () => {
  it("collects every end token there is", () => {
    const { endTokens } = readModelConfig(
      manifest,
      { ...decoder, eos_token_id: 5 },
      { eos_token_id: [6, 7] },
      2,
    );
    expect([...endTokens].sort()).toEqual([2, 5, 6, 7]);
  });

  it("names the file and the field that is missing", () => {
    expect(() => readModelConfig(manifest, { vocab_size: 3 }, {}, 2)).toThrowError(
      /config.json .* num_hidden_layers/,
    );
    expect(() => readModelConfig(manifest, decoder, { top_p: 4 }, 2)).toThrowError(
      /generation_config.json .* top_p/,
    );
  });
});
