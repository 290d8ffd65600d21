import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineInfo } from "@/lib/inference";
import type { Given } from "./conversation";
import type { Answer } from "./document";
import type { Figures } from "./speed";

/** An answer on its way. */
export interface Live {
  /** The turn, or the row of the grid, that it answers. */
  place: string;
  model: string;
  phase: "loading" | "waiting" | "streaming";
  text: string;
  engine: EngineInfo;
  /** Share of the model read, 0 to 1, while it loads into the browser. */
  progress?: number;
  figures: Figures;
  /** What was sent as max tokens, for "72 of 400". */
  maxTokens?: number;
}

export interface ColumnState extends Given {
  /** Answers to rows of the grid, by row id. */
  cells: Record<string, Answer>;
  live: Live | null;
  /** The column's own input, when input is not shared. */
  draft: string;
}

export type ColumnStore = StoreApi<ColumnState>;

/** One store per column, so that a token in one never renders another. */
export function createColumnStore(): ColumnStore {
  return createStore<ColumnState>(() => ({ answers: {}, chosen: {}, cells: {}, live: null, draft: "" }));
}

/** A live answer as it is kept when the page goes away before its end. */
export function interrupted(live: Live): Answer {
  return {
    text: live.text,
    outcome: "interrupted",
    model: live.model,
    engine: { kind: live.engine.kind, device: live.engine.device },
  };
}

/** Adds an answer behind those a turn has; it is then the one that counts. */
export function addAnswer(store: ColumnStore, turnId: string, answer: Answer): void {
  store.setState(({ answers, chosen }) => ({
    answers: { ...answers, [turnId]: [...(answers[turnId] ?? []), answer] },
    chosen: without(chosen, turnId),
  }));
}

export function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => id !== key));
}
