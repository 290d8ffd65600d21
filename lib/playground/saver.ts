import { AppError } from "@/lib/core";
import type { PlaygroundSession, PlaygroundSummary, SessionCreation, SessionUpdate } from "./schema";
import { titleOf } from "./title";
import { documentOf, openSession, type SaveState, type Workspace, type WorkspaceState } from "./workspace";

/** The server as a saver needs it. */
export interface SavePort {
  create(input: SessionCreation): Promise<PlaygroundSummary>;
  /** A conflict carries the document that is there now. */
  save(
    id: string,
    update: SessionUpdate,
  ): Promise<{ saved: PlaygroundSummary } | { conflict: PlaygroundSession }>;
}

export interface Saver {
  /** The user asked: saves now, and every change from here on. */
  saveNow(): Promise<void>;
  /** After a conflict: drops what is here for what is there. */
  takeTheirs(): void;
  /** After a conflict or a deletion elsewhere: keeps what is here under a new id. */
  saveAsNew(): Promise<void>;
  stop(): void;
}

/**
 * Prompts of a browser run stay in the browser unless the user asks. Without being asked, only a
 * session that never ran in the browser, and is not about to, is saved.
 */
export function isSavedByItself(state: WorkspaceState): boolean {
  if (state.asked) return true;
  return (
    state.turns.length > 0 && !state.ranInBrowser && state.columns.every(({ engine }) => engine !== "browser")
  );
}

/** Saves a workspace as it changes, `delay` milliseconds after the last change, never two saves at once. */
export function startSaving(workspace: Workspace, port: SavePort, delay = 1_200): Saver {
  const { store } = workspace;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue: Promise<void> = Promise.resolve();
  let seen = store.getState().revision;

  const set = (save: SaveState) => store.setState({ save });

  async function write(asNew: boolean): Promise<void> {
    const state = store.getState();
    const { revision, id, version } = state;
    const document = documentOf(workspace, "without");
    const title = state.title || titleOf(state);
    set({ kind: "saving" });
    try {
      const result =
        id && !asNew
          ? await port.save(id, { version, title, document })
          : { saved: await port.create({ title, document }) };
      if ("conflict" in result) return set({ kind: "conflict", current: result.conflict });
      store.setState({ id: result.saved.id, version: result.saved.version });
      const changed = store.getState();
      if (changed.revision === revision) set({ kind: "saved" });
      else if (isSavedByItself(changed)) schedule();
      else set({ kind: "off" });
    } catch (error) {
      set({ kind: "failed", error: error instanceof Error ? error : new AppError("internal", "Not saved.") });
    }
  }

  function flush(asNew = false): Promise<void> {
    clearTimeout(timer);
    queue = queue.then(() => write(asNew));
    return queue;
  }

  function schedule(): void {
    clearTimeout(timer);
    set({ kind: "waiting" });
    timer = setTimeout(() => void flush(), delay);
  }

  const stop = store.subscribe((state) => {
    if (state.revision === seen) return;
    seen = state.revision;
    if (state.save.kind === "conflict" || state.save.kind === "saving") return;
    if (isSavedByItself(state)) schedule();
    else {
      clearTimeout(timer);
      if (state.save.kind !== "off") set({ kind: "off" });
    }
  });

  // What a reload brought back may be ahead of the server.
  if (store.getState().save.kind !== "saved" && isSavedByItself(store.getState())) schedule();

  return {
    async saveNow() {
      store.setState({ asked: true });
      await flush();
    },
    takeTheirs() {
      const { save } = store.getState();
      if (save.kind === "conflict") openSession(save.current, workspace);
    },
    saveAsNew: () => flush(true),
    stop() {
      clearTimeout(timer);
      stop();
    },
  };
}
