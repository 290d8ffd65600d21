import "server-only";
import type { Context } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import { log } from "@/lib/core/server";
import type { ChatCall, ChatEvent, EngineErrorCode, EngineInfo } from "@/lib/inference";
import type { PassedFields } from "@/lib/inference/server";
import { type Route, resolveModel } from "./models";
import { Run, type RunOptions } from "./run";
import { storable } from "./storable";

/** A chat call by the name under which the model is served. */
export interface ChatRequest extends ChatCall {
  /** The caller takes the answer in one piece, so an upstream may give it in one piece. */
  whole?: boolean;
  /** For an upstream only; any other engine refuses them. */
  passed?: PassedFields;
}

export interface ChatOptions extends RunOptions {
  task?: "chat" | "completion";
  /** Where a call of the same request went: all of them go there, although an alias may move between them. */
  route?: Route;
}

/** A call that was let in. Iterate `events` or abort the signal: either ends it and writes its row. */
export interface ChatRun {
  invocationId: string;
  traceId: string;
  route: Route;
  /** As far as it is known before the `start` event. */
  engine: EngineInfo;
  /** As an engine streams them; the last event comes when the call's row is safe. @throws AppError when the row cannot be written. */
  events: AsyncIterable<ChatEvent>;
}

/** Runs a chat call: authorises, counts, measures and records it. @throws AppError before anything ran. */
export async function runChat(ctx: Context, request: ChatRequest, options: ChatOptions): Promise<ChatRun> {
  const { route = await resolveModel(ctx, request.model, "chat"), ...facts } = options;
  const { whole = false, passed = {}, ...call } = request;
  const [first] = Object.keys(passed);
  if (first && !route.isRemote) {
    throw new AppError("invalid", `${route.name} does not take ${first}.`, { param: first });
  }
  const run = new Run(ctx, route, {
    ...facts,
    task: facts.task ?? "chat",
    stream: !whole,
    parameters: notedParameters(request),
  });
  const events = observe(run, () =>
    route.chat({ ...call, model: route.engineModel, caller: ctx.actor.userId }, run.signal, {
      whole,
      passed,
    }),
  );
  return { invocationId: run.id, traceId: run.traceId, route, engine: route.engine, events };
}

/** What of a call its row keeps: settings, never texts of the conversation. */
function notedParameters({
  parameters,
  responseFormat,
  tools,
  toolChoice,
  passed,
}: ChatRequest): Record<string, unknown> {
  const { stop, ...numbers } = parameters;
  return {
    ...numbers,
    ...(stop ? { stop: stop.map((text) => storable(text, 256)) } : {}),
    ...(responseFormat ? { response_format: responseFormat.type } : {}),
    ...(tools ? { tools: tools.length } : {}),
    ...(toolChoice ? { tool_choice: typeof toolChoice === "string" ? toolChoice : "function" } : {}),
    ...(passed?.reasoning_effort ? { reasoning_effort: storable(passed.reasoning_effort, 40) } : {}),
  };
}

type LastEvent = Extract<ChatEvent, { type: "finish" | "error" }>;

async function* observe(run: Run, open: () => AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  run.begin();
  let last: LastEvent | undefined;
  try {
    for await (const event of open()) {
      if (event.type === "finish" || event.type === "error") {
        last = event;
        break;
      }
      note(run, event);
      yield event.type === "start" ? { ...event, engine: run.engine } : event;
    }
    last ??= { type: "error", code: "internal", message: "The engine ended without an answer." };
  } catch (error) {
    last = thrown(run, error);
  } finally {
    // The reader left between two events; the engine's own cleanup has run by now.
    if (!last) await run.endByCaller();
  }
  yield await settle(run, last);
}

function note(run: Run, event: ChatEvent): void {
  if (event.type === "delta" || event.type === "tool_call") run.noteFirstToken();
  else if (event.type === "usage") {
    run.inputTokens = event.inputTokens;
    run.outputTokens = event.outputTokens;
    run.cachedTokens = event.cachedTokens;
    if (!event.reported) run.noteParameter("usage_estimated", true);
  } else if (event.type === "start" && run.engine.kind !== "remote") run.engine = event.engine;
}

/** Writes the row for the last event, and only then lets the event go. */
async function settle(run: Run, event: LastEvent): Promise<ChatEvent> {
  if (run.signal.aborted) {
    const stopped = run.stoppedBecause;
    if (!stopped) {
      await run.endByCaller();
      return { type: "finish", reason: "aborted" };
    }
    await run.endWithError(stopped.code);
    return failed(stopped);
  }
  if (event.type === "error") {
    await run.endWithError(event.code);
    return event;
  }
  if (event.reason === "aborted") {
    await run.endWithError("internal");
    return { type: "error", code: "internal", message: "The engine stopped before the answer was complete." };
  }
  await run.end({ outcome: "ok", statusCode: 200, finishReason: event.reason });
  return event;
}

const engineCodes: ReadonlySet<string> = new Set<EngineErrorCode>([
  "invalid",
  "unprocessable",
  "forbidden",
  "not_found",
  "rate_limited",
  "upstream",
  "unavailable",
  "timeout",
]);

/** A failure of ours as an engine's last event. */
function failed({ code, message, retryAfter }: AppError): LastEvent {
  const known = engineCodes.has(code) ? (code as EngineErrorCode) : "internal";
  return { type: "error", code: known, message, retryAfter };
}

function thrown(run: Run, error: unknown): LastEvent {
  if (isAppError(error) && engineCodes.has(error.code)) return failed(error);
  log.error("An engine failed", { error, invocation: run.id });
  return { type: "error", code: "internal", message: `Something failed here. Quote invocation ${run.id}.` };
}
