import { createStore, type StoreApi } from "zustand/vanilla";
import { randomBase62 } from "@/lib/core";
import type { ChatParameters } from "@/lib/inference";
import { type ColumnStore, createColumnStore, interrupted } from "./column-store";
import { type TurnHead, turnsOf } from "./conversation";
import type { Answer, PlaygroundColumn, PlaygroundDocument, PlaygroundSession } from "./schema";

/** Where the session stands with the server. */
export type SaveState =
  /** Kept in this tab only. */
  | { kind: "off" }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "saved" }
  | { kind: "failed"; error: Error }
  | { kind: "conflict"; current: PlaygroundSession };

/** What all columns share. Answers and live text are in the store of each column. */
export interface WorkspaceState {
  /** Null until the session is saved. */
  id: string | null;
  /** The version that the next save goes over; 0 before the first. */
  version: number;
  title: string;
  /** The user chose the title; else it follows the first message. */
  titled: boolean;
  system: string;
  prompt: string;
  followUp: string;
  sameInput: boolean;
  parameters: ChatParameters;
  columns: PlaygroundColumn[];
  turns: TurnHead[];
  /** The user pressed Save: from then on every change is saved. */
  asked: boolean;
  /** A prompt of this session ran in the browser, so nothing is saved unless the user asks. */
  ranInBrowser: boolean;
  /** Ids of the columns that are running. */
  running: string[];
  /** Raised by every change that a save would carry. */
  revision: number;
  save: SaveState;
  /** False when this tab had no room to keep the session for a reload. */
  kept: boolean;
}

export interface Workspace {
  store: StoreApi<WorkspaceState>;
  /** The store of a column of this workspace. */
  column(id: string): ColumnStore;
  /** Forgets the store of a removed column. */
  drop(id: string): void;
  /** Calls `listener` after any change, of a column too. */
  subscribe(listener: () => void): () => void;
}

/** A short id, unique within one document. */
export function localId(): string {
  return randomBase62(8).toLowerCase();
}

export function newColumn(model: string, engine: PlaygroundColumn["engine"]): PlaygroundColumn {
  return { id: localId(), model, engine, parameters: {} };
}

export function createWorkspace(
  initial: Partial<WorkspaceState> & Pick<WorkspaceState, "columns">,
): Workspace {
  const columns = new Map<string, ColumnStore>();
  const store = createStore<WorkspaceState>(() => ({
    id: null,
    version: 0,
    title: "",
    titled: false,
    system: "",
    prompt: "",
    followUp: "",
    sameInput: true,
    parameters: {},
    turns: [],
    asked: false,
    ranInBrowser: false,
    running: [],
    revision: 0,
    save: { kind: "off" },
    kept: true,
    ...initial,
  }));
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  store.subscribe(notify);
  return {
    store,
    column(id) {
      const found = columns.get(id);
      if (found) return found;
      const made = createColumnStore();
      made.subscribe(notify);
      columns.set(id, made);
      return made;
    },
    drop: (id) => columns.delete(id),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * The document as it would be saved. Answers that still stream are left out of a save to the server,
 * which another tab may read, and are kept as interrupted in a snapshot for a reload of this tab.
 */
export function documentOf(workspace: Workspace, streams: "without" | "as interrupted"): PlaygroundDocument {
  const state = workspace.store.getState();
  const answersOf = (turn: TurnHead): Record<string, Answer> => {
    const answers: Record<string, Answer> = {};
    for (const column of state.columns) {
      const { answers: ended, live } = workspace.column(column.id).getState();
      const answer = ended[turn.id];
      if (answer) answers[column.id] = answer;
      else if (live?.turnId === turn.id && streams === "as interrupted")
        answers[column.id] = interrupted(live);
    }
    return answers;
  };
  return {
    system: state.system,
    prompt: state.prompt,
    sameInput: state.sameInput,
    parameters: state.parameters,
    columns: state.columns,
    turns: state.turns.map((turn) => ({ ...turn, answers: answersOf(turn) })),
    saving: state.asked ? "asked" : "auto",
  };
}

/** Puts a document into a workspace, answers into their columns. */
export function openDocument(
  document: PlaygroundDocument,
  rest: Partial<WorkspaceState>,
  into: Workspace = createWorkspace({ columns: document.columns }),
): Workspace {
  const { turns, saving, ...shared } = document;
  into.store.setState({
    ...shared,
    turns: turns.map(({ answers: _, ...head }) => head),
    asked: saving === "asked",
    ...rest,
  });
  for (const column of document.columns) {
    const answers: Record<string, Answer> = {};
    for (const turn of turns) {
      const answer = turn.answers[column.id];
      if (answer) answers[turn.id] = answer;
    }
    into.column(column.id).setState({ answers, live: null });
  }
  return into;
}

/** A saved session as a workspace. */
export function openSession(session: PlaygroundSession, into?: Workspace): Workspace {
  return openDocument(
    session.document,
    { id: session.id, version: session.version, title: session.title, titled: true, save: { kind: "saved" } },
    into,
  );
}

/** The turns of a column that have no answer yet and are not being answered. */
export function unanswered(workspace: Workspace, columnId: string): TurnHead[] {
  const { answers } = workspace.column(columnId).getState();
  return turnsOf(workspace.store.getState().turns, columnId).filter((turn) => answers[turn.id] === undefined);
}
