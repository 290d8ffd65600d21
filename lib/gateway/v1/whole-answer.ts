import "server-only";
import type { TokenLogProbability } from "@/lib/inference";
import { type Calls, UsageSum } from "./calls";
import { failureOf } from "./failures";
import type { ShownReason, ToolCallEvent, Usage } from "./frames";

interface ToolCall {
  id: string;
  type: "function";
  function: { name: string; arguments: string };
}

export interface WholeChoice {
  text: string;
  toolCalls: ToolCall[];
  logprobs?: TokenLogProbability[];
  reason: ShownReason;
}

function addFragment(calls: ToolCall[], event: ToolCallEvent): void {
  const call = calls[event.index] ?? { id: "", type: "function", function: { name: "", arguments: "" } };
  if (event.id) call.id = event.id;
  if (event.name) call.function.name = event.name;
  call.function.arguments += event.arguments;
  calls[event.index] = call;
}

/** Collects the runs of a request into whole answers; undefined when the caller left. @throws AppError for the first run that fails. */
export async function wholeAnswer(
  calls: Calls,
  choices: number,
): Promise<{ choices: WholeChoice[]; usage: Usage | null } | undefined> {
  const usage = new UsageSum();
  const answers = Array.from(
    { length: choices },
    (): WholeChoice => ({ text: "", toolCalls: [], reason: "stop" }),
  );
  try {
    for await (const [index, event] of calls.events) {
      usage.note(event);
      const answer = answers[index];
      if (event.type === "error") throw failureOf(event);
      if (!answer) continue;
      if (event.type === "delta") {
        answer.text += event.text;
        if (event.logprobs) answer.logprobs = [...(answer.logprobs ?? []), ...event.logprobs];
      } else if (event.type === "tool_call") addFragment(answer.toolCalls, event);
      else if (event.type === "finish") {
        if (event.reason === "aborted") return undefined;
        answer.reason = event.reason;
      }
    }
  } catch (error) {
    calls.stop();
    throw error;
  }
  // A fragment may name any index; holes between them were never calls.
  for (const answer of answers) answer.toolCalls = answer.toolCalls.filter(Boolean);
  return { choices: answers, usage: usage.total };
}
