import { refusal } from "./refusal";
import { zipEntry } from "./zip-entry";

const words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
// ISO's strict form of the same.
const strictWords = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const mostXml = 40_000_000;

const isWord = (node: Node, name: string): node is Element =>
  node instanceof Element &&
  node.localName === name &&
  (node.namespaceURI === words || node.namespaceURI === strictWords);

const childrenNamed = (parent: Element, name: string) =>
  Array.from(parent.children).filter((child) => isWord(child, name));

function first(parent: Element, ...path: string[]): Element | undefined {
  let node: Element | undefined = parent;
  for (const name of path) node = node && childrenNamed(node, name)[0];
  return node;
}

function setting(element: Element | undefined): string | undefined {
  return element?.getAttributeNS(words, "val") ?? element?.getAttribute("w:val") ?? undefined;
}

/** The text of runs, in links and changes too, but for what a tracked change took out. */
function runText(node: Element): string {
  return Array.from(node.children)
    .map((child) => {
      if (isWord(child, "t")) return child.textContent ?? "";
      if (isWord(child, "tab")) return "\t";
      if (isWord(child, "br") || isWord(child, "cr")) return "\n";
      if (isWord(child, "noBreakHyphen")) return "-";
      if (isWord(child, "del") || isWord(child, "pPr") || isWord(child, "rPr")) return "";
      return runText(child);
    })
    .join("");
}

function paragraph(node: Element): string {
  const text = runText(node);
  if (text.trim() === "") return "";
  const heading = /^(?:heading|berschrift|titre)\s*(\d)$/i.exec(
    setting(first(node, "pPr", "pStyle")) ?? "",
  )?.[1];
  if (heading) return `${"#".repeat(Math.min(6, Number(heading)))} ${text.trim()}`;
  const list = first(node, "pPr", "numPr");
  if (!list) return text;
  return `${"  ".repeat(Number(setting(first(list, "ilvl")) ?? 0))}- ${text.trim()}`;
}

function cellText(cell: Element): string {
  return blocks(cell).join(" ").replace(/\s+/g, " ").replaceAll("|", "\\|");
}

function table(node: Element): string {
  const rows = childrenNamed(node, "tr").map((row) => childrenNamed(row, "tc").map(cellText));
  const width = Math.max(0, ...rows.slice(0, 10_000).map((row) => row.length));
  if (width === 0) return "";
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, i) => cells[i] ?? "").join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${"---|".repeat(width)}`, ...body.map(line)].join("\n");
}

function blocks(parent: Element): string[] {
  return Array.from(parent.children).flatMap((child) => {
    if (isWord(child, "p")) return [paragraph(child)];
    if (isWord(child, "tbl")) return [table(child)];
    const holds = isWord(child, "sdt") || isWord(child, "sdtContent") || isWord(child, "ins");
    return holds ? blocks(child) : [];
  });
}

/** The words of a Word document as Markdown: headings, paragraphs, lists and tables. */
export async function docxText(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<string> {
  const packed = await zipEntry(bytes, name, "word/document.xml", mostXml);
  if (!packed) throw refusal(name, "is an archive, not a Word document. Attach the files in it one by one.");
  const xml = new TextDecoder().decode(packed);
  // Word writes none, and entities declared in one can grow without bound.
  if (/<!DOCTYPE/i.test(xml)) throw refusal(name, "is no Word document: it declares a document type.");
  const document = new DOMParser().parseFromString(xml, "application/xml");
  const body = first(document.documentElement, "body");
  if (!body) throw refusal(name, "is a damaged Word document.");
  return blocks(body)
    .join("\n\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^( *- .*)\n\n(?= *- )/gm, "$1\n")
    .trim();
}
