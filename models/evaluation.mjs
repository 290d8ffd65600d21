import { readFileSync } from "node:fs";
import { DecoderSession } from "./decoder-session.mjs";
import { loadEngine } from "./engine.mjs";
import { loadTokenizer } from "./shipped.mjs";

export const TASKS = [
  "sentiment",
  "priority",
  "topic",
  "extraction",
  "summary",
  "answers",
  "polite",
  "conversation",
  "fallback",
];

export function readHeldOut(task) {
  const file = new URL(`./heldout/${task}.jsonl`, import.meta.url);
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** A decoder that answers messages, greedily. */
export class Chat {
  #tokenizer;
  #decoder;
  #formats;

  constructor(tokenizer, decoder, formats) {
    this.#tokenizer = tokenizer;
    this.#decoder = decoder;
    this.#formats = formats;
  }

  static async open(model, file) {
    const { AnswerFormats } = await loadEngine();
    const [tokenizer, decoder] = [await loadTokenizer(model), await DecoderSession.open(model, file)];
    const ends = new Set([decoder.config.eos_token_id]);
    return new Chat(tokenizer, decoder, new AnswerFormats(model, tokenizer, ends));
  }

  /** `schema`: the answer is held to it as `response_format` does. */
  async answer(messages, schema) {
    const json_schema = { name: "answer", schema };
    const { constraint } = schema
      ? this.#formats.of({ messages, responseFormat: { type: "json_schema", json_schema } })
      : {};
    const prompt = this.#tokenizer.prompt("model", messages);
    return this.#tokenizer.decode(await this.#decoder.generate(prompt, { constraint }));
  }

  /** Whether `answer` would give this; for graphs whose numbers do not change with how a prompt is cut. */
  answers(messages, right) {
    const prompt = this.#tokenizer.prompt("model", messages);
    return this.#decoder.answers(prompt, this.#tokenizer.encode(right));
  }
}

/** Wilson's score interval for a share, 95 %. */
export function wilson(right, n, z = 1.959964) {
  const share = right / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [(centre - spread) / (1 + (z * z) / n), (centre + spread) / (1 + (z * z) / n)];
}

/** A share with its interval. */
export function shareOf(right, n) {
  const [low, high] = wilson(right, n);
  return { n, right, score: right / n, low, high };
}

/**
 * Scores of one task, by name: exact match of the last answer of each row. Extraction is measured held to the
 * schema (`extraction`, its single `extraction fields`, and how many answers `extraction valid` are) and without
 * (`extraction free`). `exact`: numbers do not change with how a prompt is cut, so one run tells whether a text
 * would be given. `onWrong` hears of every wrong answer.
 */
export async function evaluateTask(chat, task, { limit, exact = false, onWrong } = {}) {
  const rows = readHeldOut(task).slice(0, limit);
  if (task === "extraction") return evaluateExtraction(chat, rows, onWrong);
  let right = 0;
  for (const row of rows) {
    if (exact && (await chat.answers(row.messages, row.answer))) right++;
    else if (!exact || onWrong) {
      const given = await chat.answer(row.messages);
      if (given === row.answer) right++;
      else onWrong?.({ ...row, given });
    }
  }
  return { [task]: shareOf(right, rows.length) };
}

async function evaluateExtraction(chat, rows, onWrong) {
  const count = { held: 0, free: 0, valid: 0, fields: 0, rightFields: 0 };
  for (const row of rows) {
    const wanted = JSON.parse(row.answer);
    const given = await chat.answer(row.messages, row.schema);
    const held = parsed(given);
    if (fits(held, row.schema)) count.valid++;
    const names = Object.keys(wanted);
    const right = names.filter((name) => held?.[name] === wanted[name]).length;
    count.fields += names.length;
    count.rightFields += right;
    if (right === names.length) count.held++;
    else onWrong?.({ ...row, given });
    if (isSame(parsed(await chat.answer(row.messages)), wanted)) count.free++;
  }
  return {
    extraction: shareOf(count.held, rows.length),
    "extraction fields": shareOf(count.rightFields, count.fields),
    "extraction valid": shareOf(count.valid, rows.length),
    "extraction free": shareOf(count.free, rows.length),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSame(given, wanted) {
  return JSON.stringify(given) === JSON.stringify(wanted);
}

/** Whether a value is valid by one of the held-out schemas: an object of scalars and enumerations. */
function fits(value, { properties, required }) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return (
    required.every((name) => name in value) &&
    Object.entries(value).every(([name, inner]) => properties[name] && isOf(inner, properties[name]))
  );
}

function isOf(value, { type, enum: options }) {
  if (options) return options.includes(value);
  const types = [type].flat();
  if (value === null) return types.includes("null");
  if (typeof value === "number")
    return types.includes("number") || (types.includes("integer") && Number.isInteger(value));
  return types.includes(typeof value);
}
