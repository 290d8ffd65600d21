import { type Automaton, BASE, type Configuration, type Frame, ROOT, type Thread } from "./automaton";
import { BoundedCache } from "./bounded-cache";
import { countTokens, emptyMask, hasToken, type TokenMask, tokensOf } from "./token-mask";
import type { TokenTree } from "./token-tree";

const MOST_BYTES = 16 * 2 ** 20;
/** Masks with fewer than one in so many tokens, or all but so many, are kept as lists too. */
const LISTED = 6;

/** What a configuration allows, key repetition aside. */
export interface AllowedTokens {
  mask: TokenMask;
  /** Those of the allowed tokens that may hold a whole JSON key. */
  quoted: readonly number[];
  /** The shorter list of the tokens in the mask and those not in it, when it is short: faster to apply. */
  listed: { tokens: Int32Array; areAllowed: boolean } | undefined;
}

/** What threads allow whoever called them, and the tree nodes at which they return to the caller. */
interface LocalTokens {
  mask: TokenMask;
  exits: Int32Array;
}

/**
 * Masks of one automaton over one vocabulary. Most tokens are decided inside the innermost rule ("in a string"),
 * whatever its callers are: that part is cached by the rule's own state, and only the tokens that leave the rule
 * are walked with the real stack.
 */
export class VocabularyMasks {
  readonly #automaton: Automaton;
  readonly #tree: TokenTree;
  readonly #whole = new BoundedCache<AllowedTokens>(MOST_BYTES);
  readonly #local = new BoundedCache<LocalTokens>(MOST_BYTES);
  readonly #keys = new WeakMap<Configuration, string>();
  readonly #path: Configuration[] = [];

  constructor(automaton: Automaton, tree: TokenTree) {
    this.#automaton = automaton;
    this.#tree = tree;
  }

  /** The tokens that may follow; end tokens are not among them. */
  of(configuration: Configuration): AllowedTokens {
    const key = this.#nearKey(configuration);
    const known = this.#whole.get(key);
    if (known) return known;
    const mask = emptyMask(this.#tree.size);
    for (const [frame, threads] of byFrame(configuration.threads)) this.#collect(frame, threads, mask);
    const allowed = { mask, quoted: this.#quotedIn(mask), listed: this.#listed(mask) };
    const { quoted, listed } = allowed;
    this.#whole.set(key, allowed, 4 * (mask.length + 2 * quoted.length + (listed?.tokens.length ?? 0)));
    return allowed;
  }

  /** Equal for configurations that differ only in counts that no single token can tell apart. */
  #nearKey(configuration: Configuration): string {
    const known = this.#keys.get(configuration);
    if (known !== undefined) return known;
    let key = "";
    for (const { state, count, frame } of configuration.threads)
      key += `${state} ${this.#nearCount(state, count)} ${frame.id};`;
    this.#keys.set(configuration, key);
    return key;
  }

  /** Allows nothing. */
  none(): TokenMask {
    return emptyMask(this.#tree.size);
  }

  /**
   * The tokens each byte of which brings an end nearer; with `level`, also those that leave it as far.
   * Not cached: used only where an answer is cut short.
   */
  toEnd(configuration: Configuration, level = false): AllowedTokens {
    const mask = emptyMask(this.#tree.size);
    const slack = level ? 1 : 0;
    this.#walk(0, configuration, mask, undefined, (before, after) => after.minimum < before.minimum + slack);
    return { mask, quoted: this.#quotedIn(mask), listed: undefined };
  }

  #quotedIn(mask: TokenMask): readonly number[] {
    return this.#tree.quoted.filter((token) => hasToken(mask, token));
  }

  #listed(mask: TokenMask): AllowedTokens["listed"] {
    const { size } = this.#tree;
    const count = countTokens(mask);
    if (Math.min(count, size - count) > size / LISTED) return undefined;
    const areAllowed = count < size - count;
    return { tokens: tokensOf(mask, size, areAllowed), areAllowed };
  }

  #collect(frame: Frame, threads: readonly Thread[], mask: TokenMask): void {
    const local = this.#localOf(frame, threads);
    for (let word = 0; word < mask.length; word++) mask[word] = (mask[word] ?? 0) | (local.mask[word] ?? 0);
    if (local.exits.length === 0) return;
    const caller = this.#automaton.resume(frame);
    if (caller === null || caller.threads.length === 0) return;
    for (const node of local.exits) this.#walk(node, caller, mask);
  }

  #localOf(frame: Frame, threads: readonly Thread[]): LocalTokens {
    const bottom = frame === ROOT ? ROOT : BASE;
    const from = this.#automaton.of(
      threads.map(({ state, count }) => ({ state, count: this.#nearCount(state, count), frame: bottom })),
    );
    const known = this.#local.get(from.key);
    if (known) return known;
    const mask = emptyMask(this.#tree.size);
    const exits: number[] = [];
    this.#walk(0, from, mask, exits);
    const local = { mask, exits: Int32Array.from(exits) };
    this.#local.set(from.key, local, 4 * (mask.length + exits.length));
    return local;
  }

  /** A count that no single token can tell from the real one, so that far from the bounds all are alike. */
  #nearCount(state: number, count: number): number {
    const { longest } = this.#tree;
    const { program } = this.#automaton;
    const min = program.min[state] ?? 0;
    const max = program.max[state] ?? 0;
    if (min - count > longest) return 0;
    const near = longest + (program.reserve[state] ?? 0);
    return count >= min && max - count > near && max - min > near ? min : count;
  }

  /** Adds the tokens below `node`, at which the configuration is `from`. */
  #walk(
    node: number,
    from: Configuration,
    mask: TokenMask,
    exits?: number[],
    takes?: (before: Configuration, after: Configuration) => boolean,
  ): void {
    const { skip, depth, byte, first, order } = this.#tree;
    const automaton = this.#automaton;
    const path = this.#path;
    const end = skip[node] as number;
    path[depth[node] as number] = from;
    for (let at = node + 1; at < end; ) {
      const level = depth[at] as number;
      const before = path[level - 1] as Configuration;
      const letter = byte[at] as number;
      const known = before.next[letter];
      const next = known === undefined ? automaton.step(before, letter) : known;
      if (next === null || (takes !== undefined && !takes(before, next))) {
        at = skip[at] as number;
        continue;
      }
      path[level] = next;
      const last = first[at + 1] as number;
      for (let i = first[at] as number; i < last; i++) {
        const token = order[i] as number;
        mask[token >>> 5] = (mask[token >>> 5] as number) | (1 << (token & 31));
      }
      if (next.exits && exits !== undefined) exits.push(at);
      at++;
    }
  }
}

function byFrame(threads: readonly Thread[]): Map<Frame, Thread[]> {
  const groups = new Map<Frame, Thread[]>();
  for (const thread of threads) {
    const group = groups.get(thread.frame);
    if (group) group.push(thread);
    else groups.set(thread.frame, [thread]);
  }
  return groups;
}
