/** The line that opens fenced code. */
export interface Fence {
  open: string;
  indent: number;
  marker: string;
}

// After backticks no other may stand on the line: such a line is inline code.
const fence = /^( {0,3})(?:(`{3,})(?=[^`\n]*\n?$)|(~{3,}))/;

export function fenceOf(line: string): Fence | undefined {
  const found = fence.exec(line);
  if (!found) return undefined;
  const [, indent = "", backticks, tildes = ""] = found;
  return { open: line, indent: indent.length, marker: backticks ?? tildes };
}

/** Whether a line closes what a marker opened, in a list item also when it is indented further. */
export function closesFence(line: string, marker: string, inList: boolean): boolean {
  const signs = line.trim();
  if (!signs.startsWith(marker) || (!inList && /^(?: {4}|\t)/.test(line))) return false;
  return signs === (marker[0] ?? "").repeat(signs.length);
}
