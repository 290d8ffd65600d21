import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { loadTokenizer } from "../../models/evaluation.mjs";

const samples: [string, number[]][] = JSON.parse(
  readFileSync(new URL("./fixtures/pebble-2m-tokens.json", import.meta.url), "utf8"),
);
let tokenizer: Awaited<ReturnType<typeof loadTokenizer>>;

beforeAll(async () => {
  tokenizer = await loadTokenizer("pebble-2m");
});

describe("the tokenizer of pebble-2m", () => {
  it("gives the ids the model was trained with", () => {
    expect(samples.length).toBeGreaterThan(300);
    for (const [text, ids] of samples)
      expect(tokenizer.encode(text, { add_special_tokens: false }), JSON.stringify(text)).toEqual(ids);
  });

  it("returns every text exactly", () => {
    for (const [text, ids] of samples) expect(tokenizer.decode(ids)).toBe(text);
  });

  it("writes conversations in ChatML", () => {
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hello" },
    ];
    const prompt = tokenizer.apply_chat_template(messages, { tokenize: false, add_generation_prompt: true });
    expect(prompt).toBe(
      "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n",
    );
  });

  it("reads its marks as single tokens", () => {
    expect(tokenizer.encode("<|im_start|><|im_end|><|endoftext|>", { add_special_tokens: false })).toEqual([
      1, 2, 0,
    ]);
  });
});
