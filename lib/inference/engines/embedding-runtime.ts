import { AppError, isAppError, monotonicMs } from "@/lib/core";
import type { EmbeddingModel } from "../core/embedding-model";
import { EmbeddingScheduler } from "../core/embedding-scheduler";
import { EmbeddingTask } from "../core/embedding-task";
import { engineFailure } from "../core/failure";
import { prepareTexts } from "../core/prepare-texts";
import type { ModelStatus } from "../status";
import type { EmbeddingFailure, EmbeddingReply, EmbeddingRequest } from "./embedding-protocol";
import { type EncoderPlatform, loadEncoder } from "./encoder-loader";
import { ModelShelf } from "./model-shelf";
import type { ModelSource } from "./protocol";

export interface EmbeddingPlatform extends EncoderPlatform {
  /** Bytes that models may take together. */
  memoryLimit: number;
  /** Lets messages in. */
  breathe(): Promise<void>;
  post(reply: EmbeddingReply): void;
}

type EmbedRequest = Extract<EmbeddingRequest, { type: "embed" }>;

/** Taking texts apart lets others in this often. */
const sliceMs = 10;

/** The embedding engine inside its worker: owns models and what waits for them, answers requests. */
export class EmbeddingRuntime {
  readonly #platform: EmbeddingPlatform;
  readonly #scheduler: EmbeddingScheduler;
  readonly #shelf: ModelShelf<EmbeddingModel>;
  /** Calls under way. */
  readonly #calls = new Map<number, { task?: EmbeddingTask }>();

  constructor(platform: EmbeddingPlatform) {
    this.#platform = platform;
    this.#shelf = new ModelShelf({
      limit: platform.memoryLimit,
      load: (source) => this.#open(source),
      onEvicted: (name) => this.#tell(name, { state: "idle" }),
    });
    this.#scheduler = new EmbeddingScheduler(
      () => platform.breathe(),
      (error, model) => this.#distrust(error, model),
    );
  }

  handle(request: EmbeddingRequest): void {
    if (request.type === "embed") void this.#embed(request);
    else this.#abort(request.id);
  }

  async #embed(request: EmbedRequest): Promise<void> {
    const { id, source } = request;
    this.#calls.set(id, {});
    let model: EmbeddingModel | undefined;
    try {
      model = await this.#shelf.take(source);
      const texts = await this.#prepare(request, model);
      const vectors = await this.#run(request, model, texts);
      const inputTokens = texts.reduce((sum, { length }) => sum + length, 0);
      const { device, fallback } = model;
      const engine = { kind: "server", device, fallback } as const;
      if (this.#calls.has(id)) this.#platform.post({ type: "embedded", id, engine, vectors, inputTokens });
    } catch (error) {
      this.#report(error);
      if (this.#calls.has(id)) this.#platform.post({ type: "failed", id, failure: failureOf(error) });
    } finally {
      this.#calls.delete(id);
      if (model) this.#shelf.leave(model);
    }
  }

  /** All texts are looked at before the first is embedded: a call that cannot be served costs no run. */
  async #prepare({ id, call }: EmbedRequest, model: EmbeddingModel): Promise<number[][]> {
    const texts: number[][] = [];
    let sliceEnd = monotonicMs() + sliceMs;
    for (const tokens of prepareTexts(call, model)) {
      texts.push(tokens);
      if (monotonicMs() < sliceEnd) continue;
      await this.#platform.breathe();
      this.#requireWanted(id);
      sliceEnd = monotonicMs() + sliceMs;
    }
    this.#requireWanted(id);
    return texts;
  }

  #run({ id, call }: EmbedRequest, model: EmbeddingModel, texts: number[][]): Promise<Float32Array> {
    return new Promise((resolve, reject) => {
      const task = new EmbeddingTask(model, texts, call, (outcome) => {
        if ("vectors" in outcome) resolve(outcome.vectors);
        else reject(outcome.error);
      });
      this.#calls.set(id, { task });
      this.#scheduler.add(task);
    });
  }

  #abort(id: number): void {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    call?.task?.fail(aborted());
  }

  #requireWanted(id: number): void {
    if (!this.#calls.has(id)) throw aborted();
  }

  async #open(source: ModelSource): Promise<EmbeddingModel> {
    const { name } = source.manifest;
    this.#tell(name, { state: "loading", progress: 0 });
    try {
      const model = await loadEncoder(this.#platform, source, (progress) =>
        this.#tell(name, { state: "loading", progress }),
      );
      const { device, fallback, memoryBytes } = model;
      this.#tell(name, { state: "ready", device, fallback, memoryBytes });
      return model;
    } catch (error) {
      this.#tell(name, { state: "failed", reason: engineFailure(error).message });
      throw error;
    }
  }

  /** A graph that failed in a run is opened anew for the next call, perhaps elsewhere. */
  #distrust(error: unknown, model: EmbeddingModel): void {
    this.#shelf.distrust(model);
    this.#tell(model.name, { state: "idle" });
    this.#report(error);
  }

  #tell(name: string, status: Omit<ModelStatus, "name">): void {
    this.#platform.post({ type: "model", status: { name, ...status } });
  }

  #report(error: unknown): void {
    if (isAppError(error) && error.code !== "internal") return;
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    this.#platform.post({ type: "bug", message, stack });
  }
}

function aborted(): AppError {
  return new AppError("client_closed", "The caller left.");
}

function failureOf(error: unknown): EmbeddingFailure {
  const { code, message, retryAfter } = engineFailure(error);
  return { code, message, retryAfter, param: isAppError(error) ? error.param : undefined };
}
