import type { ChatEvent, ChatParameters } from "@/lib/inference";
import { gatewayRun, type RunEvent } from "@/lib/playground/client";

/** Prompts whose answers are sentences, so that there is a decode phase to measure. */
const prompts = [
  "Tell me something about the weather on the moon.",
  "Write a long story about a door sensor and a lamp.",
  "Answer from the text: The hub was installed on Monday by Ana in the hall near the front door. Where is the hub?",
];
const parameters: ChatParameters = { temperature: 0, seed: 1, max_tokens: 48 };
const rounds = 2;

interface Decode {
  tokens: number;
  seconds: number;
}

/** Tokens after the first piece of text, over the time from the first piece to the last. */
async function decodeOf(events: AsyncIterable<ChatEvent | RunEvent>): Promise<Decode> {
  let firstAt: number | undefined;
  let lastAt = 0;
  let tokens = 0;
  for await (const event of events) {
    if (event.type === "error") throw new Error(event.message);
    if (event.type !== "delta" || event.text === "") continue;
    lastAt = performance.now();
    if (firstAt === undefined) firstAt = lastAt;
    else tokens += Math.max(1, event.tokens);
  }
  return { tokens, seconds: firstAt === undefined ? 0 : (lastAt - firstAt) / 1000 };
}

type Engine = (
  call: { model: string; messages: { role: "user"; content: string }[]; parameters: ChatParameters },
  signal: AbortSignal,
) => AsyncIterable<ChatEvent | RunEvent>;

/** Tokens per second of an engine once it is loaded; null when its answers were too short to tell. */
async function speedOf(engine: Engine, model: string, signal: AbortSignal): Promise<number | null> {
  let tokens = 0;
  let seconds = 0;
  for (let round = 0; round < rounds; round++) {
    for (const content of prompts) {
      const decode = await decodeOf(
        engine({ model, messages: [{ role: "user", content }], parameters }, signal),
      );
      signal.throwIfAborted();
      // The first round also loads and warms the model.
      if (round === 0) continue;
      tokens += decode.tokens;
      seconds += decode.seconds;
    }
  }
  return tokens > 0 && seconds > 0 ? tokens / seconds : null;
}

/** On the server, through the same door as every call. */
export function measureServer(model: string, signal: AbortSignal): Promise<number | null> {
  return speedOf(gatewayRun, model, signal);
}

/** In this browser; nothing leaves it. */
export async function measureBrowser(model: string, signal: AbortSignal): Promise<number | null> {
  const { browserEngine } = await import("@/lib/inference/client");
  const engine = browserEngine();
  await engine.load(model);
  return speedOf((call, stop) => engine.chat(call, stop), model, signal);
}

const texts = Array.from(
  { length: 64 },
  (_, index) => `Ticket ${index}: the door sensor of room ${index % 7} reports open every night.`,
);

/** Texts per second of an embedding model on the server. */
export async function measureEmbeddings(model: string, signal: AbortSignal): Promise<number> {
  const ask = async () => {
    const response = await fetch("/v1/embeddings", {
      method: "POST",
      headers: { "content-type": "application/json", "x-tessera-source": "playground" },
      body: JSON.stringify({ model, input: texts }),
      signal,
    });
    if (!response.ok) throw new Error(`The workbench answered ${response.status}.`);
    await response.arrayBuffer();
  };
  await ask();
  const from = performance.now();
  await ask();
  return texts.length / ((performance.now() - from) / 1000);
}
