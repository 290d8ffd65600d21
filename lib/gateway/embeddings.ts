import "server-only";
import type { Context } from "@/lib/auth/server";
import { AppError, isAppError } from "@/lib/core";
import type { EmbeddingCall, EmbeddingResult } from "@/lib/inference";
import { type Route, resolveModel } from "./models";
import { Run, type RunOptions } from "./run";

export interface EmbeddingRun extends EmbeddingResult {
  invocationId: string;
  traceId: string;
  route: Route;
}

/** Embeds texts: authorises, counts, measures and records the call. @throws AppError as the engine, and when the row cannot be written. */
export async function runEmbeddings(
  ctx: Context,
  call: EmbeddingCall,
  options: RunOptions,
): Promise<EmbeddingRun> {
  const route = await resolveModel(ctx, call.model, "embedding");
  const run = new Run(ctx, route, {
    ...options,
    task: "embedding",
    stream: false,
    parameters: { inputs: call.input.length, ...(call.dimensions ? { dimensions: call.dimensions } : {}) },
  });
  run.begin();
  let result: EmbeddingResult;
  try {
    const named = { ...call, model: route.engineModel, caller: ctx.actor.userId };
    result = await route.embed(named, run.signal);
  } catch (error) {
    const stopped = run.stoppedBecause;
    if (stopped) await run.endWithError(stopped.code);
    else if (run.signal.aborted) await run.endByCaller();
    else await run.endWithError(isAppError(error) ? error.code : "internal");
    throw (
      stopped ??
      (run.signal.aborted ? new AppError("client_closed", "The caller left.", { cause: error }) : error)
    );
  }
  run.engine = route.isRemote ? run.engine : result.engine;
  run.inputTokens = result.inputTokens;
  await run.end({ outcome: "ok", statusCode: 200 });
  return { ...result, engine: run.engine, invocationId: run.id, traceId: run.traceId, route };
}
