import { basename, dirname } from "node:path";
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Tensor,
} from "@huggingface/transformers";

/** The peer: Transformers.js as its documentation says, on the same file with the same threads. */
export class Peer {
  readonly #model: PreTrainedModel;
  readonly #tokenizer: PreTrainedTokenizer;

  private constructor(model: PreTrainedModel, tokenizer: PreTrainedTokenizer) {
    this.#model = model;
    this.#tokenizer = tokenizer;
  }

  static async open(folder: string, dtype: "fp32" | "int8", threads: number): Promise<Peer> {
    env.allowRemoteModels = false;
    env.localModelPath = dirname(folder);
    const name = basename(folder);
    const model = await AutoModelForCausalLM.from_pretrained(name, {
      dtype,
      device: "cpu",
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
    });
    return new Peer(model, await AutoTokenizer.from_pretrained(name));
  }

  /** Greedy; gives the tokens behind the prompt. */
  async run(prompt: string, tokens: number): Promise<number[]> {
    const text = this.#tokenizer.apply_chat_template([{ role: "user", content: prompt }], {
      tokenize: false,
      add_generation_prompt: true,
    }) as string;
    const inputs = this.#tokenizer(text, { add_special_tokens: false });
    const output = (await this.#model.generate({
      ...inputs,
      max_new_tokens: tokens,
      do_sample: false,
    })) as Tensor;
    const all = Array.from(output.data as BigInt64Array, Number);
    return all.slice(all.length - tokens);
  }

  dispose(): Promise<unknown> {
    return this.#model.dispose();
  }
}
