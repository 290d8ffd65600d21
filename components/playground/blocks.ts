const fence = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^\s*([-*+]|\d{1,9}[.)])\s/;
const indented = /^(\s{2,}|\t)/;

/**
 * Markdown in pieces that can be read one by one, so that a long stream parses its last piece alone.
 * A piece ends at a blank line, never inside a fence or a list. Joined again they are the text.
 */
export function splitBlocks(text: string): string[] {
  const blocks: string[] = [];
  let current = "";
  let open: string | null = null;
  let inList = false;
  let blank = false;

  for (const line of text.split(/(?<=\n)/)) {
    const marker = fence.exec(line)?.[1];
    const isBlank = line.trim() === "";
    if (open === null && blank && !isBlank && current !== "") {
      const continues = inList && (listItem.test(line) || indented.test(line));
      if (!continues) {
        blocks.push(current);
        current = "";
        inList = false;
      }
    }
    if (open === null && listItem.test(line)) inList = true;
    if (marker) {
      if (open === null) open = marker;
      else if (marker.startsWith(open)) open = null;
    }
    current += line;
    blank = isBlank && open === null;
  }
  if (current !== "") blocks.push(current);
  return blocks;
}
