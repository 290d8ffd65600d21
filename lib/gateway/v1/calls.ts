import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Context } from "@/lib/auth/server";
import type { ChatEvent, EngineInfo } from "@/lib/inference";
import { type ChatRequest, runChat } from "../chat";
import { type Route, resolveModel } from "../models";
import type { CalledPrompt } from "../prompt-port";
import type { Usage } from "./frames";

/** One authenticated request on its way through `/v1`. */
export interface V1Request {
  ctx: Context;
  request: IncomingMessage;
  response: ServerResponse;
  source: "api" | "playground";
  traceId: string | undefined;
}

/** The runs of one request: one for each choice. */
export interface Calls {
  ids: string[];
  /** The name under which what runs is served: that of a version is resolved. */
  model: string;
  /** The events of all runs as they come, each with its choice. */
  events: AsyncIterable<readonly [choice: number, event: ChatEvent]>;
  /** Ends those that still run. */
  stop(): void;
}

async function* single(events: AsyncIterable<ChatEvent>): AsyncGenerator<readonly [number, ChatEvent]> {
  for await (const event of events) yield [0, event];
}

interface Offered {
  item: readonly [number, ChatEvent];
  taken: () => void;
}

/** Interleaves streams in the order in which they answer; none runs ahead of the reader. */
async function* merged(streams: AsyncIterable<ChatEvent>[]): AsyncGenerator<readonly [number, ChatEvent]> {
  const offered: Offered[] = [];
  let running = streams.length;
  let isOver = false;
  let failure: { error: unknown } | undefined;
  let wake = () => {};
  const offer = (item: Offered["item"]) =>
    new Promise<void>((taken) => {
      offered.push({ item, taken });
      wake();
    });
  const pump = async (stream: AsyncIterable<ChatEvent>, choice: number) => {
    try {
      for await (const event of stream) {
        if (isOver) return;
        await offer([choice, event]);
      }
    } catch (error) {
      failure ??= { error };
    } finally {
      running -= 1;
      wake();
    }
  };
  for (const [choice, stream] of streams.entries()) void pump(stream, choice);
  try {
    for (;;) {
      const next = offered.shift();
      if (next) {
        yield next.item;
        next.taken();
      } else if (failure) throw failure.error;
      else if (running === 0) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    isOver = true;
    for (const { taken } of offered) taken();
  }
}

/** What all runs of a request have in common. */
export interface CallFacts {
  model: string;
  task: "chat" | "completion";
  prompt?: CalledPrompt;
}

/** Starts one run for each request; when one is refused, those begun before it are ended. */
export async function startCalls(
  { ctx, response, source, traceId }: V1Request,
  { model, task, prompt }: CallFacts,
  requests: Omit<ChatRequest, "model">[],
): Promise<Calls> {
  const group = new AbortController();
  const stop = () => group.abort();
  if (ctx.signal.aborted) stop();
  else ctx.signal.addEventListener("abort", stop, { once: true });
  const route = await resolveModel(ctx, model, "chat");
  const options = { source, signal: group.signal, traceId, task, route, prompt };
  const runs: Awaited<ReturnType<typeof runChat>>[] = [];
  try {
    for (const request of requests) runs.push(await runChat(ctx, { ...request, model }, options));
  } catch (error) {
    stop();
    throw error;
  }
  const ids = runs.map((run) => run.invocationId);
  response.setHeader("x-tessera-invocation", ids.join(", "));
  tellVersion(response, route);
  if (prompt) response.setHeader("x-tessera-prompt", encodeURI(`${prompt.fullName}@${prompt.version}`));
  const [only] = runs;
  const streams = runs.map((run) => run.events);
  return {
    ids,
    model: route.name,
    stop,
    events: only && runs.length === 1 ? single(only.events) : merged(streams),
  };
}

/** Which version of the registry a name meant. Names may have letters that a header cannot. */
export function tellVersion(response: ServerResponse, { called }: Route): void {
  if (called) response.setHeader("x-tessera-model-version", encodeURI(`${called.model}@${called.number}`));
}

/** Adds up what the runs of a request used. Every run reads the prompt, so every run counts it. */
export class UsageSum {
  #input = 0;
  #output = 0;
  #cached: number | undefined;
  #isEstimated = false;
  #runs = 0;
  engine: EngineInfo | undefined;

  note(event: ChatEvent): void {
    if (event.type === "start") this.engine ??= event.engine;
    if (event.type !== "usage") return;
    this.#runs += 1;
    this.#input += event.inputTokens;
    this.#output += event.outputTokens;
    if (event.cachedTokens !== undefined) this.#cached = (this.#cached ?? 0) + event.cachedTokens;
    if (!event.reported && this.engine?.kind === "remote") this.#isEstimated = true;
  }

  /** Null when no run told. */
  get total(): Usage | null {
    if (this.#runs === 0) return null;
    return {
      prompt_tokens: this.#input,
      completion_tokens: this.#output,
      total_tokens: this.#input + this.#output,
      ...(this.#cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: this.#cached } }),
      ...(this.#isEstimated ? { estimated: true } : {}),
    };
  }
}
