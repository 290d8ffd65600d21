import { AppError } from "@/lib/core";
import { weightBytesOf } from "../model-weights";
import type { ModelManifest } from "../schema";
import type { ModelSource } from "./protocol";

/** What is kept: anything that takes memory until it is released. */
export interface Loaded {
  release(): Promise<void>;
}

interface Place<Model> {
  name: string;
  version: string;
  /** Bytes counted for it. */
  bytes: number;
  model: Promise<Model>;
  loaded?: Model;
  /** Calls that use it or wait for it. */
  users: number;
  usedAt: number;
}

interface ShelfOptions<Model> {
  /** Bytes that all models together may take. */
  limit: number;
  load(source: ModelSource): Promise<Model>;
  onEvicted(name: string): void;
}

/**
 * The models in memory: each loaded once however many ask for it at the same time, and the ones unused longest
 * put away when another needs the room.
 */
export class ModelShelf<Model extends Loaded> {
  readonly #options: ShelfOptions<Model>;
  #places: Place<Model>[] = [];
  readonly #distrusted = new Set<Place<Model>>();
  /** Loads happen one after another, or two would take the same room. */
  #turn: Promise<unknown> = Promise.resolve();
  #clock = 0;
  /** Resolved when a call stops using a model. */
  #wakeUp = () => {};

  constructor(options: ShelfOptions<Model>) {
    this.#options = options;
  }

  /**
   * The model, for one call: `leave` must follow. Waits while models in use take the room that it needs.
   * @throws AppError `unprocessable` when it would not fit even alone, or what loading throws
   */
  async take(source: ModelSource): Promise<Model> {
    const { name, files } = source.manifest;
    const version = files.map((file) => file.sha256).join();
    let place = this.#places.find((other) => other.name === name && other.version === version);
    if (!place) {
      place = { name, version, bytes: memoryNeeded(source.manifest), users: 0, usedAt: 0 } as Place<Model>;
      place.model = this.#load(source, place);
      this.#places.push(place);
    }
    place.users++;
    place.usedAt = ++this.#clock;
    try {
      return await place.model;
    } catch (error) {
      this.#forget(place);
      throw error;
    }
  }

  /** A call is through with a model. */
  leave(model: Model): void {
    const place = [...this.#places, ...this.#distrusted].find((other) => other.loaded === model);
    if (place) place.users--;
    if (place?.users === 0 && this.#distrusted.delete(place)) void model.release().catch(() => undefined);
    this.#wakeUp();
  }

  /** Takes a model out that failed; the next call loads it anew. It is released when its calls have left. */
  distrust(model: Model): void {
    const place = this.#places.find((other) => other.loaded === model);
    if (!place) return;
    this.#forget(place);
    this.#distrusted.add(place);
  }

  async #load(source: ModelSource, place: Place<Model>): Promise<Model> {
    const turn = this.#turn.then(() => this.#makeRoom(place)).then(() => this.#options.load(source));
    this.#turn = turn.catch(() => undefined);
    place.loaded = await turn;
    return place.loaded;
  }

  async #makeRoom(place: Place<Model>): Promise<void> {
    const { limit } = this.#options;
    if (place.bytes > limit) {
      throw new AppError(
        "unprocessable",
        `${place.name} needs about ${inMegabytes(place.bytes)} of memory; ${inMegabytes(limit)} may be used for models here.`,
      );
    }
    const outdated = this.#places.filter(
      (other) => other.name === place.name && other !== place && other.loaded && other.users === 0,
    );
    for (const other of outdated) await this.#evict(other);
    for (;;) {
      const others = this.#places.filter((other) => other.loaded);
      const taken = others.reduce((sum, other) => sum + other.bytes, 0);
      if (taken + place.bytes <= limit) return;
      const idle = others.filter(({ users }) => users === 0).sort((a, b) => a.usedAt - b.usedAt)[0];
      if (idle) await this.#evict(idle);
      else {
        await new Promise<void>((resolve) => {
          this.#wakeUp = resolve;
        });
      }
    }
  }

  async #evict(place: Place<Model>): Promise<void> {
    this.#forget(place);
    await place.loaded?.release();
    this.#options.onEvicted(place.name);
  }

  #forget(place: Place<Model>): void {
    this.#places = this.#places.filter((other) => other !== place);
  }
}

/**
 * Bytes that a model takes: its weights as read and once more as the runtime lays them out. Measured by
 * `npm run bench inference`: 1.3 to 1.8 times the file in use, up to 2.9 times just after loading.
 */
export function memoryNeeded(manifest: ModelManifest): number {
  return 2 * weightBytesOf(manifest);
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString("en")} MiB`;
}
