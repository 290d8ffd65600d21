import { z } from "zod";
import { playgroundDocument } from "./document";
import { documentOf, openDocument, type Workspace } from "./workspace";

const prefix = "tessera.playground.";
const writeEvery = 500;

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
  /** The address that a page which is being left will be asked for again. */
  let leftAt: string | undefined;
  const leave = () => {
    leftAt = globalThis.location?.pathname;
  };

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const { id, kept } = workspace.store.getState();
    // An id that came when a reload had begun stands in no address yet: the reload looks for what had none.
    const named = id !== null && (leftAt === undefined || leftAt.endsWith(`/${id}`)) ? id : null;
    try {
      if (key !== keyOf(owner, named)) storage.removeItem(key);
      key = keyOf(owner, named);
      storage.setItem(key, JSON.stringify(draftOf(workspace)));
      if (!kept) workspace.store.setState({ kept: true });
    } catch {
      // The tab's quota is full; the page says that a reload would lose the last changes.
      if (kept) workspace.store.setState({ kept: false });
    }
  };
  const stop = workspace.subscribe(() => {
    timer ??= setTimeout(write, writeEvery);
  });
  globalThis.addEventListener?.("beforeunload", leave);
  globalThis.addEventListener?.("pagehide", write);
  return () => {
    write();
    stop();
    globalThis.removeEventListener?.("beforeunload", leave);
    globalThis.removeEventListener?.("pagehide", write);
  };
}
