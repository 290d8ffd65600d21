import "server-only";
import { AppError, isAppError, now } from "@/lib/core";
import { env, log } from "@/lib/core/server";
import { DownloadJob, type JobSettings, type StopReason, viewOf } from "./download-job";
import type { HubFile } from "./hub";
import { nameConflict } from "./name-conflict";
import {
  bytesOnDisk,
  findPartials,
  type Held,
  holdPartial,
  isHeldElsewhere,
  type Journal,
  readJournal,
  removePartial,
  unfinishedConflict,
  writeJournal,
} from "./partial";
import { isThere, requireFree } from "./publish";
import type { Download, Dtype } from "./schema";
import { requireRoom } from "./space";

/** What is to be downloaded, as the hub described it. */
export interface Plan {
  name: string;
  hub: string;
  repository: string;
  revision: string;
  sha: string;
  dtype: Dtype;
  graph: string;
  license: string;
  task?: "chat" | "embedding";
  parameters?: number;
  context?: number;
  description?: string;
  files: HubFile[];
}

/** What two plans have in common that fetch the same files. */
const sameness = ["hub", "repository", "sha", "dtype"] as const;

const retryDelaysMs = [1_000, 2_000, 4_000, 8_000];

/** Downloads into this server's folder of models. */
export function makeDownloads(access: JobSettings["access"]): Downloads {
  const { modelsDir } = env();
  return new Downloads({
    modelsDir,
    access,
    requireRoom: (bytes) => requireRoom(modelsDir, bytes),
    retryDelaysMs,
  });
}

/** Downloads that run at once; more would only share the line. */
const maxRunning = 2;

/** The downloads of one folder of models: at most two run, the others wait; what is on the disk is the truth. */
export class Downloads {
  readonly #settings: JobSettings;
  /** By name: waiting, running, and those that ended in this process. */
  readonly #jobs = new Map<string, DownloadJob>();
  readonly #ends = new Map<string, Promise<void>>();
  readonly #queue: DownloadJob[] = [];
  /** Starts and discards of one name follow each other. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(settings: JobSettings) {
    this.#settings = settings;
  }

  /** Goes on with what an earlier process left unfinished, unless its files may have ended that one, and clears what it left without a journal. */
  async recover(): Promise<void> {
    const { modelsDir } = this.#settings;
    const found: Journal[] = [];
    for (const name of await findPartials(modelsDir)) {
      if (await isHeldElsewhere(modelsDir, name)) continue;
      const journal = await readJournal(modelsDir, name);
      // Without a journal nothing can be gone on with; where the model is there, only clearing up was left.
      if (!journal || (await isThere(modelsDir, name))) await removePartial(modelsDir, name);
      else if (journal.state === "running" || journal.state === "queued") found.push(journal);
    }
    found.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    for (const journal of found) await this.#enqueue(journal);
  }

  /** Every download that is not finished, and those that finished in this process. */
  async list(): Promise<Download[]> {
    const names = new Set([...this.#jobs.keys(), ...(await findPartials(this.#settings.modelsDir))]);
    const views = await Promise.all([...names].map((name) => this.#view(name)));
    return views.filter((view) => view !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** One of them. @throws AppError `not_found` */
  async get(name: string): Promise<Download> {
    const view = await this.#view(name);
    if (!view) throw noDownload(name);
    return view;
  }

  async #view(name: string): Promise<Download | undefined> {
    const job = this.#jobs.get(name);
    if (job && (this.#isActive(name) || job.state === "done")) return job.view();
    // One that stopped here may have been gone on with by a command.
    const { modelsDir } = this.#settings;
    const journal = await readJournal(modelsDir, name);
    if (!journal) return undefined;
    const bytes = await bytesOnDisk(modelsDir, journal);
    if (journal.state === "paused" || journal.state === "failed")
      return viewOf(journal, journal.state, bytes);
    const elsewhere = await isHeldElsewhere(modelsDir, name);
    if (elsewhere) return { ...viewOf(journal, "running", bytes), elsewhere };
    // On a full disk its end is known here alone.
    if (job) return job.view();
    return journal.state === "checking"
      ? viewOf({ ...journal, reason: endedChecking }, "failed", bytes)
      : viewOf({ ...journal, reason: interrupted }, "paused", bytes);
  }

  /** @throws AppError `conflict` when the name belongs to a model, or to an unfinished download of anything else. */
  async requireStartable(plan: Plan): Promise<void> {
    await this.#findSame(plan);
  }

  async #findSame(plan: Plan): Promise<Journal | undefined> {
    const { modelsDir } = this.#settings;
    await requireFree(modelsDir, plan.name);
    const known = await readJournal(modelsDir, plan.name);
    if (known && sameness.some((key) => known[key] !== plan[key])) throw unfinishedConflict(known);
    return known;
  }

  /** Begins a download, or goes on with the one of this name: two at once are one. @throws AppError as `requireStartable` */
  start(plan: Plan): Promise<Download> {
    return this.#inTurn(plan.name, async () => {
      const job = this.#jobs.get(plan.name);
      if (job?.state === "done") this.#jobs.delete(plan.name);
      const known = await this.#findSame(plan);
      return known ? this.#goOn(known) : this.#enqueue(await this.#begin(plan));
    });
  }

  /** Goes on where a download stopped. @throws AppError `not_found`, or `conflict` while another process fetches it. */
  resume(name: string): Promise<Download> {
    return this.#inTurn(name, async () => {
      const journal = await readJournal(this.#settings.modelsDir, name);
      if (!journal) throw noDownload(name);
      return this.#goOn(journal);
    });
  }

  /** Stops a download; what is there stays. @throws AppError `not_found`, or `conflict` when it does not run. */
  pause(name: string): Promise<Download> {
    return this.#inTurn(name, async () => {
      await this.#stop(name, "pause");
      return this.get(name);
    });
  }

  /** Stops a download and removes what is there. @throws AppError `not_found`, or `conflict` while another process fetches it. */
  discard(name: string): Promise<void> {
    return this.#inTurn(name, async () => {
      const { modelsDir } = this.#settings;
      if (!(await findPartials(modelsDir)).includes(name)) throw noDownload(name);
      if (this.#isActive(name)) await this.#stop(name, "discard");
      const held = await holdPartial(modelsDir, name);
      try {
        await removePartial(modelsDir, name);
        this.#jobs.delete(name);
      } finally {
        await held.release();
      }
    });
  }

  /** Lets a deleted model be forgotten. */
  forget(name: string): void {
    if (this.#jobs.get(name)?.state === "done") this.#jobs.delete(name);
  }

  /** Resolves with how a download ended. */
  async ended(name: string): Promise<Download> {
    await this.#ends.get(name);
    return this.get(name);
  }

  /** Stops everything so that the next process goes on with it. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.length = 0;
    for (const job of this.#jobs.values()) job.stop("shutdown");
    await Promise.all(this.#ends.values());
  }

  async #begin(plan: Plan): Promise<Journal> {
    const { modelsDir } = this.#settings;
    const journal: Journal = {
      version: 1,
      ...plan,
      state: "queued",
      createdAt: now().toISOString(),
      // The small ones first: what is wrong with a model shows in them.
      files: plan.files.map((file) => ({ ...file })).sort((a, b) => a.size - b.size),
    };
    const held = await this.#holdFree(plan.name);
    try {
      await writeJournal(modelsDir, journal);
    } finally {
      await held.release();
    }
    return journal;
  }

  /** What holds a name that no download has is an import. */
  async #holdFree(name: string): Promise<Held> {
    try {
      return await holdPartial(this.#settings.modelsDir, name);
    } catch (error) {
      if (!isAppError(error) || error.code !== "conflict") throw error;
      throw nameConflict(
        `A model called ${name} is being imported now. Wait for it, or give this one another name.`,
        error,
      );
    }
  }

  async #goOn(journal: Journal): Promise<Download> {
    const { name } = journal;
    const job = this.#jobs.get(name);
    if (job && this.#isActive(name)) return job.view();
    if (await isHeldElsewhere(this.#settings.modelsDir, name)) {
      throw new AppError("conflict", `Another process is fetching ${name} now.`);
    }
    const queued: Journal = { ...journal, state: "queued", reason: undefined };
    await writeJournal(this.#settings.modelsDir, queued);
    return this.#enqueue(queued);
  }

  #isActive(name: string): boolean {
    const job = this.#jobs.get(name);
    return job !== undefined && (this.#queue.includes(job) || this.#ends.has(name));
  }

  async #enqueue(journal: Journal): Promise<Download> {
    const job = new DownloadJob(
      this.#settings,
      journal,
      await bytesOnDisk(this.#settings.modelsDir, journal),
    );
    this.#jobs.set(journal.name, job);
    this.#queue.push(job);
    this.#next();
    return job.view();
  }

  #next(): void {
    while (!this.#closed && this.#ends.size < maxRunning) {
      const job = this.#queue.shift();
      if (!job) return;
      const end = job
        .run()
        .catch((error: unknown) => {
          // It belongs to another process; its own words are told from the disk.
          this.#jobs.delete(job.name);
          if (!isAppError(error)) log.error("A download could not be run", { error, name: job.name });
        })
        .finally(() => {
          this.#ends.delete(job.name);
          this.#next();
        });
      this.#ends.set(job.name, end);
    }
  }

  async #stop(name: string, reason: StopReason): Promise<void> {
    const job = this.#jobs.get(name);
    const { modelsDir } = this.#settings;
    const end = this.#ends.get(name);
    if (job && end) {
      job.stop(reason);
      await end;
      return;
    }
    const at = job ? this.#queue.indexOf(job) : -1;
    if (job && at >= 0) {
      this.#queue.splice(at, 1);
      this.#jobs.delete(name);
      const journal = await readJournal(modelsDir, name);
      if (journal && reason === "pause") await writeJournal(modelsDir, { ...journal, state: "paused" });
      return;
    }
    const view = await this.#view(name);
    if (!view) throw noDownload(name);
    throw new AppError(
      "conflict",
      view.elsewhere
        ? `Another process is fetching ${name}; stop it there.`
        : `${name} is not being fetched.`,
    );
  }

  async #inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(name) === turn) this.#turns.delete(name);
    }
  }
}

const interrupted = { code: "unavailable", message: "The process that fetched it has ended." };
const endedChecking = {
  code: "unavailable",
  message: "The process that fetched it ended while it looked into the files.",
};

function noDownload(name: string): AppError {
  return new AppError("not_found", `There is no download of ${name}.`);
}
