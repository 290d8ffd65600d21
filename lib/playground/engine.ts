import type { ChatCall, ChatEvent } from "@/lib/inference";

/** An engine's events, and what only a page wants to know. */
export type RunEvent =
  | ChatEvent
  /** The model is on its way into this browser; `share` from 0 to 1. */
  | { type: "loading"; share: number }
  | { type: "loaded"; ms: number }
  /** The id under which the server knows this call. */
  | { type: "request"; requestId: string };

/** One column's way to an answer. Ends with `finish` or `error`, and never throws after an abort. */
export type RunEngine = (call: ChatCall, signal: AbortSignal) => AsyncIterable<RunEvent>;
