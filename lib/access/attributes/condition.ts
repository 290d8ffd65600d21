import { AppError } from "@/lib/core";

/** Tags of a table or of a column, value by key. Keys and values differ by case. */
export type Tags = ReadonlyMap<string, string>;

/** What tags have to be, as a tree. */
export type TagCondition =
  | { kind: "always" | "never" }
  | { kind: "tag"; key: string }
  | { kind: "tag value"; key: string; value: string }
  | { kind: "not"; of: TagCondition }
  | { kind: "and" | "or"; left: TagCondition; right: TagCondition };

interface Token {
  kind: "word" | "text" | "sign" | "end";
  text: string;
  /** Where it starts, from 1. */
  at: number;
}

/** Longer conditions, and deeper ones, are refused. */
export const longestCondition = 4_000;
const deepest = 64;

const pattern = /\s*(?:([A-Za-z_]+)|'((?:[^']|'')*)'|([(),]))/uy;

function refuse(what: string, at: number): AppError {
  return new AppError("invalid", `${what} at character ${at} of the condition.`);
}

function tokensOf(text: string): Token[] {
  if (text.length > longestCondition) {
    throw new AppError("invalid", `Use ${longestCondition} characters or fewer for a condition.`);
  }
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (text.slice(pattern.lastIndex).trim() !== "") {
    const start = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) {
      const at = start + (/\S/.exec(text.slice(start))?.index ?? 0) + 1;
      throw refuse(text[at - 1] === "'" ? "A quote is not closed" : "Something is not understood", at);
    }
    const [whole, word, quoted, sign] = found;
    const at = start + whole.length - whole.trimStart().length + 1;
    if (word !== undefined) tokens.push({ kind: "word", text: word, at });
    else if (quoted !== undefined) tokens.push({ kind: "text", text: quoted.replaceAll("''", "'"), at });
    else tokens.push({ kind: "sign", text: sign ?? "", at });
  }
  tokens.push({ kind: "end", text: "", at: text.length + 1 });
  return tokens;
}

/** Both spellings are in use: hasTagValue and has_tag_value. */
const callOf = (word: string) => word.replaceAll("_", "").toLowerCase();

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): TagCondition {
    const condition = this.either(0);
    if (this.next.kind !== "end") throw refuse(`“${this.next.text}” is not expected`, this.next.at);
    return condition;
  }

  private get next(): Token {
    const token = this.tokens[this.at];
    if (!token) throw new Error("Read past the end of a condition");
    return token;
  }

  private isWord(word: string): boolean {
    return this.next.kind === "word" && this.next.text.toUpperCase() === word;
  }

  private either(depth: number): TagCondition {
    let left = this.both(depth);
    while (this.isWord("OR")) {
      this.at += 1;
      left = { kind: "or", left, right: this.both(depth) };
    }
    return left;
  }

  private both(depth: number): TagCondition {
    let left = this.one(depth);
    while (this.isWord("AND")) {
      this.at += 1;
      left = { kind: "and", left, right: this.one(depth) };
    }
    return left;
  }

  private one(depth: number): TagCondition {
    const token = this.next;
    if (depth > deepest) throw refuse("The condition is nested too deeply", token.at);
    this.at += 1;
    if (token.kind === "sign" && token.text === "(") {
      const inner = this.either(depth + 1);
      this.sign(")");
      return inner;
    }
    if (token.kind !== "word") throw this.unexpected(token);
    switch (callOf(token.text)) {
      case "not":
        return { kind: "not", of: this.one(depth + 1) };
      case "true":
        return { kind: "always" };
      case "false":
        return { kind: "never" };
      case "hastag": {
        const [key] = this.texts(1);
        return { kind: "tag", key: key ?? "" };
      }
      case "hastagvalue": {
        const [key, value] = this.texts(2);
        return { kind: "tag value", key: key ?? "", value: value ?? "" };
      }
      default:
        throw this.unexpected(token);
    }
  }

  private unexpected({ kind, text, at }: Token): AppError {
    if (kind === "end") return refuse("Something is missing", at);
    return refuse(`“${text}” is not expected: use hasTag('key') or hasTagValue('key', 'value')`, at);
  }

  private sign(sign: string): void {
    if (this.next.kind !== "sign" || this.next.text !== sign) {
      throw refuse(`“${sign}” is missing`, this.next.at);
    }
    this.at += 1;
  }

  private texts(count: number): string[] {
    const texts: string[] = [];
    this.sign("(");
    for (let i = 0; i < count; i += 1) {
      if (i > 0) this.sign(",");
      if (this.next.kind !== "text") throw refuse("A text in single quotes is missing", this.next.at);
      texts.push(this.next.text);
      this.at += 1;
    }
    this.sign(")");
    return texts;
  }
}

/**
 * Reads a condition such as `hasTagValue('pii', 'email') AND NOT hasTag('public')`. NOT binds closest, then
 * AND, then OR. @throws AppError `invalid` with the place
 */
export function parseTagCondition(text: string): TagCondition {
  return new Parser(tokensOf(text)).whole();
}

/** Whether the tags are as the condition wants them. */
export function tagsMatch(condition: TagCondition, tags: Tags): boolean {
  switch (condition.kind) {
    case "always":
      return true;
    case "never":
      return false;
    case "tag":
      return tags.has(condition.key);
    case "tag value":
      return tags.get(condition.key) === condition.value;
    case "not":
      return !tagsMatch(condition.of, tags);
    case "and":
      return tagsMatch(condition.left, tags) && tagsMatch(condition.right, tags);
    default:
      return tagsMatch(condition.left, tags) || tagsMatch(condition.right, tags);
  }
}
