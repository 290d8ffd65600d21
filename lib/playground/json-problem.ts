/** Where a text stops being JSON, counted from 1, and why. */
export interface TextProblem {
  line: number;
  column: number;
  why: string;
}

const deepest = 500;

class Problem extends Error {}

class Reader {
  at = 0;

  constructor(readonly text: string) {}

  document(): void {
    this.space();
    if (this.text.startsWith("```", this.at))
      this.refuse("This begins with a code fence; JSON begins at once.");
    this.value(0);
    this.space();
    if (this.at < this.text.length) this.refuse("The JSON ends before this; nothing may follow it.");
  }

  refuse(why: string): never {
    throw new Problem(why);
  }

  private space(): void {
    while (" \n\r\t".includes(this.text[this.at] ?? "x")) this.at++;
  }

  private take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private seen(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? "the text ends" : `“${String.fromCodePoint(code)}” stands here`;
  }

  private value(depth: number): void {
    if (depth > deepest) this.refuse(`It is nested more than ${deepest} deep.`);
    const sign = this.text[this.at] ?? "";
    if (sign === "{") this.object(depth);
    else if (sign === "[") this.array(depth);
    else if (sign === '"') this.string();
    else if (sign === "-" || (sign >= "0" && sign <= "9")) this.number();
    else this.word();
  }

  private object(depth: number): void {
    this.at++;
    this.space();
    if (this.take("}")) return;
    do {
      this.space();
      if (this.text[this.at] === "}") this.refuse("A comma stands before the closing brace.");
      if (this.text[this.at] !== '"') this.refuse(`A name in double quotes is expected; ${this.seen()}.`);
      this.string();
      this.space();
      if (!this.take(":")) this.refuse(`A colon is expected after the name; ${this.seen()}.`);
      this.space();
      this.value(depth + 1);
      this.space();
    } while (this.take(","));
    if (!this.take("}")) this.refuse(`A comma or a closing brace is expected; ${this.seen()}.`);
  }

  private array(depth: number): void {
    this.at++;
    this.space();
    if (this.take("]")) return;
    do {
      this.space();
      if (this.text[this.at] === "]") this.refuse("A comma stands before the closing bracket.");
      this.value(depth + 1);
      this.space();
    } while (this.take(","));
    if (!this.take("]")) this.refuse(`A comma or a closing bracket is expected; ${this.seen()}.`);
  }

  private string(): void {
    const start = this.at++;
    for (;;) {
      const sign = this.text[this.at];
      if (sign === undefined || sign === "\n") {
        this.at = start;
        this.refuse("The string that begins here is not closed on its line.");
      }
      if (sign < " ") this.refuse("A control character in a string is written as an escape.");
      if (sign === "\\") this.escape();
      else this.at++;
      if (sign === '"') return;
    }
  }

  private escape(): void {
    const rest = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6));
    if (!rest) this.refuse("There is no such escape in JSON.");
    this.at += rest[0].length;
  }

  private number(): void {
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    number.lastIndex = this.at;
    const found = number.exec(this.text)?.[0];
    if (!found) this.refuse("A digit is expected after the minus sign.");
    const after = this.text[this.at + found.length] ?? "";
    if (/[\w.+]/.test(after)) this.refuse("A number is not written like this in JSON.");
    this.at += found.length;
  }

  private word(): void {
    const found = /[A-Za-z_]\w*/y;
    found.lastIndex = this.at;
    const word = found.exec(this.text)?.[0];
    if (word === "true" || word === "false" || word === "null") this.at += word.length;
    else if (word) this.refuse(`“${word.slice(0, 40)}” is no value; a text stands in double quotes.`);
    else this.refuse(this.text.trim() === "" ? "There is no text." : `A value is expected; ${this.seen()}.`);
  }
}

/** Line and column of an index, counted from 1; columns are characters. */
export function placeIn(text: string, index: number): { line: number; column: number } {
  const before = text.slice(0, index);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: Array.from(before.slice(start)).length + 1 };
}

/** Null for JSON. The same texts pass as in `JSON.parse`, short of such that are nested very deep. */
export function findJsonProblem(text: string): TextProblem | null {
  const reader = new Reader(text);
  try {
    reader.document();
    return null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...placeIn(text, reader.at), why: error.message };
  }
}
