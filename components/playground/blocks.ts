import { closesFence, type Fence, fenceOf } from "./fence";

/** Markdown that can be read by itself. `head` are the lines of a long table's head, to be read before it. */
export interface TextBlock {
  text: string;
  head: string;
}

/** Blocks that are shown or left out together. */
export interface TextPiece {
  kind: "text";
  blocks: readonly TextBlock[];
}

/** Fenced code, in chunks of whole lines; what opens and closes it is kept beside. */
export interface CodePiece {
  kind: "code";
  open: string;
  indent: number;
  chunks: readonly string[];
  close: string;
}

export type Piece = TextPiece | CodePiece;

const listItem = /^\s*([-*+]|\d{1,9}[.)])\s/;
const outerItem = /^ ?([-*+]|\d{1,9}[.)])\s/;
const indented = /^(\s{2,}|\t)/;
const tableRule = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\n?$/;

/** Sizes in characters. A long list is cut between items and a long table between rows; all else further on. */
const longBlock = 4_000;
const longestBlock = 12_000;
const sectionSize = 6_000;
const chunkSize = 8_000;

/** Code whose end has not come. */
interface OpenCode {
  fence: Fence;
  chunks: string[];
  from: number;
  /** It began in a list item. */
  inList: boolean;
}

/** A place to cut at that tears no character. */
const whole = (text: string, at: number) => (/[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at - 1 : at);

/**
 * Cuts Markdown into pieces as it is written. Each line is looked at once: what was cut stays as it is, and
 * only the last piece is new. Joined again the pieces are the text.
 */
export class BlockReader {
  #text = "";
  #pieces: Piece[] = [];
  #section: TextBlock[] = [];
  #sectionSize = 0;
  /** Where the block in the making begins, and where the first line that is not complete does. */
  #start = 0;
  #at = 0;
  #code: OpenCode | undefined;
  #inList = false;
  /** The fence in a list item, which hides what is in it. */
  #listFence: string | undefined;
  #blank = false;
  #lines = 0;
  #firstLine = "";
  #table = "";
  #head = "";

  /** The pieces of a text that is the last one with something added; any other text is read from its start. */
  read(text: string): Piece[] {
    if (!this.#continues(text)) this.#reset();
    this.#text = text;
    for (let end = text.indexOf("\n", this.#at); end >= 0; end = text.indexOf("\n", this.#at)) {
      const from = this.#at;
      this.#at = end + 1;
      this.#line(text.slice(from, end + 1), from, end + 1);
    }
    this.#cutLongLine();
    return [...this.#pieces, ...this.#unfinished()];
  }

  /** Compares the last line that was read: comparing all of the text would cost more the longer it is. */
  #continues(text: string): boolean {
    if (text.length < this.#at) return false;
    const from = Math.max(0, this.#at - 200);
    return text.slice(from, this.#at) === this.#text.slice(from, this.#at);
  }

  #reset(): void {
    this.#pieces = [];
    this.#section = [];
    this.#sectionSize = 0;
    this.#start = 0;
    this.#at = 0;
    this.#code = undefined;
    this.#beginBlock("");
  }

  #beginBlock(head: string): void {
    this.#inList = false;
    this.#listFence = undefined;
    this.#blank = false;
    this.#lines = 0;
    this.#firstLine = "";
    this.#table = head;
    this.#head = head;
  }

  #line(line: string, from: number, end: number): void {
    if (this.#code) {
      this.#codeLine(this.#code, line, from, end);
      return;
    }
    if (this.#listFence === undefined) {
      const opened = this.#opening(line);
      if (opened) {
        this.#closeBlock(from);
        this.#closeSection();
        this.#code = { fence: opened, chunks: [], from: end, inList: false };
        return;
      }
      if (this.#endsBefore(line)) this.#closeBlock(from);
      else this.#cutLongBlock(line, from);
    } else if (from - this.#start > longestBlock) {
      // Code in a list item without end goes on as code of its own.
      const marker = this.#listFence;
      this.#closeBlock(from);
      this.#closeSection();
      this.#code = { fence: { open: "", indent: 0, marker }, chunks: [], from, inList: true };
      this.#codeLine(this.#code, line, from, end);
      return;
    }
    this.#note(line);
  }

  #codeLine(code: OpenCode, line: string, from: number, end: number): void {
    if (closesFence(line, code.fence.marker, code.inList)) {
      this.#pieces.push(this.#codePiece(code, from, line));
      this.#code = undefined;
      this.#start = end;
      this.#beginBlock("");
    } else if (end - code.from >= chunkSize) {
      code.chunks.push(this.#text.slice(code.from, end));
      code.from = end;
    }
  }

  #codePiece({ fence: { open, indent }, chunks, from }: OpenCode, end: number, close: string): CodePiece {
    const rest = this.#text.slice(from, end);
    const all = rest === "" && chunks.length > 0 ? [...chunks] : [...chunks, rest];
    return { kind: "code", open, indent, chunks: all, close };
  }

  /** A fence outside of lists, where it ends whatever was before it. */
  #opening(line: string): Fence | undefined {
    const found = fenceOf(line);
    return found && this.#inList && found.indent >= 2 ? undefined : found;
  }

  #endsBefore(line: string): boolean {
    if (!this.#blank || line.trim() === "" || this.#lines === 0) return false;
    return !(this.#inList && (listItem.test(line) || indented.test(line)));
  }

  #cutLongBlock(line: string, from: number): void {
    const size = from - this.#start;
    if (size <= longBlock) return;
    if (this.#inList && outerItem.test(line)) this.#closeBlock(from);
    else if (this.#table !== "") this.#closeBlock(from, this.#table);
    else if (size > longestBlock) this.#closeBlock(from);
  }

  #cutLongLine(): void {
    if (this.#code) {
      while (this.#text.length - this.#code.from >= 2 * chunkSize) {
        const end = whole(this.#text, this.#code.from + chunkSize);
        this.#code.chunks.push(this.#text.slice(this.#code.from, end));
        this.#code.from = end;
        this.#at = Math.max(this.#at, end);
      }
      return;
    }
    while (this.#listFence === undefined && this.#text.length - this.#at > longestBlock) {
      const limit = this.#at + longestBlock;
      const space = this.#text.lastIndexOf(" ", limit);
      this.#at = space > limit - longBlock ? space + 1 : whole(this.#text, limit);
      this.#closeBlock(this.#at);
    }
  }

  /** What the next lines are judged by. */
  #note(line: string): void {
    const isBlank = line.trim() === "";
    if (this.#listFence === undefined && listItem.test(line)) this.#inList = true;
    if (this.#listFence !== undefined) {
      if (closesFence(line, this.#listFence, true)) this.#listFence = undefined;
    } else if (this.#inList) {
      const inner = line.trimStart().replace(/^(?:(?:[-*+]|\d{1,9}[.)])\s+)+/, "");
      this.#listFence = fenceOf(inner)?.marker;
    }
    if (this.#lines === 1 && this.#firstLine.includes("|") && tableRule.test(line))
      this.#table = this.#firstLine + line;
    if (this.#lines === 0) this.#firstLine = line;
    if (!isBlank || this.#lines > 0) this.#lines++;
    this.#blank = isBlank && this.#listFence === undefined;
  }

  #closeBlock(end: number, head = ""): void {
    if (end > this.#start) {
      this.#section.push({ text: this.#text.slice(this.#start, end), head: this.#head });
      this.#sectionSize += end - this.#start;
      this.#start = end;
      if (this.#sectionSize > sectionSize) this.#closeSection();
    }
    this.#beginBlock(head);
  }

  #closeSection(): void {
    if (this.#section.length > 0) this.#pieces.push({ kind: "text", blocks: this.#section });
    this.#section = [];
    this.#sectionSize = 0;
  }

  /** What is not cut yet, with the line that is being written. Changes nothing. */
  #unfinished(): Piece[] {
    const text = this.#text;
    const line = text.slice(this.#at);
    if (this.#code) {
      const { fence, inList } = this.#code;
      const isClosed = closesFence(line, fence.marker, inList);
      return [this.#codePiece(this.#code, isClosed ? this.#at : text.length, isClosed ? line : "")];
    }
    const opened = this.#listFence === undefined ? this.#opening(line) : undefined;
    const cut = opened || (this.#listFence === undefined && this.#endsBefore(line)) ? this.#at : text.length;
    const blocks = [...this.#section];
    if (cut > this.#start) blocks.push({ text: text.slice(this.#start, cut), head: this.#head });
    if (!opened && cut < text.length) blocks.push({ text: text.slice(cut), head: "" });
    return [
      ...(blocks.length > 0 ? [{ kind: "text" as const, blocks }] : []),
      ...(opened
        ? [{ kind: "code" as const, open: line, indent: opened.indent, chunks: [""], close: "" }]
        : []),
    ];
  }
}

/** The text that a piece was cut from. */
export function sourceOf(piece: Piece): string {
  if (piece.kind === "text") return piece.blocks.map(({ text }) => text).join("");
  return piece.open + piece.chunks.join("") + piece.close;
}
