import { matchedLength } from "./marker";
import type { TokenMask } from "./token-mask";
import type { TokenTree } from "./token-tree";

/** Where the JSON values are in the text: after `marker` or `skip` bytes, and again `between` bytes after each. */
export interface JsonPlaces {
  marker: Uint8Array | undefined;
  skip: number;
  between: number;
}

/** An open object or array; `keys` are those an object has so far. */
interface Level {
  object: boolean;
  keys: Key | undefined;
  parent: Level | undefined;
}

interface Key {
  text: string;
  next: Key | undefined;
}

type Mode = "text" | "skip" | "json" | "string" | "key";

/**
 * Follows JSON text to forbid a key that its object already has. The grammar writes every key in one form only, so
 * equal bytes are equal keys. Levels are never changed, so a copy of the fields is a copy of the whole.
 */
export class KeyMonitor {
  readonly #places: JsonPlaces;
  #mode: Mode;
  #left: number;
  #escaped = false;
  #keyNext = false;
  /** The key so far, one character per byte. */
  #key = "";
  /** Bytes of the marker that the text ends with. */
  #matched = 0;
  #level: Level | undefined;

  constructor(places: JsonPlaces) {
    this.#places = places;
    this.#left = places.skip;
    this.#mode = places.marker ? "text" : places.skip > 0 ? "skip" : "json";
  }

  /** Reads a token; false when a key would be repeated. */
  push(bytes: Uint8Array): boolean {
    for (const byte of bytes) if (!this.#read(byte)) return false;
    return true;
  }

  /** Those of `quoted`, the allowed tokens that may hold a whole key, that could repeat one here. */
  #suspects(tree: TokenTree, quoted: readonly number[]): readonly number[] {
    if (quoted.length === 0 || this.#mode === "key") return quoted;
    for (let level = this.#level; level; level = level.parent) if (level.keys) return quoted;
    return quoted.filter((token) => tree.twiceQuoted.has(token));
  }

  /** The mask without the tokens that would repeat a key. */
  restricted(tree: TokenTree, mask: TokenMask, quoted: readonly number[]): TokenMask {
    const suspects = this.#suspects(tree, quoted);
    const isInKey = this.#mode === "key" && this.#level?.keys !== undefined;
    if (suspects.length === 0 && !isInKey) return mask;
    const own = mask.slice();
    if (isInKey) this.#forbidUsed(tree, own);
    for (const token of suspects) {
      if (!this.#copy().push(tree.bytesOf(token) ?? new Uint8Array())) clear(own, token);
    }
    return own;
  }

  #forbidUsed(tree: TokenTree, mask: TokenMask): void {
    for (let key = this.#level?.keys; key; key = key.next) {
      if (!key.text.startsWith(this.#key)) continue;
      const rest = `${key.text.slice(this.#key.length)}"`;
      const node = tree.find(Uint8Array.from(rest, (char) => char.charCodeAt(0)));
      if (node === undefined) continue;
      const end = tree.first[tree.skip[node] ?? 0] ?? 0;
      for (let i = tree.first[node] ?? 0; i < end; i++) clear(mask, tree.order[i] ?? 0);
    }
  }

  #copy(): KeyMonitor {
    const copy = new KeyMonitor(this.#places);
    copy.#mode = this.#mode;
    copy.#left = this.#left;
    copy.#escaped = this.#escaped;
    copy.#keyNext = this.#keyNext;
    copy.#key = this.#key;
    copy.#matched = this.#matched;
    copy.#level = this.#level;
    return copy;
  }

  #read(byte: number): boolean {
    switch (this.#mode) {
      case "text":
        this.#findMarker(byte);
        return true;
      case "skip":
        this.#left--;
        if (this.#left === 0) this.#mode = "json";
        return true;
      case "json":
        this.#structure(byte);
        return true;
      case "string":
        if (this.#closes(byte)) this.#mode = "json";
        return true;
      case "key":
        if (this.#closes(byte)) return this.#endKey();
        this.#key += String.fromCharCode(byte);
        return true;
    }
  }

  #findMarker(byte: number): void {
    const marker = this.#places.marker ?? new Uint8Array();
    this.#matched = matchedLength(marker, this.#matched, byte);
    if (this.#matched === marker.length) this.#mode = "json";
  }

  #structure(byte: number): void {
    if (byte === 0x22) {
      this.#mode = this.#keyNext ? "key" : "string";
      this.#key = "";
    } else if (byte === 0x7b || byte === 0x5b) {
      this.#keyNext = byte === 0x7b;
      this.#level = { object: this.#keyNext, keys: undefined, parent: this.#level };
    } else if (byte === 0x2c) this.#keyNext = this.#level?.object ?? false;
    else if (byte === 0x7d || byte === 0x5d) this.#close();
  }

  #close(): void {
    this.#keyNext = false;
    this.#level = this.#level?.parent;
    if (this.#level || this.#places.between === 0) return;
    this.#mode = "skip";
    this.#left = this.#places.between;
  }

  #closes(byte: number): boolean {
    const closes = byte === 0x22 && !this.#escaped;
    this.#escaped = byte === 0x5c && !this.#escaped;
    return closes;
  }

  #endKey(): boolean {
    this.#mode = "json";
    this.#keyNext = false;
    if (!this.#level) return true;
    for (let key = this.#level.keys; key; key = key.next) if (key.text === this.#key) return false;
    this.#level = { ...this.#level, keys: { text: this.#key, next: this.#level.keys } };
    return true;
  }
}

function clear(mask: TokenMask, token: number): void {
  const word = token >>> 5;
  mask[word] = (mask[word] ?? 0) & ~(1 << (token & 31));
}
