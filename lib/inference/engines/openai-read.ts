import "server-only";
import { AppError } from "@/lib/core";
import type { ChatCall, ChatEvent } from "../schema";
import { AnswerReader } from "./openai-answer";
import type { Exchange, ResponseHead } from "./openai-exchange";
import { promptCharacters } from "./openai-request";
import { SseParser } from "./openai-sse";

export const maxStreamBytes = 64 * 1024 * 1024;
const maxWholeBytes = 32 * 1024 * 1024;
const maxErrorBytes = 64 * 1024;
const errorBodyMs = 5_000;
/** After `finish_reason` only usage and `[DONE]` may follow; some servers send neither and never close. */
const graceMs = 5_000;

export const isEventStream = (head: ResponseHead) =>
  String(head.headers["content-type"] ?? "")
    .toLowerCase()
    .startsWith("text/event-stream");

function requirePlain(head: ResponseHead): void {
  const encoding = head.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity" && encoding !== "") {
    throw new AppError("upstream", "The upstream sent a compressed answer although none was asked for.");
  }
}

async function readBytes(exchange: Exchange, limit: number, deadline: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = await exchange.read(
      deadline - performance.now(),
      "The upstream did not finish its answer in time.",
    );
    if (!chunk) return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    size += chunk.length;
    if (size > limit) throw new AppError("upstream", `The upstream's answer is larger than ${limit} bytes.`);
    chunks.push(chunk);
  }
}

/** The JSON body of an answer. @throws AppError `upstream` when it is something else or too large. */
export async function readJson(exchange: Exchange, head: ResponseHead, deadline: number): Promise<unknown> {
  requirePlain(head);
  const bytes = await readBytes(exchange, maxWholeBytes, deadline);
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new AppError("upstream", "The upstream's answer is not JSON.", { cause });
  }
}

/** The body of a refusal, as JSON where it is JSON; whatever cannot be read of it is left out. */
export async function readError(exchange: Exchange, head: ResponseHead): Promise<unknown> {
  let text: string;
  try {
    requirePlain(head);
    text = (await readBytes(exchange, maxErrorBytes, performance.now() + errorBodyMs)).toString("utf8");
  } catch {
    // The status is the answer; an unreadable explanation must not replace it.
    return "";
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An answer that came in one piece. */
export async function* readWhole(
  exchange: Exchange,
  head: ResponseHead,
  call: ChatCall,
  deadline: number,
): AsyncGenerator<ChatEvent> {
  const answer = new AnswerReader();
  const events = answer.take(await readJson(exchange, head, deadline));
  if (!answer.hasChoice) throw new AppError("upstream", "The upstream's answer holds no completion.");
  yield* events;
  yield answer.usage(promptCharacters(call.messages));
  yield { type: "finish", reason: answer.finish ?? "stop" };
}

interface StreamTimeouts {
  firstTokenMs: number;
  stallMs: number;
}

/** A streamed answer. */
export async function* readStream(
  exchange: Exchange,
  call: ChatCall,
  timeouts: StreamTimeouts,
  deadline: number,
): AsyncGenerator<ChatEvent> {
  const parser = new SseParser();
  const answer = new AnswerReader();
  let due = performance.now() + timeouts.firstTokenMs;
  let late = "The upstream sent no first token in time.";
  let state: "open" | "done" | "ended" = "open";
  while (state === "open") {
    if (answer.finish) due = Math.min(due, performance.now() + graceMs);
    const chunk = await readUntil(exchange, Math.min(due, deadline), late, answer.finish !== undefined);
    const events = chunk ? parser.push(chunk) : parser.end();
    if (!chunk) state = "ended";
    for (const data of events) {
      if (data === "[DONE]") {
        state = "done";
        break;
      }
      yield* answer.take(parseChunk(data));
    }
    if (events.length > 0) {
      due = performance.now() + timeouts.stallMs;
      late = "The upstream's stream stalled.";
    }
  }
  if (!answer.finish && state === "ended") {
    throw new AppError("upstream", "The upstream's stream broke off before the answer was complete.");
  }
  exchange.release();
  yield answer.usage(promptCharacters(call.messages));
  yield { type: "finish", reason: answer.finish ?? "stop" };
}

async function readUntil(
  exchange: Exchange,
  due: number,
  late: string,
  complete: boolean,
): Promise<Buffer | undefined> {
  try {
    return await exchange.read(due - performance.now(), late);
  } catch (error) {
    // The answer is whole already; only figures that not every server sends are missing.
    if (complete) return undefined;
    throw error;
  }
}

function parseChunk(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new AppError("upstream", "The upstream's stream holds an event that is not JSON.", { cause });
  }
}
