import { readFileSync } from "node:fs";
import { AutoTokenizer, env } from "@huggingface/transformers";
import { DecoderSession, modelFolder } from "./decoder-session.mjs";

export const TASKS = ["sentiment", "topic", "answers", "fallback"];

export function readHeldOut(task) {
  const file = new URL(`./heldout/${task}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The tokenizer as applications load it: from the model's folder, never from the network. */
export async function loadTokenizer(model) {
  env.allowRemoteModels = false;
  env.localModelPath = modelFolder("");
  return AutoTokenizer.from_pretrained(model);
}

/** A function from messages to the model's greedy answer. */
export async function openChat(model, file) {
  const [tokenizer, decoder] = [await loadTokenizer(model), await DecoderSession.open(model, file)];
  return async (messages) => {
    const prompt = tokenizer.apply_chat_template(messages, {
      add_generation_prompt: true,
      tokenize: true,
      return_tensor: false,
      return_dict: false,
    });
    const answer = await decoder.generate(prompt);
    return answer.length > 0 ? tokenizer.decode(answer, { skip_special_tokens: true }) : "";
  };
}

/** Wilson's score interval for a share, 95 %. */
export function wilson(right, n, z = 1.959964) {
  const share = right / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [(centre - spread) / (1 + (z * z) / n), (centre + spread) / (1 + (z * z) / n)];
}

/** Exact match on the last answer of each row. */
export async function evaluateTask(chat, task, limit = Number.POSITIVE_INFINITY) {
  const rows = readHeldOut(task).slice(0, limit);
  const wrong = [];
  for (const row of rows) {
    const given = await chat(row.messages);
    if (given !== row.answer) wrong.push({ ...row, given });
  }
  const right = rows.length - wrong.length;
  const [low, high] = wilson(right, rows.length);
  return { task, n: rows.length, right, score: right / rows.length, low, high, wrong };
}
