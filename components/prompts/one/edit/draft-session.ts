import { createStore, type StoreApi } from "zustand/vanilla";
import { isAppError } from "@/lib/core";
import { type Draft, type DraftSave, type PromptContent, promptContent } from "@/lib/prompts";

/** What became of the last change. */
export type DraftSaving =
  | { state: "unchanged" | "waiting" | "saving" | "saved" }
  /** Not sent: it could not be kept as it stands. */
  | { state: "refused"; why: string }
  | { state: "failed"; why: string }
  /** Another tab saved this draft since it was read. */
  | { state: "conflict" };

export interface DraftState {
  content: PromptContent;
  /** The version it started from. */
  baseNumber: number;
  /** Null while there is no draft on the server. */
  revision: number | null;
  updatedAt: string | null;
  saving: DraftSaving;
}

export interface DraftSession {
  store: StoreApi<DraftState>;
  /** Takes a change; it is sent once there was none for a while. */
  change: (content: PromptContent) => void;
  /** Sends what was not sent yet; true when everything is kept. */
  flush: () => Promise<boolean>;
  /** Takes what a merge became, on another base, and sends it. */
  rebase: (content: PromptContent, baseNumber: number) => Promise<boolean>;
  /** Writes what is here over what was kept elsewhere meanwhile. */
  overwrite: (kept: Draft | null) => Promise<boolean>;
  /** Nothing is sent any more. */
  stop: () => void;
  /** What was typed since it was stopped is sent with the next change. */
  resume: () => void;
}

interface DraftSessionOptions {
  start: Pick<DraftState, "content" | "baseNumber" | "revision" | "updatedAt">;
  save: (body: DraftSave) => Promise<Draft>;
  onSaved: (draft: Draft) => void;
  /** Milliseconds. */
  delay?: number;
}

const usualDelay = 1_000;

/** A draft that keeps itself: one save at a time, the last state always sent. */
export function createDraftSession({
  start,
  save,
  onSaved,
  delay = usualDelay,
}: DraftSessionOptions): DraftSession {
  const store = createStore<DraftState>(() => ({ ...start, saving: { state: "unchanged" } }));
  const say = (saving: DraftSaving) => store.setState({ saving });
  let edits = 0;
  let kept = 0;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> | undefined;

  async function sendOnce(): Promise<boolean> {
    const at = edits;
    const { content, baseNumber, revision } = store.getState();
    const parsed = promptContent.safeParse(content);
    if (!parsed.success) {
      say({ state: "refused", why: parsed.error.issues[0]?.message ?? "It cannot be kept as it stands." });
      return false;
    }
    say({ state: "saving" });
    try {
      const draft = await save({ content: parsed.data, baseNumber, revision });
      kept = at;
      const { revision: next, updatedAt } = draft;
      store.setState({ revision: next, updatedAt, saving: { state: kept === edits ? "saved" : "waiting" } });
      onSaved(draft);
      return true;
    } catch (error) {
      if (isAppError(error) && error.code === "conflict") say({ state: "conflict" });
      else say({ state: "failed", why: error instanceof Error ? error.message : "The reason is unknown." });
      return false;
    }
  }

  async function send(): Promise<void> {
    while (kept < edits && !stopped) if (!(await sendOnce())) return;
  }

  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    // Over a conflict nothing is written before somebody has chosen.
    if (store.getState().saving.state === "conflict") return false;
    sending ??= send().finally(() => {
      sending = undefined;
    });
    await sending;
    return kept === edits;
  }

  return {
    store,
    flush,
    change: (content) => {
      edits++;
      const isHeld = store.getState().saving.state === "conflict";
      store.setState(isHeld ? { content } : { content, saving: { state: "waiting" } });
      clearTimeout(timer);
      if (!isHeld) timer = setTimeout(() => void flush(), delay);
    },
    rebase: (content, baseNumber) => {
      edits++;
      store.setState({ content, baseNumber, saving: { state: "waiting" } });
      return flush();
    },
    overwrite: (draft) => {
      edits++;
      store.setState({ revision: draft?.revision ?? null, saving: { state: "waiting" } });
      return flush();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
    resume: () => {
      stopped = false;
    },
  };
}
