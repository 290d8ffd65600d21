import { z } from "zod";
import { playgroundDocument } from "./document";
import { documentOf, openDocument, type Workspace } from "./workspace";

const prefix = "tessera.playground.";
const writeEvery = 500;
/** A page that is asked for again may be asked for at the address it had this long ago: milliseconds. */
const addressLag = 10_000;

const draft = z.strictObject({
  id: z.string().nullable(),
  version: z.number().int(),
  title: z.string(),
  titled: z.boolean(),
  followUp: z.string(),
  ranInBrowser: z.boolean(),
  /** Changed since the last save. */
  changed: z.boolean(),
  inputs: z.record(z.string(), z.string()),
  document: playgroundDocument,
});

export type Draft = z.infer<typeof draft>;

const keyOf = (owner: string, id: string | null) => `${prefix}${owner}.${id ?? "new"}`;

function draftOf(workspace: Workspace): Draft {
  const { id, version, title, titled, followUp, ranInBrowser, save, columns, running } =
    workspace.store.getState();
  return {
    id,
    version,
    title,
    titled,
    followUp,
    ranInBrowser,
    // An answer on its way is in no save yet.
    changed: save.kind !== "saved" || running.length > 0,
    inputs: Object.fromEntries(
      columns.map((column) => [column.id, workspace.column(column.id).getState().draft]),
    ),
    document: documentOf(workspace, "as interrupted"),
  };
}

/** What a reload of this tab finds of a session; null when there is nothing, or nothing that can be read. */
export function readDraft(storage: Storage, owner: string, id: string | null): Draft | null {
  const text = storage.getItem(keyOf(owner, id));
  if (text === null) return null;
  try {
    return draft.parse(JSON.parse(text));
  } catch {
    // Written by another release: what it held is unreadable here and would only be in the way.
    storage.removeItem(keyOf(owner, id));
    return null;
  }
}

/**
 * What a reload finds at the address without a session. Of one that has an id by now it is a second copy, which is
 * moved to where the first is.
 */
export function takeUnsaved(storage: Storage, owner: string): Draft | null {
  const found = readDraft(storage, owner, null);
  if (found === null || found.id === null) return found;
  const copy = storage.getItem(keyOf(owner, null));
  storage.removeItem(keyOf(owner, null));
  if (copy !== null) storage.setItem(keyOf(owner, found.id), copy);
  return found;
}

/** A workspace as the reload found it; what was streaming is marked as interrupted. */
export function openDraft({ document, inputs, changed, ...rest }: Draft): Workspace {
  const workspace = openDocument(document, {
    ...rest,
    // A change that no save carried yet is told to the saver through the revision.
    save: rest.id === null ? { kind: "off" } : changed ? { kind: "waiting" } : { kind: "saved" },
  });
  for (const [columnId, text] of Object.entries(inputs)) workspace.column(columnId).setState({ draft: text });
  return workspace;
}

/** Removes what other people left in this tab. */
export function forgetOthers(storage: Storage, owner: string): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) {
    if (key?.startsWith(prefix) && !key.startsWith(`${prefix}${owner}.`)) storage.removeItem(key);
  }
}

/** Forgets what the tab keeps of a session. */
export function dropDraft(storage: Storage, owner: string, id: string | null): void {
  storage.removeItem(keyOf(owner, id));
}

/** Keeps a workspace in the tab's storage as it changes, so that a reload loses at most half a second. */
export function keepDraft(workspace: Workspace, storage: Storage, owner: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let key = keyOf(owner, workspace.store.getState().id);
  let namedAt = Number.NEGATIVE_INFINITY;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const { id, kept } = workspace.store.getState();
    try {
      if (key !== keyOf(owner, id)) {
        storage.removeItem(key);
        if (key === keyOf(owner, null)) namedAt = performance.now();
      }
      key = keyOf(owner, id);
      storage.setItem(key, JSON.stringify(draftOf(workspace)));
      if (!kept) workspace.store.setState({ kept: true });
    } catch {
      // The tab's quota is full; the page says that a reload would lose the last changes.
      if (kept) workspace.store.setState({ kept: false });
    }
  };
  const leave = () => {
    write();
    if (performance.now() - namedAt > addressLag) return;
    // The browser may not know the new address yet, and look where the session had none.
    const copy = storage.getItem(key);
    try {
      if (copy !== null) storage.setItem(keyOf(owner, null), copy);
    } catch {
      // No room for two: the one under its own address is there.
    }
  };
  const stop = workspace.subscribe(() => {
    timer ??= setTimeout(write, writeEvery);
  });
  globalThis.addEventListener?.("pagehide", leave);
  return () => {
    write();
    stop();
    globalThis.removeEventListener?.("pagehide", leave);
  };
}
