import { AppError, isAppError } from "@/lib/core";
import { EventStream } from "../core/event-stream";
import { engineFailure } from "../core/failure";
import type { ChatCall, ChatEngine, ChatEvent, EngineKind } from "../schema";
import type { EngineStatus, ModelStatus } from "../status";
import { CrashRecord } from "./crash-record";
import type { ModelSource, WorkerReply, WorkerRequest } from "./protocol";

/** A running worker as the host sees it. */
export interface WorkerLink {
  post(request: WorkerRequest): void;
  /** True while answers are awaited: the process must not end. */
  hold(held: boolean): void;
  close(): Promise<void>;
}

export interface WorkerListener {
  onReply(reply: WorkerReply): void;
  /** The worker is gone, by its own fault unless said otherwise. Never called before `spawn` has returned. */
  onEnd(reason: string, blamed?: boolean): void;
}

export interface HostOptions {
  kind: EngineKind;
  /** Shown until a model says otherwise. */
  device: string;
  threads: number;
  spawn(listener: WorkerListener): WorkerLink;
  /** @throws AppError `not_found` */
  resolve(model: string): Promise<ModelSource>;
  onBug(error: unknown): void;
  onStatus?(): void;
  /** Calls of one model that generate at once; the others wait in line. */
  maxRunning?: number;
  maxWaiting?: number;
  /** How long a model that kept ending its worker is refused. */
  cooldownMs?: number;
}

interface Call {
  id: number;
  model: string;
  caller: string;
  request: WorkerRequest;
  stream: EventStream;
  started: boolean;
}

interface Load {
  model: string;
  resolve(): void;
  reject(error: unknown): void;
}

const maxRestarts = 3;
const defaults = { maxRunning: 8, maxWaiting: 256, cooldownMs: 30_000, onStatus: () => {} };

/** The engine outside its worker: queues calls, passes events on, restarts a worker that died. */
export class WorkerHost implements ChatEngine {
  readonly #options: Required<HostOptions>;
  readonly #crashes: CrashRecord;
  readonly #running = new Map<number, Call>();
  readonly #loads = new Map<number, Load>();
  readonly #models = new Map<string, ModelStatus>();
  /** Of each caller that may wait again, its call that ran last. */
  readonly #served = new Map<string, number>();
  #waiting: Call[] = [];
  #link: WorkerLink | undefined;
  #lastId = 0;

  constructor(options: HostOptions) {
    this.#options = { ...defaults, ...options };
    this.#crashes = new CrashRecord(maxRestarts, this.#options.cooldownMs);
  }

  async *chat(call: ChatCall, signal: AbortSignal): AsyncGenerator<ChatEvent> {
    let queued: Call;
    try {
      queued = this.#enqueue(await this.#source(call.model), call);
    } catch (error) {
      yield this.#start();
      yield this.#failure(error);
      return;
    }
    const stop = () => this.#abort(queued);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    let started = false;
    try {
      for await (const event of queued.stream) {
        if (!started && event.type !== "start") yield this.#start();
        started = true;
        yield event;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      stop();
    }
  }

  /** Loads a model ahead of its first call. @throws AppError when it cannot be. */
  async load(model: string): Promise<void> {
    const source = await this.#source(model);
    const id = ++this.#lastId;
    await new Promise<void>((resolve, reject) => {
      this.#post({ type: "load", id, source });
      this.#loads.set(id, { model, resolve, reject });
      this.#changed();
    });
  }

  /** As `load`, at once even for a model that was put off because it kept ending its worker. */
  retry(model: string): Promise<void> {
    this.#crashes.clear(model);
    return this.load(model);
  }

  status(): EngineStatus {
    const models = [...this.#models.values()];
    return {
      device: models.find((model) => model.state === "ready")?.device ?? this.#options.device,
      threads: this.#options.threads,
      busy: this.#running.size,
      slots: this.#options.maxRunning,
      waiting: this.#waiting.length,
      models,
    };
  }

  /** Ends the worker; calls in flight end with an error. */
  async close(): Promise<void> {
    const link = this.#link;
    this.#lose(new AppError("unavailable", "The engine was closed."));
    await link?.close();
  }

  async #source(model: string): Promise<ModelSource> {
    const source = await this.#options.resolve(model);
    const refusal = this.#crashes.refusal(model);
    if (refusal) throw refusal;
    return source;
  }

  #enqueue(source: ModelSource, call: ChatCall): Call {
    const { maxWaiting } = this.#options;
    if (this.#waiting.filter((other) => other.model === call.model).length >= maxWaiting) {
      throw new AppError("unavailable", `${maxWaiting} calls already wait for ${call.model}.`, {
        retryAfter: 5,
      });
    }
    const id = ++this.#lastId;
    const request = { type: "chat", id, source, call } as const;
    const { model, caller = "" } = call;
    const queued: Call = { id, model, caller, request, stream: new EventStream(), started: false };
    this.#waiting.push(queued);
    this.#dispatch();
    return queued;
  }

  #dispatch(): void {
    for (const model of new Set(this.#waiting.map((call) => call.model))) {
      let free = this.#options.maxRunning - this.#runningOf(model).length;
      for (let call = this.#next(model); call && free > 0; free--, call = this.#next(model)) this.#run(call);
    }
    this.#changed();
  }

  /** Of those who wait for a model, the caller with the fewest answers under way, then the one served longest ago; of one caller the oldest call. */
  #next(model: string): Call | undefined {
    const running = this.#runningOf(model);
    const rank = ({ caller }: Call) => running.filter((other) => other.caller === caller).length;
    let best: Call | undefined;
    for (const call of this.#waiting) {
      if (call.model !== model) continue;
      const ahead = best && (rank(call) - rank(best) || this.#servedAt(call) - this.#servedAt(best));
      if (ahead === undefined || ahead < 0) best = call;
    }
    return best;
  }

  #servedAt({ caller }: Call): number {
    return this.#served.get(caller) ?? 0;
  }

  #runningOf(model: string): Call[] {
    return [...this.#running.values()].filter((call) => call.model === model);
  }

  #run(call: Call): void {
    this.#waiting = this.#waiting.filter((other) => other !== call);
    this.#running.set(call.id, call);
    // Only callers that wait again need to be remembered.
    if (this.#waiting.length === 0) this.#served.clear();
    else this.#served.set(call.caller, call.id);
    try {
      this.#post(call.request);
    } catch (error) {
      this.#running.delete(call.id);
      call.stream.push(this.#failure(error));
    }
  }

  #post(request: WorkerRequest): void {
    this.#link ??= this.#spawn();
    this.#link.post(request);
    this.#changed();
  }

  #spawn(): WorkerLink {
    // A worker that was replaced may still have words under way; they belong to calls that have ended.
    const current = () => this.#link === link;
    const link = this.#options.spawn({
      onReply: (reply) => {
        if (current()) this.#receive(reply);
      },
      onEnd: (reason, blamed = true) => {
        if (current()) this.#crash(reason, blamed);
      },
    });
    return link;
  }

  #receive(reply: WorkerReply): void {
    if (reply.type === "events") for (const { id, event } of reply.items) this.#event(id, event);
    else if (reply.type === "loaded") this.#loaded(reply);
    else if (reply.type === "bug")
      this.#options.onBug(Object.assign(new Error(reply.message), { stack: reply.stack }));
    else this.#models.set(reply.status.name, reply.status);
    this.#changed();
  }

  #event(id: number, event: ChatEvent): void {
    const call = this.#running.get(id);
    if (!call) return;
    if (event.type === "start") call.started = true;
    if (event.type === "finish") this.#crashes.clear(call.model);
    call.stream.push(event);
    if (event.type !== "finish" && event.type !== "error") return;
    this.#running.delete(id);
    this.#dispatch();
  }

  #loaded({ id, failure }: Extract<WorkerReply, { type: "loaded" }>): void {
    const load = this.#loads.get(id);
    this.#loads.delete(id);
    if (failure) load?.reject(new AppError(failure.code, failure.message));
    else load?.resolve();
  }

  /** A call that generates ends by its worker's events, with exact counts; any other ends here and now. */
  #abort(call: Call): void {
    const running = this.#running.has(call.id);
    if (running) this.#link?.post({ type: "abort", id: call.id });
    if (call.started || (!running && !this.#waiting.includes(call))) return;
    this.#running.delete(call.id);
    this.#waiting = this.#waiting.filter((other) => other !== call);
    call.stream.push({ type: "usage", inputTokens: 0, outputTokens: 0, reported: true });
    call.stream.push({ type: "finish", reason: "aborted" });
    this.#dispatch();
  }

  #crash(reason: string, blamed: boolean): void {
    const under = [...this.#running.values(), ...this.#loads.values()].map((item) => item.model);
    const broken = blamed ? [...new Set(under)].filter((model) => this.#crashes.count(model, reason)) : [];
    this.#lose(
      new AppError("unavailable", `The model's worker ended: ${reason}. The next call starts a new one.`),
    );
    for (const name of broken) {
      this.#models.set(name, { name, state: "failed", reason });
      const refusal = this.#crashes.refusal(name);
      for (const call of this.#waiting) if (call.model === name) call.stream.push(engineFailure(refusal));
      this.#waiting = this.#waiting.filter((call) => call.model !== name);
    }
    this.#dispatch();
  }

  /** Ends everything that ran in a worker which is gone. */
  #lose(error: AppError): void {
    const calls = [...this.#running.values()];
    const loads = [...this.#loads.values()];
    this.#link = undefined;
    this.#running.clear();
    this.#loads.clear();
    this.#models.clear();
    for (const load of loads) load.reject(error);
    for (const call of calls) call.stream.push(engineFailure(error));
  }

  /** For a call that never reached a model. */
  #start(): ChatEvent {
    return { type: "start", engine: { kind: this.#options.kind, device: this.#options.device } };
  }

  #failure(error: unknown): ChatEvent {
    if (!isAppError(error)) this.#options.onBug(error);
    return engineFailure(error);
  }

  #changed(): void {
    this.#link?.hold(this.#running.size + this.#loads.size > 0);
    this.#options.onStatus();
  }
}
