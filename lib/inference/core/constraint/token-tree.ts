const HEAD = 6;
/** Longer tokens, which no real vocabulary has, are never allowed. */
const MOST_BYTES = 65_535;

/**
 * Prefix tree over the bytes of all tokens, nodes in depth-first order in flat arrays, children by byte.
 * The tokens that start with the path of node n are `order[first[n]]` up to `order[first[skip[n]] - 1]`, those
 * that equal it come before `first[n + 1]`.
 */
export class TokenTree {
  /** Token ids, by their bytes. */
  readonly order: Int32Array;
  readonly first: Int32Array;
  /** The next node that is not below this one. */
  readonly skip: Int32Array;
  readonly depth: Uint16Array;
  readonly byte: Uint8Array;
  /** Nodes, the root included. */
  readonly nodes: number;
  /** Ids run below this. */
  readonly size: number;
  /** Bytes of the longest token. */
  readonly longest: number;
  readonly endTokens: ReadonlySet<number>;
  /** Tokens with two quotes or more: only these can hold a whole JSON key. */
  readonly quoted: readonly number[];
  /** Tokens with four quotes or more: only these can hold two JSON keys. */
  readonly twiceQuoted: ReadonlySet<number>;
  readonly #bytes: readonly (Uint8Array | undefined)[];

  /**
   * @param bytes per token id; undefined for special tokens, which are never allowed but for end tokens.
   * @param endTokens the tokens that end the text.
   */
  constructor(bytes: readonly (Uint8Array | undefined)[], endTokens: ReadonlySet<number>) {
    this.#bytes = bytes;
    this.size = bytes.length;
    this.endTokens = endTokens;
    const order = sortedTokens(bytes, endTokens);
    this.order = Int32Array.from(order);
    const total = order.reduce((sum, token) => sum + (bytes[token]?.length ?? 0), 1);
    const first = new Int32Array(total + 1);
    const skip = new Int32Array(total);
    const depth = new Uint16Array(total);
    const byte = new Uint8Array(total);
    const path = [0];
    let nodes = 1;
    let previous: Uint8Array = new Uint8Array();
    for (const [at, token] of order.entries()) {
      const text = bytes[token] ?? previous;
      const shared = sharedPrefix(previous, text);
      while (path.length > shared + 1) skip[path.pop() ?? 0] = nodes;
      for (let i = shared; i < text.length; i++) {
        first[nodes] = at;
        depth[nodes] = i + 1;
        byte[nodes] = text[i] ?? 0;
        path.push(nodes++);
      }
      previous = text;
    }
    for (const node of path) skip[node] = nodes;
    first[nodes] = order.length;
    this.nodes = nodes;
    this.first = first.slice(0, nodes + 1);
    this.skip = skip.slice(0, nodes);
    this.depth = depth.slice(0, nodes);
    this.byte = byte.slice(0, nodes);
    this.longest = this.depth.reduce((most, at) => Math.max(most, at), 0);
    this.quoted = order.filter((token) => quotesIn(bytes[token]) >= 2);
    this.twiceQuoted = new Set(this.quoted.filter((token) => quotesIn(bytes[token]) >= 4));
  }

  /** The bytes of a token that is not special. */
  bytesOf(token: number): Uint8Array | undefined {
    return this.endTokens.has(token) ? undefined : this.#bytes[token];
  }

  /** The node reached by `text` from the root. */
  find(text: Uint8Array): number | undefined {
    let node = 0;
    for (const byte of text) {
      const child = this.#child(node, byte);
      if (child === undefined) return undefined;
      node = child;
    }
    return node;
  }

  #child(node: number, byte: number): number | undefined {
    const end = this.skip[node] ?? 0;
    for (let child = node + 1; child < end; child = this.skip[child] ?? end) {
      if (this.byte[child] === byte) return child;
    }
    return undefined;
  }

  /** True when some token is this byte alone. */
  hasByte(byte: number): boolean {
    const node = this.#child(0, byte);
    return node !== undefined && (this.first[node] ?? 0) < (this.first[node + 1] ?? 0);
  }
}

function sortedTokens(bytes: readonly (Uint8Array | undefined)[], endTokens: ReadonlySet<number>): number[] {
  const heads = new Float64Array(bytes.length);
  const order: number[] = [];
  for (let token = 0; token < bytes.length; token++) {
    const text = bytes[token];
    if (!text || text.length === 0 || text.length > MOST_BYTES || endTokens.has(token)) continue;
    heads[token] = headOf(text);
    order.push(token);
  }
  return order.sort((a, b) => {
    const difference = (heads[a] as number) - (heads[b] as number);
    return difference || compareTails(bytes[a] as Uint8Array, bytes[b] as Uint8Array) || a - b;
  });
}

/** The first six bytes as a number, for comparing fast. */
function headOf(bytes: Uint8Array): number {
  let head = 0;
  for (let i = 0; i < HEAD; i++) head = head * 256 + (bytes[i] ?? 0);
  return head;
}

/** Compares texts of equal head. A zero byte counts as an end in heads, so lengths are compared before it. */
function compareTails(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = Math.min(HEAD, length); i < length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function sharedPrefix(a: Uint8Array, b: Uint8Array): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function quotesIn(bytes: Uint8Array | undefined): number {
  let count = 0;
  for (let i = 0; i < (bytes?.length ?? 0); i++) if (bytes?.[i] === 0x22) count++;
  return count;
}
