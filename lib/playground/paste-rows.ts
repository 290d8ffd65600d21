import Papa from "papaparse";
import type { VariableValues } from "./document";

/**
 * Rows as copied from a spreadsheet or a CSV file. The first line names the columns if any of its cells is one
 * of `names`; else cells belong to `names` in their order.
 */
export function parseRows(text: string, names: readonly string[]): VariableValues[] {
  // One column alone is one value a line: commas in it are part of the words.
  const delimiter = names.length === 1 && !text.includes("\t") && !text.startsWith('"') ? "\u001f" : "";
  const { data } = Papa.parse<string[]>(text.trim(), { delimiter, skipEmptyLines: "greedy" });
  const first = data[0]?.map((cell) => cell.trim()) ?? [];
  const isHead = first.some((cell) => names.includes(cell));
  const heads = isHead ? first : names;
  return data.slice(isHead ? 1 : 0).map((cells) => {
    const named = cells.map((cell, i) => [heads[i] ?? "", cell] as const);
    return Object.fromEntries(named.filter(([name]) => names.includes(name)));
  });
}
