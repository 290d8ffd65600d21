import type { PlaygroundColumn } from "@/lib/playground";
import { answerTo, type Figures, type Given, type TurnHead, turnsOf } from "@/lib/playground/client";

export const letters = "ABCDEFGH";

/** A model's own name, and the connection it is reached through, which the engine's badge names. */
export function nameParts({ engine, model }: Pick<PlaygroundColumn, "engine" | "model">): {
  name: string;
  connection?: string;
} {
  const cut = engine === "remote" ? model.indexOf("/") : -1;
  return cut < 0 ? { name: model } : { name: model.slice(cut + 1), connection: model.slice(0, cut) };
}

/** What the read-outs of a column show: the answer on its way, or its last one. */
export interface Shown {
  firstTokenMs: number | null;
  tokensPerSecond: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  loadMs?: number;
  /** US dollars; absent is unknown. */
  cost?: number;
  /** Now, not measured at the end. */
  live: boolean;
  estimated: boolean;
}

const nothing: Figures = {
  firstTokenMs: null,
  tokensPerSecond: null,
  inputTokens: null,
  outputTokens: null,
  estimated: false,
};

/** The last turn in sight of a column that has an answer. `path` are the turns in sight. */
export function lastAnswered(given: Given, path: TurnHead[], columnId: string): string | undefined {
  return turnsOf(path, columnId).findLast((turn) => given.answers[turn.id] !== undefined)?.id;
}

/** `live` are the figures of an answer on its way. */
export function shownFigures(
  live: Figures | null,
  given: Given,
  path: TurnHead[],
  columnId: string,
): Shown | null {
  if (live) return { ...live, live: true };
  const last = lastAnswered(given, path, columnId);
  if (last === undefined) return null;
  return { ...nothing, ...answerTo(given, last)?.metrics, live: false };
}

/** US dollars with as many digits as mean something. */
export function money(usd: number): string {
  if (usd === 0) return "$0";
  if (usd >= 0.995) return `$${usd.toFixed(2)}`;
  return `$${Number(usd.toPrecision(2)).toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))))}`;
}

/** Milliseconds as a figure and its unit. */
export function duration(ms: number): [string, string] {
  if (ms >= 9_950) return [(ms / 1000).toFixed(1), "s"];
  return [ms < 9.95 ? ms.toFixed(1) : Math.round(ms).toLocaleString("en"), "ms"];
}

/** A rate with as many digits as mean something. */
export function rate(perSecond: number): string {
  return perSecond < 99.95 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString("en");
}

export function count(value: number): string {
  return value.toLocaleString("en");
}

export const tilesInBar = 40;
const units = [2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/** Tokens/s that one tile stands for, the same in all columns: 2, or more when the fastest would not fit. */
export function tileUnit(fastest: number): number {
  return units.find((unit) => fastest <= unit * tilesInBar) ?? 10_000;
}

const words = [
  "no",
  "this",
  "both",
  "all three",
  "all four",
  "all five",
  "all six",
  "all seven",
  "all eight",
];

/** "both columns", "all three columns". */
export function inColumns(amount: number): string {
  return `${words[amount] ?? `all ${amount}`} column${amount === 1 ? "" : "s"}`;
}

export function turnCount(turns: number): string {
  return `${turns} turn${turns === 1 ? "" : "s"}`;
}
