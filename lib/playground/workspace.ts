import { createStore, type StoreApi } from "zustand/vanilla";
import { randomBase62 } from "@/lib/core";
import { type ColumnStore, createColumnStore, interrupted } from "./column-store";
import { pathTo, type TurnHead, turnsOf } from "./conversation";
import {
  type Answer,
  type Attachment,
  bounds,
  type GridRow,
  type PlaygroundColumn,
  type PlaygroundDocument,
} from "./document";
import type { PlaygroundSession } from "./schema";

/** Where the session stands with the server. */
export type SaveState =
  /** Kept in this tab only. */
  | { kind: "off" }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "saved" }
  | { kind: "failed"; error: Error }
  | { kind: "conflict"; current: PlaygroundSession };

/** A row of the grid without its answers. */
export type RowHead = Omit<GridRow, "answers">;

/** What all columns share. Answers and live text are in the store of each column. */
export interface WorkspaceState extends Omit<PlaygroundDocument, "turns" | "rows" | "saving"> {
  /** Null until the session is saved. */
  id: string | null;
  /** The version that the next save goes over; 0 before the first. */
  version: number;
  title: string;
  /** The user chose the title; else it follows the first message. */
  titled: boolean;
  followUp: string;
  /** Files that go along with the follow-up. */
  enclosed: Attachment[];
  turns: TurnHead[];
  rows: RowHead[];
  /** The user pressed Save: from then on every change is saved. */
  asked: boolean;
  /** A prompt of this session ran in the browser, so nothing is saved unless the user asks. */
  ranInBrowser: boolean;
  /** Names and figures of the columns are hidden until one has voted; the columns stand in this order. */
  blind: { order: string[]; revealed: boolean } | null;
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
    messages: [{ id: localId(), role: "user", text: "" }],
    variables: {},
    values: {},
    format: { type: "text", schema: "", pattern: "" },
    repeats: 1,
    logprobs: null,
    followUp: "",
    enclosed: [],
    sameInput: true,
    parameters: {},
    turns: [],
    head: null,
    rows: [],
    task: "",
    asked: false,
    ranInBrowser: false,
    blind: null,
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
  const stores = state.columns.map(({ id }) => ({ id, ...workspace.column(id).getState() }));
  const lost = (live: (typeof stores)[number]["live"], place: string) =>
    live?.place === place && streams === "as interrupted" ? [interrupted(live)] : [];
  const turnOf = (turn: TurnHead) => {
    const answers: Record<string, Answer[]> = {};
    const chosen: Record<string, number> = {};
    for (const column of stores) {
      const given = [...(column.answers[turn.id] ?? []), ...lost(column.live, turn.id)];
      if (given.length > 0) answers[column.id] = given.slice(-bounds.answers);
      const choice = column.chosen[turn.id];
      if (choice !== undefined) chosen[column.id] = choice;
    }
    return { ...turn, answers, ...(Object.keys(chosen).length > 0 ? { chosen } : {}) };
  };
  const rowOf = (row: RowHead): GridRow => {
    const answers: Record<string, Answer> = {};
    for (const column of stores) {
      const given = column.cells[row.id] ?? lost(column.live, row.id)[0];
      if (given) answers[column.id] = given;
    }
    return { ...row, answers };
  };
  return {
    system: state.system,
    messages: state.messages,
    ...(state.prompt ? { prompt: state.prompt } : {}),
    variables: state.variables,
    values: state.values,
    format: state.format,
    repeats: state.repeats,
    logprobs: state.logprobs,
    sameInput: state.sameInput,
    parameters: state.parameters,
    columns: state.columns,
    turns: state.turns.map(turnOf),
    head: state.head,
    rows: state.rows.map(rowOf),
    task: state.task,
    saving: state.asked ? "asked" : "auto",
  };
}

/** Puts a document into a workspace, answers into their columns. */
export function openDocument(
  document: PlaygroundDocument,
  rest: Partial<WorkspaceState>,
  into: Workspace = createWorkspace({ columns: document.columns }),
): Workspace {
  const { turns, rows, saving, ...shared } = document;
  into.store.setState({
    // A document without a prompt takes away one that was there.
    prompt: undefined,
    ...shared,
    turns: turns.map(({ answers: _, chosen: __, ...head }) => head),
    rows: rows.map(({ answers: _, ...head }) => head),
    asked: saving === "asked",
    ...rest,
  });
  for (const { id } of document.columns) {
    const answers: Record<string, Answer[]> = {};
    const chosen: Record<string, number> = {};
    const cells: Record<string, Answer> = {};
    for (const turn of turns) {
      const given = turn.answers[id];
      if (given) answers[turn.id] = given;
      const choice = turn.chosen?.[id];
      if (choice !== undefined) chosen[turn.id] = choice;
    }
    for (const row of rows) {
      const cell = row.answers[id];
      if (cell) cells[row.id] = cell;
    }
    into.column(id).setState({ answers, chosen, cells, live: null });
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

/** The conversation in sight, from its beginning. */
export function pathOf({ turns, head }: Pick<WorkspaceState, "turns" | "head">): TurnHead[] {
  return pathTo(turns, head);
}

/** The turns in sight of a column that have no answer yet and are not being answered. */
export function unanswered(workspace: Workspace, columnId: string): TurnHead[] {
  const { answers } = workspace.column(columnId).getState();
  const path = turnsOf(pathOf(workspace.store.getState()), columnId);
  return path.filter((turn) => answers[turn.id] === undefined);
}
