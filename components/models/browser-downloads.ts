import { toast } from "@/components/ui/toast-store";
import { type FetchProgress, loadBrowserStore } from "@/lib/inference/client";
import { SpeedMeter } from "@/lib/models";

/** A download into this browser, as this tab runs it or as it failed. */
export interface BrowserDownload extends FetchProgress {
  /** Ended ones stay until what they left is shown. */
  state: "running" | "failed" | "ended";
  failure?: Error;
  bytesPerSecond?: number;
  secondsLeft?: number;
}

interface Snapshot {
  downloads: ReadonlyMap<string, BrowserDownload>;
  /** Grows when what is kept has changed. */
  changes: number;
  /** What happened last, for those who hear the page. */
  said: string;
}

const everyMs = 250;
const running = new Map<string, AbortController>();
const listeners = new Set<() => void>();
let snapshot: Snapshot = { downloads: new Map(), changes: 0, said: "" };

function set(next: Partial<Snapshot>): void {
  snapshot = { ...snapshot, ...next };
  for (const listener of listeners) listener();
}

function put(name: string, download: BrowserDownload | undefined): ReadonlyMap<string, BrowserDownload> {
  const downloads = new Map(snapshot.downloads);
  if (download) downloads.set(name, download);
  else downloads.delete(name);
  return downloads;
}

/** Downloads go on while people look at other pages of the workbench; they end with the tab, and resume. */
export const browserDownloads = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: (): Snapshot => snapshot,

  /** Begins, resumes or tries again. `known` is what is shown until the first figures come. */
  async start(name: string, known: { bytes: number; total: number }): Promise<void> {
    if (running.has(name)) return;
    const pausing = new AbortController();
    running.set(name, pausing);
    let latest: BrowserDownload = { state: "running", ...known, fetched: 0, checking: false };
    set({ downloads: put(name, latest), said: `${name} is being fetched.` });
    const pace = new Pace();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      set({ downloads: put(name, latest) });
    };
    try {
      const { downloadToBrowser } = await loadBrowserStore();
      await downloadToBrowser(name, {
        signal: pausing.signal,
        onProgress: (progress) => {
          latest = { state: "running", ...progress, ...pace.of(progress) };
          timer ??= setTimeout(show, everyMs);
        },
      });
      clearTimeout(timer);
      set({ downloads: put(name, { ...latest, state: "ended" }) });
      toast(`${name} is in this browser and checked.`);
    } catch (error) {
      clearTimeout(timer);
      const failure = error instanceof Error ? error : new Error(String(error));
      if (pausing.signal.aborted)
        set({ downloads: put(name, { ...latest, state: "ended" }), said: `${name} is paused.` });
      else {
        const said = failure.message;
        set({ downloads: put(name, { ...latest, state: "failed", failure }), said });
        // Where the row is in sight it says so itself.
        if (listeners.size === 0) toast({ message: said, tone: "danger" });
      }
    } finally {
      running.delete(name);
      set({ changes: snapshot.changes + 1 });
    }
  },

  /** Whole parts stay. */
  pause(name: string): void {
    running.get(name)?.abort();
  },

  /** What ended downloads left is shown now. */
  settle(): void {
    const ended = [...snapshot.downloads].filter(([, { state }]) => state === "ended");
    if (ended.length === 0) return;
    set({ downloads: new Map([...snapshot.downloads].filter(([, { state }]) => state !== "ended")) });
  },

  /** What is kept was changed from outside: a failure of this model is history. */
  forget(name: string): void {
    if (!running.has(name)) set({ downloads: put(name, undefined), changes: snapshot.changes + 1 });
  },
};

/** How fast it goes. */
class Pace {
  readonly #meter = new SpeedMeter();
  #fetched = 0;

  of({ bytes, total, fetched }: FetchProgress): Pick<BrowserDownload, "bytesPerSecond" | "secondsLeft"> {
    if (fetched > this.#fetched) this.#meter.add(fetched - this.#fetched);
    this.#fetched = fetched;
    const bytesPerSecond = this.#meter.bytesPerSecond();
    return bytesPerSecond ? { bytesPerSecond, secondsLeft: (total - bytes) / bytesPerSecond } : {};
  }
}
