import { reportInvocation } from "@/lib/gateway/client";
import type { ChatParameters } from "@/lib/inference";
import type { Answer } from "./document";

const outcomes = {
  finished: "ok",
  stopped: "client_closed",
  interrupted: "client_closed",
  failed: "error",
} as const;

/** Tells the server of a run in this browser: figures and parameters, never a word of prompt or answer. */
export async function reportBrowserAnswer(answer: Answer, parameters: ChatParameters): Promise<void> {
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
  });
}
