import { AppError } from "@/lib/core";
import type { Configuration } from "./automaton";
import type { Constraint } from "./constraint";
import { KeyMonitor } from "./key-monitor";
import { applyList, applyMask, hasToken, type TokenMask } from "./token-mask";
import type { TokenTree } from "./token-tree";
import type { AllowedTokens, VocabularyMasks } from "./vocabulary-masks";

/** Bytes by which a key may have to grow because its shortest forms are taken. */
const KEY_SLACK = 4;

/** One text in the making: which tokens may come next, and whether it may end. */
export class ConstraintRun {
  readonly #constraint: Constraint;
  readonly #tree: TokenTree;
  readonly #masks: VocabularyMasks;
  readonly #monitor: KeyMonitor | undefined;
  #at: Configuration;
  #ended = false;

  /** @throws AppError `unprocessable` when the vocabulary lacks a byte that the text may need. */
  constructor(constraint: Constraint, tree: TokenTree) {
    for (const byte of constraint.bytes) {
      if (!tree.hasByte(byte)) {
        throw new AppError(
          "unprocessable",
          `The model's vocabulary has no token for byte 0x${byte.toString(16).padStart(2, "0")}, so its output cannot be constrained.`,
        );
      }
    }
    this.#constraint = constraint;
    this.#tree = tree;
    this.#masks = constraint.masksOf(tree);
    this.#monitor = constraint.places && new KeyMonitor(constraint.places);
    this.#at = constraint.automaton.start();
  }

  /** The text so far is a complete valid value and may end. */
  get canEnd(): boolean {
    return this.#ended || this.#at.canEnd;
  }

  /** Nothing can follow but the end. */
  get mustEnd(): boolean {
    return this.#ended || this.#at.threads.length === 0;
  }

  /**
   * Bytes that suffice to complete the text, 0 when it may end. As every byte is a token of its own, that many
   * tokens suffice as well, if `maskToEnd` is used for them. Where `minProperties` asks for many keys that the
   * schema does not name, a few more may be needed, since they must differ.
   */
  get minimumBytesToEnd(): number {
    return this.canEnd ? 0 : this.#at.minimum + (this.#monitor ? KEY_SLACK : 0);
  }

  /** Sets the logits of forbidden tokens to -Infinity. Length: vocabulary, or more where the model pads it. */
  mask(logits: Float32Array): void {
    if (this.#ended) this.#apply(this.#masks.none(), undefined, logits);
    else {
      const allowed = this.#masks.of(this.#at);
      const mask = this.#restricted(allowed);
      this.#apply(mask, mask === allowed.mask ? allowed.listed : undefined, logits);
    }
  }

  /**
   * As `mask`, but allows only what leads to an end: end tokens where the text may end, else tokens that shorten
   * the way there with every byte.
   */
  maskToEnd(logits: Float32Array): void {
    this.#apply(this.canEnd ? this.#masks.none() : this.#nearer(), undefined, logits);
  }

  #nearer(): TokenMask {
    const nearer = this.#restricted(this.#masks.toEnd(this.#at));
    // The shortest way may be barred because it would repeat a key: then the key must become longer.
    const isBarred = nearer.every((word) => word === 0);
    return isBarred ? this.#restricted(this.#masks.toEnd(this.#at, true)) : nearer;
  }

  /** `minimumBytesToEnd` behind a token that may come next. */
  minimumAfter(token: number): number {
    let at: Configuration | null = this.#at;
    for (const byte of this.#tree.bytesOf(token) ?? []) at = at && this.#constraint.automaton.step(at, byte);
    if (at === null) return Number.POSITIVE_INFINITY;
    return at.canEnd ? 0 : at.minimum + (this.#monitor ? 4 : 0);
  }

  /** Advances by the chosen token. */
  push(token: number): void {
    if (this.#ended) throw new Error("The text has ended.");
    if (this.#tree.endTokens.has(token)) {
      if (!this.#at.canEnd) throw new Error("The text may not end here.");
      this.#ended = true;
      return;
    }
    const bytes = this.#tree.bytesOf(token);
    if (!bytes || bytes.length === 0) throw new Error(`Token ${token} has no text.`);
    this.#constraint.automaton.trim();
    this.#at = this.#advance(token, bytes);
  }

  #advance(token: number, bytes: Uint8Array): Configuration {
    let at: Configuration | null = this.#at;
    for (const byte of bytes) at = at && this.#constraint.automaton.step(at, byte);
    if (at === null || this.#monitor?.push(bytes) === false)
      throw new Error(`Token ${token} is not allowed here.`);
    return at;
  }

  #apply(mask: TokenMask, listed: AllowedTokens["listed"], logits: Float32Array): void {
    const ends = this.canEnd ? [...this.#tree.endTokens].map((token) => [token, logits[token]] as const) : [];
    if (listed) applyList(listed.tokens, listed.areAllowed, this.#tree.size, logits);
    else applyMask(mask, logits);
    for (const [token, logit] of ends) if (logit !== undefined) logits[token] = logit;
  }

  #restricted({ mask, quoted }: AllowedTokens): TokenMask {
    return this.#monitor ? this.#monitor.restricted(this.#tree, mask, quoted) : mask;
  }

  /** True when the token may come next: what `mask` says, for one token. */
  allows(token: number): boolean {
    if (this.#ended || this.#tree.endTokens.has(token)) return this.canEnd && this.#tree.endTokens.has(token);
    return hasToken(this.#restricted(this.#masks.of(this.#at)), token);
  }
}
