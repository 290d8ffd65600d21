import "server-only";
import type { ChatEvent, TokenLogProbability } from "@/lib/inference";
import { isBusy } from "../load";
import { type Calls, UsageSum, type V1Request } from "./calls";
import { EventStream } from "./event-stream";
import { failureFrame, failureOf } from "./failures";
import type { Extras, Framer, ToolCallEvent } from "./frames";

/** What one choice has sent, and what it holds back for the next frame. */
interface Choice {
  isFirst: boolean;
  text: string;
  tokens: number;
  logprobs?: TokenLogProbability[];
}

class StreamAnswer {
  readonly usage = new UsageSum();
  readonly #framer: Framer;
  readonly #choices: Choice[];
  readonly #withExtras: boolean;
  #engineShown = false;
  readonly stream: EventStream;

  constructor({ response, source }: V1Request, framer: Framer, choices: number) {
    this.#framer = framer;
    this.#withExtras = source === "playground";
    this.#choices = Array.from({ length: choices }, () => ({ isFirst: true, text: "", tokens: 0 }));
    this.stream = new EventStream(response, () => this.#held());
  }

  take(index: number, event: ChatEvent): void {
    this.usage.note(event);
    const choice = this.#choices[index];
    if (!choice) return;
    if (event.type === "delta") this.#text(choice, event);
    else if (event.type === "tool_call") this.#toolCall(index, choice, event);
    else if (event.type === "finish" && event.reason !== "aborted") {
      this.stream.add(this.#frame(index, choice) + this.#framer.finish(index, event.reason, this.#extras(0)));
    }
  }

  #text(choice: Choice, { text, tokens, logprobs }: Extract<ChatEvent, { type: "delta" }>): void {
    choice.text += text;
    choice.tokens += tokens;
    if (logprobs) choice.logprobs = [...(choice.logprobs ?? []), ...logprobs];
    // The first token never waits; under load the others wait for each other.
    if (choice.isFirst) this.stream.flush();
    else if (isBusy()) this.stream.later();
    else this.stream.add(this.#held());
  }

  #toolCall(index: number, choice: Choice, call: ToolCallEvent): void {
    const { isFirst } = choice;
    const before = this.#frame(index, choice);
    const frame = this.#framer.toolCall(index, call, isFirst && before === "", this.#extras(0));
    choice.isFirst = false;
    this.stream.add(before + frame, isFirst);
  }

  #held(): string {
    return this.#choices.map((choice, index) => this.#frame(index, choice)).join("");
  }

  #frame(index: number, choice: Choice): string {
    if (choice.text === "") return "";
    const { text, isFirst, logprobs } = choice;
    const frame = this.#framer.text(index, text, isFirst, this.#extras(choice.tokens), logprobs);
    choice.isFirst = false;
    choice.text = "";
    choice.tokens = 0;
    choice.logprobs = undefined;
    return frame;
  }

  #extras(tokens: number): Extras | undefined {
    if (!this.#withExtras) return undefined;
    const engine = this.#engineShown ? undefined : this.usage.engine;
    this.#engineShown = true;
    return { tokens, ...(engine ? { engine } : {}) };
  }
}

/**
 * Streams the runs of a request to its caller. Until the first token a failure is an HTTP error like any
 * other (thrown); after it, the last event.
 */
export async function streamAnswer(
  v1: V1Request,
  calls: Calls,
  framer: Framer,
  options: { choices: number; includeUsage: boolean },
): Promise<void> {
  const answer = new StreamAnswer(v1, framer, options.choices);
  const { stream } = answer;
  try {
    for await (const [choice, event] of calls.events) {
      if (event.type === "error") throw failureOf(event);
      if (event.type === "finish" && event.reason === "aborted") return;
      answer.take(choice, event);
      await stream.ready();
    }
    stream.end(`${options.includeUsage ? framer.usage(answer.usage.total) : ""}data: [DONE]\n\n`);
  } catch (error) {
    calls.stop();
    if (!stream.isOpen) throw error;
    stream.end(failureFrame(error, v1.ctx.requestId));
  } finally {
    stream.close();
  }
}
