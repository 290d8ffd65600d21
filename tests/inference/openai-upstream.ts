import { afterAll, beforeAll, beforeEach } from "vitest";
import { createSafeDispatcher } from "@/lib/core/server";
import type { ChatCall, ChatEvent } from "@/lib/inference";
import { type OpenAiOptions, openAiEngine } from "@/lib/inference/engines/openai";
import { scenarios, startUpstream, type Upstream } from "../support/upstream";

export const key = "sk-test-0123456789abcdef";
export const call: ChatCall = {
  model: "m",
  messages: [{ role: "user", content: "Hi there" }],
  parameters: {},
};
export const never = new AbortController().signal;

export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatEvent[]> {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export const textOf = (events: ChatEvent[]) =>
  events.map((event) => (event.type === "delta" ? event.text : "")).join("");

/** An engine over an upstream of our own, for all tests of a file. Call at its top. */
export function engineOverUpstream() {
  let upstream: Upstream;
  const dispatcher = createSafeDispatcher({ allow: "127.0.0.1" });
  beforeAll(async () => {
    upstream = await startUpstream();
  });
  afterAll(() => upstream.close());
  afterAll(() => dispatcher.destroy());
  beforeEach(() => {
    upstream.calls.length = 0;
    upstream.use(scenarios.hello);
  });
  const engine = (timeouts: OpenAiOptions["timeouts"] = {}) =>
    openAiEngine({ baseUrl: upstream.baseUrl, apiKey: key, dispatcher, timeouts });
  const run = (timeouts?: OpenAiOptions["timeouts"], overrides: Partial<ChatCall> = {}) =>
    collect(engine(timeouts).chat({ ...call, ...overrides }, never));
  return { upstream: () => upstream, dispatcher, engine, run };
}
