import { createStore, type StoreApi } from "zustand/vanilla";
import type { EngineInfo } from "@/lib/inference";
import type { Answer } from "./schema";
import type { Figures } from "./speed";

/** An answer on its way. */
export interface Live {
  turnId: string;
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

export interface ColumnState {
  /** Ended answers by turn id. */
  answers: Record<string, Answer>;
  live: Live | null;
  /** The column's own input, when input is not shared. */
  draft: string;
}

export type ColumnStore = StoreApi<ColumnState>;

/** One store per column, so that a token in one never renders another. */
export function createColumnStore(answers: Record<string, Answer> = {}, draft = ""): ColumnStore {
  return createStore<ColumnState>(() => ({ answers, live: null, draft }));
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
