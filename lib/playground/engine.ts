import type { z } from "zod";
import type { ChatCall, ChatEvent, ChatMessage, ChatParameters, ResponseFormat } from "@/lib/inference";
import type { promptReference } from "@/lib/prompts";
import type { AnsweredPrompt } from "./prompt-schema";

/** An engine's events, and what only a page wants to know. */
export type RunEvent =
  | ChatEvent
  /** The model is on its way into this browser; `share` from 0 to 1. */
  | { type: "loading"; share: number }
  | { type: "loaded"; ms: number }
  /** The id under which the server knows this call. */
  | { type: "request"; requestId: string };

/** A call by a prompt's name: the workbench fills it in, and keeps what asked with the call. */
export interface NamedCall {
  prompt: z.input<typeof promptReference>;
  /** Of the conversation, behind the prompt's own. */
  messages?: ChatMessage[];
  /** What is set here; for the rest the prompt's own configuration holds. */
  parameters: ChatParameters;
  responseFormat?: ResponseFormat;
}

/** A call of a column. Its messages are whole, also where it goes by a prompt's name. */
export interface RunCall extends ChatCall {
  /** The prompt of the library that its messages were made from, and the values it was given. */
  asked?: { prompt: AnsweredPrompt; variables: Record<string, string> };
  /** In place of messages, parameters and format, for a door that knows the library. */
  named?: NamedCall;
}

/** One column's way to an answer. Ends with `finish` or `error`, and never throws after an abort. */
export type RunEngine = (call: RunCall, signal: AbortSignal) => AsyncIterable<RunEvent>;
