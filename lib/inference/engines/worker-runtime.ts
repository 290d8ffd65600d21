import { isAppError, monotonicMs } from "@/lib/core";
import type { ChatModel } from "../core/chat-model";
import { joinDeltas } from "../core/event-stream";
import { engineFailure } from "../core/failure";
import { prepareCall } from "../core/prepare";
import { Scheduler } from "../core/scheduler";
import { Sequence } from "../core/sequence";
import type { ChatEvent, EngineKind } from "../schema";
import type { ModelStatus } from "../status";
import { loadChatModel, type ModelPlatform } from "./model-loader";
import { ModelShelf } from "./model-shelf";
import type { ModelSource, WorkerReply, WorkerRequest } from "./protocol";

/** What differs between the server's worker process and a browser worker. */
export interface WorkerPlatform extends ModelPlatform {
  kind: EngineKind;
  /** Bytes that models may take together. */
  memoryLimit: number;
  /** Lets messages in. */
  breathe(): Promise<void>;
  post(reply: WorkerReply): void;
}

/** Events of all calls go out together at most this often, so that fast models do not flood the receiver. */
const frameMs = 16;

/** The engine inside a worker: owns models and sequences, answers requests. */
export class WorkerRuntime {
  readonly #platform: WorkerPlatform;
  readonly #scheduler: Scheduler;
  readonly #shelf: ModelShelf<ChatModel>;
  readonly #sequences = new Map<number, Sequence>();
  /** Calls whose model still loads. */
  readonly #starting = new Map<number, { aborted: boolean }>();
  #outbox: { id: number; event: ChatEvent }[] = [];
  #sentAt = 0;

  constructor(platform: WorkerPlatform) {
    this.#platform = platform;
    this.#shelf = new ModelShelf({
      limit: platform.memoryLimit,
      load: (source) => this.#open(source),
      onEvicted: (name) => platform.post({ type: "model", status: { name, state: "idle" } }),
    });
    this.#scheduler = new Scheduler(
      async () => {
        this.#flush(frameMs);
        await platform.breathe();
      },
      (error, model) => this.#distrust(error, model),
    );
  }

  handle(request: WorkerRequest): void {
    if (request.type === "chat") void this.#chat(request);
    else if (request.type === "load") void this.#load(request);
    else this.#abort(request.id);
  }

  async #chat({ id, source, call }: Extract<WorkerRequest, { type: "chat" }>): Promise<void> {
    const starting = { aborted: false };
    this.#starting.set(id, starting);
    let model: ChatModel | undefined;
    const send = (event: ChatEvent) => {
      this.#send(id, event);
      if (event.type !== "finish" && event.type !== "error") return;
      if (model) this.#shelf.leave(model);
      model = undefined;
    };
    try {
      model = await this.#shelf.take(source);
      const prepared = prepareCall(call, model.tokenizer, model.config, model.formats);
      const engine = { kind: this.#platform.kind, device: model.device, fallback: model.fallback };
      const sequence = new Sequence(model, prepared, engine, send);
      if (starting.aborted) return sequence.abort();
      this.#sequences.set(id, sequence);
      this.#scheduler.add(sequence);
    } catch (error) {
      this.#report(error);
      send(engineFailure(error));
    } finally {
      this.#starting.delete(id);
    }
  }

  async #load({ id, source }: Extract<WorkerRequest, { type: "load" }>): Promise<void> {
    try {
      this.#shelf.leave(await this.#shelf.take(source));
      this.#platform.post({ type: "loaded", id });
    } catch (error) {
      this.#report(error);
      const { code, message } = engineFailure(error);
      this.#platform.post({ type: "loaded", id, failure: { code, message } });
    }
  }

  #abort(id: number): void {
    const starting = this.#starting.get(id);
    if (starting) starting.aborted = true;
    this.#sequences.get(id)?.abort();
  }

  async #open(source: ModelSource): Promise<ChatModel> {
    const { name } = source.manifest;
    const tell = (status: Omit<ModelStatus, "name">) =>
      this.#platform.post({ type: "model", status: { name, ...status } });
    tell({ state: "loading", progress: 0 });
    try {
      const model = await loadChatModel(this.#platform, source, (progress) =>
        tell({ state: "loading", progress }),
      );
      const { device, fallback, memoryBytes } = model;
      tell({ state: "ready", device, fallback, memoryBytes });
      return model;
    } catch (error) {
      tell({ state: "failed", reason: engineFailure(error).message });
      throw error;
    }
  }

  #send(id: number, event: ChatEvent): void {
    const last = this.#outbox.findLast((item) => item.id === id);
    if (event.type === "delta" && last?.event.type === "delta") {
      last.event = joinDeltas(last.event, event);
      return;
    }
    this.#outbox.push({ id, event });
    const ended = event.type === "finish" || event.type === "error";
    if (ended) this.#sequences.delete(id);
    if (ended || event.type === "start") this.#flush(0);
  }

  /** Sends what is due: everything, unless the last frame went out less than `every` milliseconds ago. */
  #flush(every: number): void {
    const now = monotonicMs();
    if (this.#outbox.length === 0 || now - this.#sentAt < every) return;
    // The first text of a call follows its start at once: it is what people wait for.
    const isStart = this.#outbox.some(({ event }) => event.type === "start");
    this.#sentAt = isStart ? Number.NEGATIVE_INFINITY : now;
    this.#platform.post({ type: "events", items: this.#outbox });
    this.#outbox = [];
  }

  /** A graph that failed in a run (a lost graphics device) is opened anew for the next call, perhaps elsewhere. */
  #distrust(error: unknown, model: ChatModel): void {
    this.#shelf.distrust(model);
    this.#platform.post({ type: "model", status: { name: model.name, state: "idle" } });
    this.#report(error);
  }

  #report(error: unknown): void {
    if (isAppError(error) && error.code !== "internal") return;
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#platform.post({ type: "bug", message, stack });
  }
}
