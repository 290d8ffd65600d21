import "server-only";
import type { Dispatcher } from "undici";
import { AppError } from "@/lib/core";
import type {
  ChatCall,
  ChatEngine,
  ChatEvent,
  EmbeddingCall,
  EmbeddingEngine,
  EmbeddingResult,
  EngineInfo,
} from "../schema";
import { parseVectors } from "./openai-embeddings";
import { asAppError, type EngineFailure, failed, refused } from "./openai-errors";
import { Exchange } from "./openai-exchange";
import { isEventStream, maxStreamBytes, readError, readJson, readStream, readWhole } from "./openai-read";
import { chatBody, learn, type PassedFields, type Quirks } from "./openai-request";

export type { PassedFields } from "./openai-request";

export interface OpenAiTimeouts {
  /** Until status and headers of a streamed answer. */
  headersMs: number;
  /** From the headers to the first event; comments sent to keep the connection do not count. */
  firstTokenMs: number;
  /** Between two events. */
  stallMs: number;
  /** The whole call; also the wait for an answer that is not streamed, since nothing comes before it is done. */
  totalMs: number;
}

export const openAiTimeouts: OpenAiTimeouts = {
  headersMs: 30_000,
  firstTokenMs: 120_000,
  stallMs: 60_000,
  totalMs: 600_000,
};

export interface OpenAiOptions {
  /** With its path, such as `https://api.openai.com/v1`. */
  baseUrl: string;
  apiKey?: string;
  timeouts?: Partial<OpenAiTimeouts>;
  dispatcher: Dispatcher;
}

export interface OpenAiChatOptions {
  /** Ask for one whole answer instead of a stream: less work on both sides, no figures on the way. */
  whole?: boolean;
  passed?: PassedFields;
}

export interface OpenAiEngine extends ChatEngine, EmbeddingEngine {
  chat(call: ChatCall, signal: AbortSignal, options?: OpenAiChatOptions): AsyncIterable<ChatEvent>;
  /** The upstream's model ids. @throws AppError */
  listModels(signal: AbortSignal): Promise<string[]>;
}

const maxModels = 10_000;

/** An engine for any server that speaks OpenAI's chat and embeddings API. */
export function openAiEngine(options: OpenAiOptions): OpenAiEngine {
  const { apiKey, dispatcher } = options;
  const base = new URL(options.baseUrl);
  const timeouts = { ...openAiTimeouts, ...options.timeouts };
  const engine: EngineInfo = { kind: "remote", device: base.host };
  const quirks = new Map<string, Quirks>();

  const open = (method: "GET" | "POST", path: string, body: string | undefined, signal: AbortSignal) =>
    new Exchange(
      dispatcher,
      {
        origin: base.origin,
        path: `${base.pathname.replace(/\/+$/, "")}${path}${base.search}`,
        method,
        body,
        headers: {
          accept: "application/json, text/event-stream",
          // A compressed answer could unpack to any size; none is asked for and none is taken.
          "accept-encoding": "identity",
          "user-agent": "tessera",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
        },
      },
      signal,
      maxStreamBytes,
    );

  const quirksOf = (model: string): Quirks => {
    const known = quirks.get(model);
    if (known) return known;
    const fresh: Quirks = { noStreamOptions: false, completionTokens: false };
    if (quirks.size < 1000) quirks.set(model, fresh);
    return fresh;
  };

  async function* chat(
    call: ChatCall,
    signal: AbortSignal,
    chatOptions: OpenAiChatOptions = {},
  ): AsyncGenerator<ChatEvent> {
    yield { type: "start", engine };
    const stream = !chatOptions.whole;
    const known = quirksOf(call.model);
    const deadline = performance.now() + timeouts.totalMs;
    let exchange: Exchange | undefined;
    try {
      for (;;) {
        exchange = open(
          "POST",
          "/chat/completions",
          chatBody(call, stream, chatOptions.passed ?? {}, known),
          signal,
        );
        const head = await exchange.head(
          stream ? timeouts.headersMs : timeouts.totalMs,
          "The upstream did not answer in time.",
        );
        if (head.status === 200) {
          yield* isEventStream(head)
            ? readStream(exchange, call, timeouts, deadline)
            : readWhole(exchange, head, call, deadline);
          return;
        }
        const body = await readError(exchange, head);
        exchange.close();
        const sent = { stream, maxTokens: call.parameters.max_tokens !== undefined };
        const isFormal = head.status === 400 || head.status === 422;
        if (isFormal && learn(known, JSON.stringify(body), sent)) continue;
        yield refused(head, body, apiKey);
        return;
      }
    } catch (error) {
      yield signal.aborted ? { type: "finish", reason: "aborted" } : failed(error, apiKey);
    } finally {
      exchange?.close();
    }
  }

  async function askJson(
    method: "GET" | "POST",
    path: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    const deadline = performance.now() + (method === "GET" ? timeouts.headersMs : timeouts.totalMs);
    let failure: EngineFailure;
    let cause: unknown;
    const exchange = open(method, path, body, signal);
    try {
      const head = await exchange.head(deadline - performance.now(), "The upstream did not answer in time.");
      if (head.status === 200) return await readJson(exchange, head, deadline);
      failure = refused(head, await readError(exchange, head), apiKey);
    } catch (error) {
      if (signal.aborted) throw new AppError("client_closed", "The call was stopped.", { cause: error });
      failure = failed(error, apiKey);
      cause = error;
    } finally {
      exchange.close();
    }
    throw asAppError(failure, cause);
  }

  async function embed(call: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingResult> {
    const body = JSON.stringify({ model: call.model, input: call.input, dimensions: call.dimensions });
    return { engine, ...parseVectors(await askJson("POST", "/embeddings", body, signal), call.input) };
  }

  async function listModels(signal: AbortSignal): Promise<string[]> {
    const json = await askJson("GET", "/models", undefined, signal);
    const list = typeof json === "object" && json !== null && "data" in json ? json.data : json;
    if (!Array.isArray(list)) throw new AppError("upstream", "The upstream's answer is no list of models.");
    const ids = list.map((entry: unknown) => (typeof entry === "string" ? entry : entryId(entry)));
    return [
      ...new Set(
        ids.filter((id): id is string => typeof id === "string" && id.length > 0 && id.length <= 200),
      ),
    ].slice(0, maxModels);
  }

  return { chat, embed, listModels };
}

function entryId(entry: unknown): unknown {
  return typeof entry === "object" && entry !== null && "id" in entry ? entry.id : undefined;
}
