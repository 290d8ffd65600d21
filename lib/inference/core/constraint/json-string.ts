import { CharWriter } from "./char-bytes";
import { anyChar, charSet, negateSet } from "./char-set";
import { GATE, type ProgramBuilder, TICK } from "./program";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const plain = negateSet(
  charSet([
    [0, 0x1f],
    [QUOTE, QUOTE],
    [BACKSLASH, BACKSLASH],
  ]),
);
const utf8 = new TextEncoder();

/** A rule for any JSON string, with all escapes of the standard; surrogates come in pairs only. */
export function anyStringRule(builder: ProgramBuilder): number {
  const rule = builder.rule();
  const body = builder.literal(builder.startOf(rule), Uint8Array.of(QUOTE));
  new CharWriter(builder).write(body, plain, body, "text");
  const escaped = builder.literal(body, Uint8Array.of(BACKSLASH));
  for (const char of '"\\/bfnrt') builder.edge(escaped, char.charCodeAt(0), char.charCodeAt(0), body);
  addUnicodeEscape(builder, builder.literal(escaped, utf8.encode("u")), body);
  builder.accept(builder.literal(body, Uint8Array.of(QUOTE)));
  return rule;
}

/** The four digits after `\u`, and for half a pair the other half. */
function addUnicodeEscape(builder: ProgramBuilder, from: number, to: number): void {
  const digits = (before: number, classes: string[], after: number) => {
    let at = before;
    for (const [i, chars] of classes.entries()) {
      const next = i === classes.length - 1 ? after : builder.state(before);
      for (const char of chars) builder.edge(at, char.charCodeAt(0), char.charCodeAt(0), next);
      at = next;
    }
  };
  const hex = "0123456789abcdefABCDEF";
  digits(from, ["0123456789abcefABCEF", hex, hex, hex], to);
  const d = builder.state(from);
  for (const byte of utf8.encode("dD")) builder.edge(from, byte, byte, d);
  digits(d, ["01234567", hex, hex], to);
  const half = builder.state(from);
  digits(d, ["89abAB", hex, hex], half);
  digits(builder.literal(half, utf8.encode("\\u")), ["dD", "cdefCDEF", hex, hex], to);
}

/** A rule for JSON strings of `min` to `max` characters, each in its one canonical form. */
export function countedStringRule(builder: ProgramBuilder, min: number, max: number): number {
  const rule = builder.rule(min, max, 1);
  const body = builder.literal(builder.startOf(rule), Uint8Array.of(QUOTE));
  const end = builder.state(body);
  new CharWriter(builder).write(body, anyChar, body, "json", TICK);
  builder.edge(body, QUOTE, QUOTE, end, GATE);
  builder.accept(end);
  return rule;
}

/** A rule for JSON strings in canonical form other than `names`: the keys that no property declares. */
export function otherKeyRule(builder: ProgramBuilder, names: readonly string[]): number {
  const rule = builder.rule();
  const start = builder.startOf(rule);
  const body = builder.state(start);
  const end = builder.state(start);
  new CharWriter(builder).write(body, anyChar, body, "json");
  builder.edge(body, QUOTE, QUOTE, end);
  builder.accept(end);
  const root = trieOf(names.map((name) => utf8.encode(JSON.stringify(name).slice(1, -1))));
  builder.edge(start, QUOTE, QUOTE, addTrie(builder, root, body));
  return rule;
}

/** Beginnings of byte strings. */
interface Trie {
  children: Map<number, Trie>;
  isWhole: boolean;
}

function trieOf(texts: readonly Uint8Array[]): Trie {
  const root: Trie = { children: new Map(), isWhole: false };
  for (const text of texts) {
    let at = root;
    for (const byte of text) {
      const child = at.children.get(byte) ?? { children: new Map(), isWhole: false };
      at.children.set(byte, child);
      at = child;
    }
    at.isWhole = true;
  }
  return root;
}

/**
 * States that read like those from `body` on, but know how far the text is a beginning of a text in the trie, and
 * do not close the string after a whole one.
 */
function addTrie(builder: ProgramBuilder, root: Trie, body: number): number {
  const start = builder.state(body);
  const open = [{ trie: root, state: start, like: body }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { trie, state, like } = at;
    const edges = builder.edgesOf(like);
    for (let i = 0; i < edges.length; i += 4) {
      const [low = 0, high = 0, target = 0] = edges.slice(i, i + 3);
      if (low === QUOTE && trie.isWhole && like === body) continue;
      let from = low;
      for (const [byte, child] of [...trie.children].sort((a, b) => a[0] - b[0])) {
        if (byte < low || byte > high) continue;
        if (from < byte) builder.edge(state, from, byte - 1, target);
        const next = builder.state(body);
        builder.edge(state, byte, byte, next);
        open.push({ trie: child, state: next, like: target });
        from = byte + 1;
      }
      if (from <= high) builder.edge(state, from, high, target);
    }
  }
  return start;
}

/** Adds a choice of byte strings after `from` that shares their beginnings; gives the state after it. */
export function addTexts(builder: ProgramBuilder, from: number, texts: readonly string[]): number {
  const end = builder.state(from);
  const open = [{ trie: trieOf(texts.map((text) => utf8.encode(text))), state: from }];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.trie.isWhole) builder.jump(at.state, end);
    for (const [byte, trie] of at.trie.children) {
      const state = builder.state(from);
      builder.edge(at.state, byte, byte, state);
      open.push({ trie, state });
    }
  }
  return end;
}
