import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PreTrainedTokenizer } from "@huggingface/transformers";
import { InferenceSession, Tensor } from "onnxruntime-node";

interface Shape {
  num_hidden_layers: number;
  num_key_value_heads: number;
  head_dim: number;
}

/** The yardstick: the shortest greedy loop one would write over onnxruntime-node, on the calling thread. */
export class RawLoop {
  readonly #session: InferenceSession;
  readonly #tokenizer: PreTrainedTokenizer;
  readonly #shape: Shape;

  private constructor(session: InferenceSession, tokenizer: PreTrainedTokenizer, shape: Shape) {
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.#shape = shape;
  }

  static async open(folder: string, threads: number): Promise<RawLoop> {
    const json = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8"));
    const session = await InferenceSession.create(join(folder, json("tessera.json").graph), {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
    });
    return new RawLoop(
      session,
      new PreTrainedTokenizer(json("tokenizer.json"), json("tokenizer_config.json")),
      json("config.json"),
    );
  }

  /** `perSecond` counts the tokens behind the first over the time behind the first; `allPerSecond` all over all. */
  async run(
    prompt: string,
    tokens: number,
  ): Promise<{ firstMs: number; perSecond: number; allPerSecond: number; text: string }> {
    const from = performance.now();
    const { num_hidden_layers, num_key_value_heads, head_dim } = this.#shape;
    const text = this.#tokenizer.apply_chat_template([{ role: "user", content: prompt }], {
      tokenize: false,
      add_generation_prompt: true,
    });
    let ids = this.#tokenizer.encode(text, { add_special_tokens: false });
    let cache: Record<string, Tensor> = {};
    for (let layer = 0; layer < num_hidden_layers; layer++) {
      for (const part of ["key", "value"]) {
        cache[`past_key_values.${layer}.${part}`] = new Tensor("float32", new Float32Array(0), [
          1,
          num_key_value_heads,
          0,
          head_dim,
        ]);
      }
    }
    const answer: number[] = [];
    let length = 0;
    let firstMs = 0;
    while (answer.length < tokens) {
      const past = length;
      length += ids.length;
      const outputs = await this.#session.run({
        ...cache,
        input_ids: new Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]),
        attention_mask: new Tensor("int64", new BigInt64Array(length).fill(1n), [1, length]),
        position_ids: new Tensor(
          "int64",
          BigInt64Array.from(ids, (_, i) => BigInt(past + i)),
          [1, ids.length],
        ),
        num_logits_to_keep: new Tensor("int64", BigInt64Array.of(1n), []),
      });
      const logits = outputs.logits?.data as Float32Array;
      let best = 0;
      for (let token = 1; token < logits.length; token++)
        if ((logits[token] ?? 0) > (logits[best] ?? 0)) best = token;
      answer.push(best);
      ids = [best];
      firstMs ||= performance.now() - from;
      cache = {};
      for (const [key, tensor] of Object.entries(outputs)) {
        if (key !== "logits") cache[key.replace("present", "past_key_values")] = tensor;
      }
    }
    const ms = performance.now() - from;
    return {
      firstMs,
      perSecond: ((tokens - 1) / (ms - firstMs)) * 1000,
      allPerSecond: (tokens / ms) * 1000,
      text: this.#tokenizer.decode(answer, { skip_special_tokens: true }),
    };
  }
}
