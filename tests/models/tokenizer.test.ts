import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PreTrainedTokenizer } from "@huggingface/transformers";
import { describe, expect, it } from "vitest";
import { builtIn } from "../../models/built-in.mjs";
import { modelFolder } from "../../models/decoder-session.mjs";

const samples: [string, number[]][] = JSON.parse(
  readFileSync(new URL("./fixtures/tokens.json", import.meta.url), "utf8"),
);
const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");
const own = "models/tokenizer";
const tokenizer = new PreTrainedTokenizer(
  JSON.parse(read(own, "tokenizer.json")),
  JSON.parse(read(own, "tokenizer_config.json")),
);

describe("the tokenizer of the built-in models", () => {
  it("gives the ids the models were trained with", () => {
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

  it("adds nothing around a text that is to be embedded", () => {
    expect(tokenizer.encode("Hello")).toEqual(tokenizer.encode("Hello", { add_special_tokens: false }));
  });

  it.each(builtIn())("is that of %s, byte for byte", (model) => {
    for (const file of ["tokenizer.json", "tokenizer_config.json"])
      expect(read(modelFolder(model), file)).toBe(read(own, file));
  });
});
