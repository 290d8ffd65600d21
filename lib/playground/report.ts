import type { InvocationReport } from "@/lib/gateway";
import { reportInvocation } from "@/lib/gateway/client";
import type { Answer } from "./document";
import type { RunCall } from "./engine";

const outcomes = {
  finished: "ok",
  stopped: "client_closed",
  interrupted: "client_closed",
  failed: "error",
} as const;

/**
 * Tells the server of a run in this browser: figures and parameters, and which version of a prompt asked. Words
 * stay here; values of a prompt's variables go along only `withValues`.
 */
export async function reportBrowserAnswer(
  answer: Answer,
  { parameters, asked }: Pick<RunCall, "parameters" | "asked">,
  withValues: boolean,
): Promise<void> {
  const { metrics, engine, outcome } = answer;
  if (!metrics) return;
  // Stop sequences are the user's words.
  const { stop: _, ...figures } = parameters;
  await reportInvocation({
    model: answer.model,
    device: engine.device || "unknown",
    durationMs: metrics.durationMs,
    firstTokenMs: metrics.firstTokenMs ?? undefined,
    inputTokens: metrics.inputTokens ?? undefined,
    outputTokens: metrics.outputTokens ?? undefined,
    outcome: outcomes[outcome],
    finishReason: outcome === "stopped" ? "aborted" : answer.finish,
    errorCode: answer.failure?.code,
    parameters: figures,
    prompt: asked && promptOf(asked, withValues),
  });
}

/** A text that was changed here is no version of the library any more. */
function promptOf(
  { prompt, variables }: NonNullable<RunCall["asked"]>,
  withValues: boolean,
): InvocationReport["prompt"] {
  const { name, version, alias, edited } = prompt;
  return edited ? undefined : { name, version, alias, variables: withValues ? variables : {} };
}
