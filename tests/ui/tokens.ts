import { readFileSync } from "node:fs";
import { parseHex, type Rgb } from "./colour";

export type Theme = "light" | "dark";

const source = readFileSync(new URL("../../app/tokens.css", import.meta.url), "utf8");

/** Every colour of tokens.css that is written as a pair of hex values. */
export function readTokens(theme: Theme): Map<string, Rgb> {
  const found = new Map<string, Rgb>();
  for (const [, name, light, dark] of source.matchAll(
    /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g,
  )) {
    const value = theme === "light" ? light : dark;
    if (name && value) found.set(name, parseHex(value));
  }
  return found;
}
