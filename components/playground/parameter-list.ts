import type { ChatParameters } from "@/lib/inference";

export type NumberName = Exclude<keyof ChatParameters, "stop" | "seed">;

export interface NumberParameter {
  name: NumberName;
  label: string;
  /** What the slider reaches; a typed value may go on to the bounds of the API. */
  min: number;
  max: number;
  step: number;
  least: number;
  most: number;
  hint: string;
}

/** The sampling parameters in the order of the rail. */
export const numberParameters: readonly NumberParameter[] = [
  {
    name: "temperature",
    label: "Temperature",
    min: 0,
    max: 2,
    step: 0.05,
    least: 0,
    most: 2,
    hint: "0 always takes the likeliest token.",
  },
  {
    name: "top_p",
    label: "Top p",
    min: 0.05,
    max: 1,
    step: 0.05,
    least: 0.001,
    most: 1,
    hint: "Only the likeliest tokens that together reach this share.",
  },
  {
    name: "top_k",
    label: "Top k",
    min: 1,
    max: 200,
    step: 1,
    least: 1,
    most: 10_000,
    hint: "Only this many of the likeliest tokens.",
  },
  {
    name: "min_p",
    label: "Min p",
    min: 0,
    max: 1,
    step: 0.01,
    least: 0,
    most: 1,
    hint: "Only tokens at least this likely, measured against the likeliest.",
  },
  {
    name: "max_tokens",
    label: "Max tokens",
    min: 16,
    max: 2_048,
    step: 16,
    least: 1,
    most: 131_072,
    hint: "The answer is cut after this many tokens.",
  },
  {
    name: "presence_penalty",
    label: "Presence penalty",
    min: -2,
    max: 2,
    step: 0.1,
    least: -2,
    most: 2,
    hint: "Against tokens that already occurred.",
  },
  {
    name: "frequency_penalty",
    label: "Frequency penalty",
    min: -2,
    max: 2,
    step: 0.1,
    least: -2,
    most: 2,
    hint: "Against tokens, by how often they occurred.",
  },
];

/** A typed value within what the API takes; null when it is no number. */
export function takeNumber({ least, most, step }: NumberParameter, text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) return null;
  const whole = Number.isInteger(step) ? Math.round(value) : value;
  return Math.min(most, Math.max(least, whole));
}

/** As many decimals as the steps have; a typed value keeps its own. */
export function showNumber({ step }: NumberParameter, value: number): string {
  if (Number.isInteger(step)) return String(value);
  return Number.isInteger(value * 100) ? value.toFixed(2) : String(value);
}
