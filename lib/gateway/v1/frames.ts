import "server-only";
import type { ChatEvent, EngineInfo, FinishReason, TokenLogProbability } from "@/lib/inference";

export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  /** Of the prompt, what an earlier call had computed already. Absent where nobody told. */
  prompt_tokens_details?: { cached_tokens: number };
  /** Present when the upstream gave no count and ours is an estimate. */
  estimated?: true;
}

export type ToolCallEvent = Extract<ChatEvent, { type: "tool_call" }>;
/** A reason that a caller sees; an aborted call has no reader left. */
export type ShownReason = Exclude<FinishReason, "aborted">;

/** The figures of a call for our own playground, beside OpenAI's fields. */
export interface Extras {
  tokens?: number;
  engine?: EngineInfo;
}

/** Writes the chunks of a stream in one of OpenAI's two shapes. */
export interface Framer {
  text(
    choice: number,
    text: string,
    isFirst: boolean,
    extras?: Extras,
    logprobs?: TokenLogProbability[],
  ): string;
  toolCall(choice: number, call: ToolCallEvent, isFirst: boolean, extras?: Extras): string;
  finish(choice: number, reason: ShownReason, extras?: Extras): string;
  usage(usage: Usage | null): string;
}

interface Head {
  id: string;
  model: string;
  created: number;
  /** OpenAI puts `"usage": null` on every chunk when the last one will carry it. */
  includeUsage: boolean;
}

function envelope(object: string, { id, model, created, includeUsage }: Head) {
  const before = `data: {"id":"${id}","object":"${object}","created":${created},"model":${JSON.stringify(model)},"choices":[`;
  const end = includeUsage ? `],"usage":null` : "]";
  return {
    choice: (json: string, extras?: Extras) =>
      `${before}${json}${end}${extras ? `,"tessera":${JSON.stringify(extras)}` : ""}}\n\n`,
    usage: (usage: Usage | null) => `${before}],"usage":${JSON.stringify(usage)}}\n\n`,
  };
}

// Assembled from parts instead of objects: this runs for every token.
export function chatFramer(head: Head): Framer {
  const { choice, usage } = envelope("chat.completion.chunk", head);
  const role = (isFirst: boolean) => (isFirst ? '"role":"assistant",' : "");
  const delta = (index: number, json: string, extras?: Extras, logprobs?: TokenLogProbability[]) => {
    const scores = logprobs ? `{"content":${JSON.stringify(logprobs)},"refusal":null}` : "null";
    return choice(`{"index":${index},"delta":{${json}},"logprobs":${scores},"finish_reason":null}`, extras);
  };
  return {
    text: (index, text, isFirst, extras, logprobs) =>
      delta(index, `${role(isFirst)}"content":${JSON.stringify(text)}`, extras, logprobs),
    toolCall: (index, call, isFirst, extras) => {
      const fn = { ...(call.name === undefined ? {} : { name: call.name }), arguments: call.arguments };
      const fragment = {
        index: call.index,
        ...(call.id === undefined ? {} : { id: call.id, type: "function" }),
        function: fn,
      };
      return delta(index, `${role(isFirst)}"tool_calls":[${JSON.stringify(fragment)}]`, extras);
    },
    finish: (index, reason, extras) =>
      choice(`{"index":${index},"delta":{},"logprobs":null,"finish_reason":"${reason}"}`, extras),
    usage,
  };
}

export function completionFramer(head: Head): Framer {
  const { choice, usage } = envelope("text_completion", head);
  const item = (index: number, text: string, reason: string, extras?: Extras) =>
    choice(
      `{"index":${index},"text":${JSON.stringify(text)},"logprobs":null,"finish_reason":${reason}}`,
      extras,
    );
  return {
    text: (index, text, _isFirst, extras) => item(index, text, "null", extras),
    // Completions have no tools; none are ever sent with one.
    toolCall: () => "",
    finish: (index, reason, extras) => item(index, "", `"${reason}"`, extras),
    usage,
  };
}
