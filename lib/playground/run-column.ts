import type { ChatCall, EngineInfo, EngineKind, FinishReason } from "@/lib/inference";
import type { ColumnStore, Live } from "./column-store";
import type { RunEngine, RunEvent } from "./engine";
import type { Answer, AnswerFailure, Metrics } from "./schema";
import { createMeter } from "./speed";

/** Text is drawn at most this often, figures at most every `figuresEvery`: milliseconds. */
const textEvery = 33;
const figuresEvery = 250;

export interface Run {
  turnId: string;
  engine: RunEngine;
  kind: EngineKind;
  call: ChatCall;
}

interface Ending {
  finish?: FinishReason;
  failure?: AnswerFailure;
}

/**
 * Runs one turn of one column into its store: live text and figures while it streams, then the ended
 * answer, which is also returned. An engine that throws fails this column alone.
 */
export async function runColumn(store: ColumnStore, run: Run, signal: AbortSignal): Promise<Answer> {
  const submittedAt = performance.now();
  const meter = createMeter(submittedAt);
  let engine: EngineInfo = { kind: run.kind, device: "" };
  let text = "";
  let loadMs: number | undefined;
  let requestId: string | undefined;
  let ending: Ending = {};
  let figuresAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const live: Live = {
    turnId: run.turnId,
    model: run.call.model,
    phase: "waiting",
    text: "",
    engine,
    figures: meter.figures(),
    maxTokens: run.call.parameters.max_tokens,
  };
  const update = (change: Partial<Live>) =>
    store.setState((state) => (state.live ? { live: { ...state.live, ...change } } : state));

  const draw = () => {
    timer = undefined;
    const at = performance.now();
    const due = at - figuresAt >= figuresEvery;
    if (due) figuresAt = at;
    update({ text, phase: "streaming", ...(due ? { figures: meter.figures() } : {}) });
  };

  const take = (event: RunEvent) => {
    switch (event.type) {
      case "start":
        engine = event.engine;
        update({ engine });
        break;
      case "loading":
        update({ phase: "loading", progress: event.share });
        break;
      case "loaded":
        loadMs = event.ms;
        update({ phase: "waiting", progress: undefined });
        break;
      case "request":
        requestId = event.requestId;
        break;
      case "delta":
        if (event.text === "") break;
        meter.delta(performance.now(), event.tokens);
        text += event.text;
        timer ??= setTimeout(draw, textEvery);
        break;
      case "usage":
        meter.usage(event.inputTokens, event.outputTokens);
        break;
      case "finish":
        ending = { finish: event.reason };
        break;
      case "error":
        ending = { failure: { code: event.code, message: event.message, status: event.status, requestId } };
        break;
      case "tool_call":
        break;
    }
  };

  store.setState((state) => ({ live, answers: without(state.answers, run.turnId) }));
  try {
    for await (const event of run.engine(run.call, signal)) take(event);
  } catch (error) {
    const message = error instanceof Error ? error.message : "The engine failed without a reason.";
    ending = signal.aborted ? { finish: "aborted" } : { failure: { code: "internal", message, requestId } };
  }
  clearTimeout(timer);

  const figures = meter.figures();
  const measured: Metrics = {
    firstTokenMs: figures.firstTokenMs,
    tokensPerSecond: figures.tokensPerSecond,
    inputTokens: figures.inputTokens,
    outputTokens: figures.outputTokens,
    durationMs: performance.now() - submittedAt,
    loadMs,
    provenance: engine.kind === "browser" ? "reported" : "measured",
  };
  const answer: Answer = {
    text,
    ...endingOf(ending),
    metrics: measured,
    model: run.call.model,
    engine: { kind: engine.kind, device: engine.device },
  };
  store.setState((state) => ({ live: null, answers: { ...state.answers, [run.turnId]: answer } }));
  return answer;
}

function endingOf({ finish, failure }: Ending): Pick<Answer, "outcome" | "finish" | "failure"> {
  if (failure) return { outcome: "failed", failure };
  if (finish === "aborted") return { outcome: "stopped" };
  if (finish) return { outcome: "finished", finish };
  return { outcome: "failed", failure: { code: "upstream", message: "The answer ended without a reason." } };
}

function without(answers: Record<string, Answer>, turnId: string): Record<string, Answer> {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => id !== turnId));
}
