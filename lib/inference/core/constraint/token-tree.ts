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
    let previous = new Uint8Array();
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
      previous = text as Uint8Array<ArrayBuffer>;
    }
    for (const node of path) skip[node] = nodes;
    first[nodes] = order.length;
    this.nodes = nodes;
    this.first = first.slice(0, nodes + 1);
    this.skip = skip.slice(0, nodes);
    this.depth = depth.slice(0, nodes);
    this.byte = byte.slice(0, nodes);
    this.longest = this.depth.reduce((most, at) => Math.max(most, at), 0);
    this.quoted = order.filter((token) => quotes(bytes[token]) > 1);
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
  const keys: string[] = [];
  const order: number[] = [];
  for (let token = 0; token < bytes.length; token++) {
    const text = bytes[token];
    keys.push(text ? latin1(text) : "");
    if (text && text.length > 0 && text.length < 65_535 && !endTokens.has(token)) order.push(token);
  }
  return order.sort((a, b) => {
    const [left, right] = [keys[a] ?? "", keys[b] ?? ""];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function sharedPrefix(a: Uint8Array, b: Uint8Array): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function quotes(bytes: Uint8Array | undefined): number {
  return bytes?.reduce((count, byte) => count + (byte === 0x22 ? 1 : 0), 0) ?? 0;
}
