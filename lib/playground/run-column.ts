import type { EngineInfo, EngineKind, FinishReason } from "@/lib/inference";
import type { ColumnStore, Live } from "./column-store";
import { type Answer, type AnswerFailure, bounds, type Metrics, type ScoredToken } from "./document";
import type { RunCall, RunEngine, RunEvent } from "./engine";
import { createMeter } from "./speed";

/** Text is drawn at most this often, figures at most every `figuresEvery`: milliseconds. */
const textEvery = 33;
const figuresEvery = 250;

export interface Run {
  /** The turn, or the row of the grid, that it answers. */
  place: string;
  engine: RunEngine;
  kind: EngineKind;
  call: RunCall;
  /** US dollars for these tokens; undefined when nobody knows. */
  costOf?(inputTokens: number, outputTokens: number, cachedTokens?: number): number | undefined;
}

interface Ending {
  finish?: FinishReason;
  failure?: AnswerFailure;
}

/**
 * Gives one answer of a column: live text and figures are in its store while it streams; the ended answer
 * is returned and takes their place through `keep`. An engine that throws fails this column alone.
 */
export async function runColumn(
  store: ColumnStore,
  run: Run,
  keep: (answer: Answer) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const submittedAt = performance.now();
  const meter = createMeter(submittedAt);
  let engine: EngineInfo = { kind: run.kind, device: "" };
  let text = "";
  const scored: ScoredToken[] = [];
  let cachedTokens: number | undefined;
  let loadMs: number | undefined;
  let requestId: string | undefined;
  let ending: Ending = {};
  let figuresAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const live: Live = {
    place: run.place,
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
        for (const { token, logprob, top_logprobs } of event.logprobs ?? []) {
          if (scored.length >= bounds.scoredTokens) break;
          scored.push({ token, logprob, top: top_logprobs.map((other) => [other.token, other.logprob]) });
        }
        if (event.text === "") break;
        meter.delta(performance.now(), event.tokens);
        text += event.text;
        timer ??= setTimeout(draw, textEvery);
        break;
      case "usage":
        meter.usage(event.inputTokens, event.outputTokens);
        cachedTokens = event.cachedTokens;
        break;
      case "finish":
        ending = { finish: event.reason };
        break;
      case "error":
        ending = {
          failure: {
            code: event.code,
            message: event.message,
            status: event.status,
            requestId,
            body: event.body,
          },
        };
        break;
      case "tool_call":
        break;
    }
  };

  store.setState({ live });
  try {
    for await (const event of run.engine(run.call, signal)) take(event);
  } catch (error) {
    const message = error instanceof Error ? error.message : "The engine failed without a reason.";
    ending = signal.aborted ? { finish: "aborted" } : { failure: { code: "internal", message, requestId } };
  }
  clearTimeout(timer);

  const figures = meter.figures();
  const { inputTokens, outputTokens } = figures;
  const cost =
    inputTokens === null || outputTokens === null
      ? undefined
      : run.costOf?.(inputTokens, outputTokens, cachedTokens);
  const measured: Metrics = {
    firstTokenMs: figures.firstTokenMs,
    tokensPerSecond: figures.tokensPerSecond,
    inputTokens,
    outputTokens,
    durationMs: performance.now() - submittedAt,
    loadMs,
    ...(cost === undefined ? {} : { cost }),
    provenance: engine.kind === "browser" ? "reported" : "measured",
  };
  const answer: Answer = {
    text,
    ...endingOf(ending),
    metrics: measured,
    model: run.call.model,
    engine: { kind: engine.kind, device: engine.device },
    ...(run.call.parameters.seed === undefined ? {} : { seed: run.call.parameters.seed }),
    ...(scored.length > 0 ? { logprobs: scored } : {}),
    ...(run.call.asked ? { prompt: run.call.asked.prompt } : {}),
  };
  keep(answer);
  store.setState({ live: null });
  return answer;
}

function endingOf({ finish, failure }: Ending): Pick<Answer, "outcome" | "finish" | "failure"> {
  if (failure) return { outcome: "failed", failure };
  if (finish === "aborted") return { outcome: "stopped" };
  if (finish) return { outcome: "finished", finish };
  return { outcome: "failed", failure: { code: "upstream", message: "The answer ended without a reason." } };
}
