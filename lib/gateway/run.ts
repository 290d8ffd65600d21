import "server-only";
import { type ActorWatch, type Context, watchActor } from "@/lib/auth/server";
import { type AppError, isAppError, newId, statusOf } from "@/lib/core";
import { log } from "@/lib/core/server";
import type { EngineErrorCode, EngineInfo, FinishReason } from "@/lib/inference";
import { invocationJournal, newTraceId } from "./invocations";
import { gatewayLoad, refusal } from "./load";
import { type Route, requireModel } from "./models";
import { costOf } from "./price";
import { type CalledPrompt, notedPrompt, requirePromptStill } from "./prompt-port";
import type { InvocationRow } from "./schema";
import { storable } from "./storable";

export interface RunOptions {
  source: InvocationRow["source"];
  /** The caller's: aborting it ends the call. */
  signal: AbortSignal;
  /** Of the caller's own trace, when it sent one. */
  traceId?: string;
  /** The prompt of the library that the messages were made from. */
  prompt?: CalledPrompt;
}

interface RunFacts extends RunOptions {
  task: InvocationRow["task"];
  stream: boolean;
  parameters: Record<string, unknown>;
}

interface Outcome {
  outcome: InvocationRow["outcome"];
  statusCode: number;
  finishReason?: FinishReason;
  errorCode?: string;
}

/** One model call: counted while it runs, recorded exactly once when it ends, however it ends. */
export class Run {
  readonly id = newId("inv");
  readonly traceId: string;
  engine: EngineInfo;
  inputTokens: number | null = null;
  outputTokens: number | null = null;
  /** Among `inputTokens`. */
  cachedTokens: number | undefined;
  readonly #ctx: Context;
  readonly #route: Route;
  readonly #facts: RunFacts;
  readonly #startedAt = new Date();
  readonly #started = performance.now();
  readonly #controller = new AbortController();
  readonly #watch: ActorWatch;
  #firstTokenMs: number | null = null;
  #isRead = false;
  #recording: Promise<void> | undefined;

  /** @throws AppError `unavailable` or `disk_full` when no call can begin. */
  constructor(ctx: Context, route: Route, facts: RunFacts) {
    const refused = refusal();
    if (refused) throw refused;
    this.#ctx = ctx;
    this.#route = route;
    this.#facts = facts;
    this.engine = route.engine;
    this.traceId = facts.traceId ?? newTraceId();
    gatewayLoad().active.add(this);
    // A grant that is taken back ends the answer it gave, as a key does.
    this.#watch = watchActor(ctx, {
      recheck: async (actor) => {
        requireModel({ actor }, route.name);
        if (facts.prompt) requirePromptStill({ actor }, facts.prompt);
      },
    });
    this.#watch.signal.addEventListener("abort", () => this.#controller.abort(this.#watch.signal.reason));
    if (facts.signal.aborted) this.#onCallerAbort();
    else facts.signal.addEventListener("abort", this.#onCallerAbort);
  }

  /** For the engine: aborted when the caller leaves or loses the right to the answer, and when the workbench stops. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the call from our side; the caller is told why. */
  stop(reason: AppError): void {
    this.#controller.abort(reason);
  }

  /** Why we stopped the call ourselves; undefined when the caller left. */
  get stoppedBecause(): AppError | undefined {
    const { aborted, reason } = this.#controller.signal;
    return aborted && isAppError(reason) ? reason : undefined;
  }

  /** Somebody reads the answer, and so will also see the call to its end. */
  begin(): void {
    this.#isRead = true;
  }

  noteFirstToken(): void {
    this.#firstTokenMs ??= performance.now() - this.#started;
  }

  noteParameter(name: string, value: unknown): void {
    this.#facts.parameters[name] = value;
  }

  /** Writes the row. Resolves when it is safe; a second call changes nothing. @throws AppError `disk_full` or `unavailable`. */
  end(result: Outcome): Promise<void> {
    this.#recording ??= this.#record(result);
    return this.#recording;
  }

  endWithError(code: EngineErrorCode | AppError["code"], status: number = statusOf[code]): Promise<void> {
    return this.end({ outcome: "error", statusCode: status, errorCode: code });
  }

  endByCaller(): Promise<void> {
    return this.end({
      outcome: "client_closed",
      statusCode: statusOf.client_closed,
      finishReason: "aborted",
    });
  }

  readonly #onCallerAbort = () => {
    this.#controller.abort();
    // A caller that leaves before it reads anything must not hold a place for ever.
    if (!this.#isRead) this.endByCaller().catch(() => undefined);
  };

  /** US dollars; null where the price is not set or the tokens were not told. */
  #cost(): number | null {
    // Own hardware bills nothing, whatever was counted before the call ended.
    if (!this.#route.isRemote) return 0;
    const output = this.#facts.task === "embedding" ? 0 : this.outputTokens;
    if (this.inputTokens === null || output === null) return null;
    return costOf(this.#route.price, this.inputTokens, output, this.cachedTokens) ?? null;
  }

  #record({ outcome, statusCode, finishReason, errorCode }: Outcome): Promise<void> {
    this.#facts.signal.removeEventListener("abort", this.#onCallerAbort);
    gatewayLoad().active.delete(this);
    this.#watch.close();
    const { actor, requestId } = this.#ctx;
    const { source, task, stream, parameters, prompt } = this.#facts;
    const { called } = this.#route;
    return invocationJournal()
      .append({
        id: this.id,
        requestId,
        traceId: this.traceId,
        userId: actor.userId,
        keyId: actor.keyId ?? null,
        source,
        task,
        model: storable(this.#route.name, 300),
        calledAs: called ? storable(called.as, 300) : null,
        registeredModel: called?.model ?? null,
        registeredVersion: called?.number ?? null,
        ...notedPrompt(prompt),
        connectionId: this.#route.connectionId,
        engine: this.engine.kind,
        device: storable(this.engine.device, 100),
        parameters,
        stream,
        startedAt: this.#startedAt.toISOString(),
        durationMs: rounded(performance.now() - this.#started),
        firstTokenMs: this.#firstTokenMs === null ? null : rounded(this.#firstTokenMs),
        inputTokens: this.inputTokens,
        outputTokens: this.outputTokens,
        cost: this.#cost(),
        outcome,
        statusCode,
        finishReason: finishReason ?? null,
        errorCode: errorCode ?? null,
        clientReported: false,
      })
      .catch((error: unknown) => {
        log.error("An invocation waits in memory to be recorded", { error, invocation: this.id });
        throw error;
      });
  }
}

/** Microseconds are noise; whole numbers of them keep rows short. */
const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
