import "server-only";
import { AppError } from "@/lib/core";
import type { EmbeddingCall, EmbeddingEngine, EmbeddingResult } from "../schema";
import type { ModelStatus } from "../status";
import { CrashRecord } from "./crash-record";
import type { EmbeddingReply, EmbeddingRequest } from "./embedding-protocol";
import type { ProcessLink, ProcessListener } from "./onnx-process";
import type { ModelSource } from "./protocol";

export interface EmbeddingHostOptions {
  spawn(listener: ProcessListener<EmbeddingReply>): ProcessLink<EmbeddingRequest>;
  /** @throws AppError `not_found` */
  resolve(model: string): Promise<ModelSource>;
  onBug(error: unknown): void;
  /** What may wait or run at once, of all callers together. */
  maxCalls?: number;
  maxTexts?: number;
  maxCharacters?: number;
  /** How long a model that kept ending its worker is refused. */
  cooldownMs?: number;
  /** After so long without a call the worker ends and gives its memory back. */
  idleMs?: number;
}

interface Pending {
  model: string;
  input: readonly string[];
  settle(outcome: { result: EmbeddingResult } | { error: AppError }): void;
}

const maxRestarts = 3;
const defaults = {
  maxCalls: 256,
  maxTexts: 65_536,
  maxCharacters: 64 << 20,
  cooldownMs: 30_000,
  idleMs: 300_000,
};

/** The embedding engine outside its worker: refuses what is too much, hands calls over, restarts a worker that died. */
export class EmbeddingHost implements EmbeddingEngine {
  readonly #options: Required<EmbeddingHostOptions>;
  readonly #crashes: CrashRecord;
  readonly #pending = new Map<number, Pending>();
  readonly #models = new Map<string, ModelStatus>();
  #link: ProcessLink<EmbeddingRequest> | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(options: EmbeddingHostOptions) {
    this.#options = { ...defaults, ...options };
    this.#crashes = new CrashRecord(maxRestarts, this.#options.cooldownMs);
  }

  async embed(call: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingResult> {
    const source = await this.#options.resolve(call.model);
    const refusal = this.#crashes.refusal(call.model);
    if (refusal) throw refusal;
    if (signal.aborted) throw clientClosed();
    this.#requireRoom(call.input);
    const id = ++this.#lastId;
    const leave = () => this.#abort(id);
    try {
      return await new Promise((resolve, reject) => {
        this.#post({ type: "embed", id, source, call });
        this.#pending.set(id, {
          model: call.model,
          input: call.input,
          settle: (outcome) => ("result" in outcome ? resolve(outcome.result) : reject(outcome.error)),
        });
        this.#changed();
        signal.addEventListener("abort", leave, { once: true });
      });
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  /** The models that the worker has or had. */
  models(): ModelStatus[] {
    return [...this.#models.values()];
  }

  /** Ends the worker; calls in flight end with an error. */
  async close(): Promise<void> {
    const link = this.#link;
    this.#lose(new AppError("unavailable", "The engine was closed."));
    await link?.close();
  }

  #requireRoom(input: readonly string[]): void {
    const { maxCalls, maxTexts, maxCharacters } = this.#options;
    const waiting = [...this.#pending.values()];
    const texts = waiting.reduce((sum, other) => sum + other.input.length, 0);
    const characters = waiting.reduce((sum, other) => sum + charactersOf(other.input), 0);
    const refuse = (what: string) =>
      new AppError("unavailable", `${what} already wait to be embedded.`, { retryAfter: 5 });
    if (waiting.length >= maxCalls) throw refuse(`${waiting.length} calls`);
    // A call alone is never too much: its size was bounded where it came in.
    if (waiting.length === 0) return;
    if (texts + input.length > maxTexts) throw refuse(`${texts} texts`);
    if (characters + charactersOf(input) > maxCharacters) throw refuse(`${characters} characters`);
  }

  #post(request: EmbeddingRequest): void {
    this.#link ??= this.#spawn();
    this.#link.post(request);
  }

  #spawn(): ProcessLink<EmbeddingRequest> {
    // A worker that was replaced may still have words under way; they belong to calls that have ended.
    const current = () => this.#link === link;
    const link = this.#options.spawn({
      onReply: (reply) => {
        if (current()) this.#receive(reply);
      },
      onEnd: (reason) => {
        if (current()) this.#crash(reason);
      },
    });
    return link;
  }

  #receive(reply: EmbeddingReply): void {
    if (reply.type === "embedded") this.#embedded(reply);
    else if (reply.type === "failed") {
      const { code, message, param, retryAfter } = reply.failure;
      this.#settle(reply.id, { error: new AppError(code, message, { param, retryAfter }) });
    } else if (reply.type === "bug")
      this.#options.onBug(Object.assign(new Error(reply.message), { stack: reply.stack }));
    else this.#models.set(reply.status.name, reply.status);
  }

  #embedded({ id, engine, vectors, inputTokens }: Extract<EmbeddingReply, { type: "embedded" }>): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#crashes.clear(pending.model);
    const size = vectors.length / pending.input.length;
    const each = pending.input.map((_, i) => vectors.subarray(i * size, (i + 1) * size));
    this.#settle(id, { result: { engine, vectors: each, inputTokens } });
  }

  #abort(id: number): void {
    if (!this.#pending.has(id)) return;
    this.#link?.post({ type: "abort", id });
    this.#settle(id, { error: clientClosed() });
  }

  #settle(id: number, outcome: Parameters<Pending["settle"]>[0]): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(outcome);
    this.#changed();
  }

  #crash(reason: string): void {
    const models = new Set([...this.#pending.values()].map(({ model }) => model));
    const broken = [...models].filter((model) => this.#crashes.count(model, reason));
    this.#lose(
      new AppError("unavailable", `The embedding worker ended: ${reason}. The next call starts a new one.`, {
        retryAfter: 1,
      }),
    );
    for (const name of broken) this.#models.set(name, { name, state: "failed", reason });
  }

  /** Ends everything that was in a worker which is gone. */
  #lose(error: AppError): void {
    const pending = [...this.#pending.values()];
    this.#link = undefined;
    this.#pending.clear();
    this.#models.clear();
    clearTimeout(this.#idle);
    for (const { settle } of pending) settle({ error });
  }

  #changed(): void {
    const { size } = this.#pending;
    this.#link?.hold(size > 0);
    clearTimeout(this.#idle);
    if (size > 0 || !this.#link) return;
    this.#idle = setTimeout(() => void this.close(), this.#options.idleMs).unref();
  }
}

function charactersOf(input: readonly string[]): number {
  return input.reduce((sum, text) => sum + text.length, 0);
}

function clientClosed(): AppError {
  return new AppError("client_closed", "The caller left.");
}
