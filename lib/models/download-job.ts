import "server-only";
import { mkdir } from "node:fs/promises";
import { isAppError, monotonicMs } from "@/lib/core";
import { log } from "@/lib/core/server";
import { fetchFile } from "./fetch-file";
import type { HubAccess } from "./hub-http";
import {
  holdPartial,
  type Journal,
  type JournalFile,
  partialFiles,
  readJournal,
  removePartial,
  writeJournal,
} from "./partial";
import { publish } from "./publish";
import type { Download, DownloadReason } from "./schema";
import { SpeedMeter } from "./speed-meter";

export interface JobSettings {
  modelsDir: string;
  /** The hub at an address, with the token that was given for it. */
  access(address: string): Promise<HubAccess>;
  /** @throws AppError `disk_full` when `bytes` more would leave too little. */
  requireRoom(bytes: number): Promise<void>;
  retryDelaysMs: readonly number[];
}

/** Why a job was stopped: by a person, or because the process ends and another goes on later. */
export type StopReason = "pause" | "discard" | "shutdown";

/** One download in this process, from its journal to the model's folder. */
export class DownloadJob {
  readonly #settings: JobSettings;
  readonly #stop = new AbortController();
  readonly #speed = new SpeedMeter();
  /** On the disk, by path. */
  readonly #bytes: Map<string, number>;
  #journal: Journal;
  #current: string | undefined;
  #waitUntil: number | undefined;
  #done = false;

  constructor(settings: JobSettings, journal: Journal, bytes: Map<string, number>) {
    this.#settings = settings;
    this.#journal = journal;
    this.#bytes = bytes;
  }

  get name(): string {
    return this.#journal.name;
  }

  get state(): Download["state"] {
    if (this.#done) return "done";
    const { state } = this.#journal;
    return state === "checking" ? "running" : state;
  }

  stop(reason: StopReason): void {
    this.#stop.abort(reason);
  }

  view(): Download {
    const running = this.state === "running";
    const view = viewOf(this.#journal, this.state, this.#bytes);
    const bytesPerSecond = running ? this.#speed.bytesPerSecond() : undefined;
    const waitMs = this.#waitUntil === undefined ? 0 : this.#waitUntil - monotonicMs();
    return {
      ...view,
      ...(running && this.#current ? { file: this.#current } : {}),
      ...(running && waitMs > 0 ? { waitSeconds: Math.ceil(waitMs / 1000) } : {}),
      ...(bytesPerSecond ? { bytesPerSecond } : {}),
      ...(bytesPerSecond && waitMs <= 0
        ? { secondsLeft: Math.ceil((view.total - view.bytes) / bytesPerSecond) }
        : {}),
    };
  }

  /** Runs until the model is there, or says in its state why not. @throws AppError `conflict` while another process does. */
  async run(): Promise<void> {
    const { modelsDir } = this.#settings;
    const held = await holdPartial(modelsDir, this.name);
    try {
      // Another process may have come further since.
      this.#journal = (await readJournal(modelsDir, this.name)) ?? this.#journal;
      if (this.#stop.signal.aborted) return await this.#stopped();
      await this.#save("running");
      await this.#fetch();
      await this.#publish();
      this.#done = true;
    } catch (error) {
      if (this.#stop.signal.aborted) await this.#stopped();
      else await this.#fail(error);
    } finally {
      this.#current = undefined;
      if (this.#done || this.#stop.signal.reason === "discard") await removePartial(modelsDir, this.name);
      await held.release();
    }
  }

  async #fetch(): Promise<void> {
    const { modelsDir, access, requireRoom, retryDelaysMs } = this.#settings;
    const folder = partialFiles(modelsDir, this.name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { repository, sha, files } = this.#journal;
    const hub = await access(this.#journal.hub);
    for (const file of files) {
      if (file.verified) continue;
      this.#current = file.path;
      file.verified = await fetchFile(
        {
          hub,
          repository,
          sha,
          folder,
          signal: this.#stop.signal,
          retryDelaysMs,
          requireRoom,
          onBytes: (at, bytes) => this.#onBytes(at, bytes),
          onWait: (_, waitMs) => {
            this.#waitUntil = monotonicMs() + waitMs;
          },
        },
        file,
      );
      this.#bytes.set(file.path, file.size);
      await this.#save("running");
    }
  }

  #onBytes(file: JournalFile, bytes: number): void {
    const grown = bytes - (this.#bytes.get(file.path) ?? 0);
    this.#bytes.set(file.path, bytes);
    this.#waitUntil = undefined;
    if (grown > 0) this.#speed.add(grown);
  }

  async #publish(): Promise<void> {
    const { modelsDir } = this.#settings;
    const { name, hub, repository, sha, dtype, graph, license, task, parameters, context, description } =
      this.#journal;
    const files = this.#journal.files.map(({ path, size, verified = "" }) => ({
      path,
      size,
      sha256: verified,
    }));
    const source = { hub, repository, revision: sha };
    // Files that take the process down while they are looked at must not do so at every start.
    await this.#save("checking");
    await publish(
      modelsDir,
      { name, dtype, graph, license, task, parameters, context, description, source },
      files,
    );
    log.info("A model was downloaded", { name, repository, sha });
  }

  async #stopped(): Promise<void> {
    // What a process left running, the next one resumes.
    if (this.#stop.signal.reason === "pause") await this.#save("paused");
  }

  async #fail(error: unknown): Promise<void> {
    const reason = reasonOf(error);
    if (reason.code === "internal") log.error("A download failed", { error, name: this.name });
    try {
      await this.#save("failed", reason);
    } catch (cause) {
      // On a full disk the state is told although it cannot be kept.
      log.warn("The state of a download was not kept", { error: cause, name: this.name });
    }
  }

  async #save(state: Journal["state"], reason?: DownloadReason): Promise<void> {
    this.#journal = { ...this.#journal, state, reason };
    await writeJournal(this.#settings.modelsDir, this.#journal);
  }
}

function reasonOf(error: unknown): DownloadReason {
  if (!isAppError(error)) return { code: "internal", message: "The download failed here; the log says why." };
  const needs = error.details?.some(({ path }) => path === "token") ? { needs: "token" as const } : {};
  return { code: error.code, message: error.message, ...needs };
}

/** A journal as it is shown. */
export function viewOf(
  journal: Journal,
  state: Download["state"],
  bytes: ReadonlyMap<string, number>,
): Download {
  const { name, repository, revision, dtype, files, reason } = journal;
  const verified = files.filter((file) => file.verified !== undefined);
  return {
    name,
    repository,
    revision,
    dtype,
    state,
    ...(reason ? { reason } : {}),
    bytes: files.reduce((sum, file) => sum + (file.verified ? file.size : (bytes.get(file.path) ?? 0)), 0),
    total: files.reduce((sum, file) => sum + file.size, 0),
    verifiedBytes: verified.reduce((sum, file) => sum + file.size, 0),
    verifiedFiles: verified.length,
    files: files.length,
  };
}
