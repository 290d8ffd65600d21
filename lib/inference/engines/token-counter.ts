import { AppError } from "@/lib/core";

/** A message as it is counted. */
export interface CountedMessage {
  role: "system" | "user" | "assistant";
  content: string;
}

export interface CountRequest {
  id: number;
  model: string;
  messages: readonly CountedMessage[];
}

export type CountReply = { id: number; tokens: number } | { id: number; failure: string };

interface Waiting {
  resolve: (tokens: number) => void;
  reject: (error: Error) => void;
}

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

const failed = (why: string) => new AppError("unavailable", `Tokens could not be counted: ${why}`);

function start(): Worker {
  const started = new Worker("/workers/tokens.js", { type: "module", name: "tessera-tokens" });
  started.addEventListener("message", ({ data }: MessageEvent<CountReply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ("tokens" in data) asked?.resolve(data.tokens);
    else asked?.reject(failed(data.failure));
  });
  started.addEventListener("error", ({ message }) => {
    started.terminate();
    worker = undefined;
    for (const { reject } of waiting.values()) reject(failed(message || "its worker did not start."));
    waiting.clear();
  });
  return started;
}

/**
 * Tokens of a conversation as a model of this workbench counts them, with the marks of its chat template. Its
 * tokenizer alone is fetched, and everything is counted in this browser.
 * @throws AppError `unavailable`
 */
export function countTokens(model: string, messages: readonly CountedMessage[]): Promise<number> {
  worker ??= start();
  const request: CountRequest = { id: ++lastId, model, messages };
  const counted = new Promise<number>((resolve, reject) => waiting.set(request.id, { resolve, reject }));
  worker.postMessage(request);
  return counted;
}
