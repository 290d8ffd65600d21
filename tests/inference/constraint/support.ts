import { type Constraint, compileConstraint, type Grammar } from "@/lib/inference/core/constraint/constraint";
import { ConstraintRun } from "@/lib/inference/core/constraint/constraint-run";
import { TokenTree } from "@/lib/inference/core/constraint/token-tree";
import { type Random, seededRandom } from "@/lib/inference/core/random";

const utf8 = new TextEncoder();

export interface Vocabulary {
  bytes: readonly (Uint8Array | undefined)[];
  end: number;
  tree: TokenTree;
}

export function vocabularyOf(bytes: readonly (Uint8Array | undefined)[], end: number): Vocabulary {
  return { bytes, end, tree: new TokenTree(bytes, new Set([end])) };
}

export const singleBytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));

/** Every byte, `count` tokens of JSON-like pieces that cut characters anywhere, a special token and an end. */
export function syntheticVocabulary(count: number): Vocabulary {
  const random = seededRandom(7);
  const pieces = [
    ...'{}[]",:\\ \n-+.eE0123456789abcdefuntrl',
    ..."é€😀",
    '":',
    '",',
    '"}',
    "\\u00",
    "\\n",
    "true",
    "null",
    '{"',
    '"a"',
    '"b":',
    "1,",
    "  ",
    "-12",
  ].map((text) => utf8.encode(text));
  const tokens = Array.from({ length: count }, () => {
    const length = 2 + Math.floor(random() * 5);
    const parts = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? []);
    const whole = parts.flatMap((part) => [...part]);
    const from = random() < 0.3 ? 1 : 0;
    return Uint8Array.from(whole.slice(from, random() < 0.3 ? -1 : undefined));
  });
  const bytes = [...singleBytes, ...tokens, undefined, undefined];
  return vocabularyOf(bytes, bytes.length - 1);
}

const byteVocabulary = vocabularyOf([...singleBytes, undefined], 256);

/** How a text fares, byte by byte: forbidden at some byte, a beginning only, or complete. */
export type Reading = "forbidden" | "beginning" | "complete";

export function readerOf(grammar: Grammar): (text: string | Uint8Array) => Reading {
  const constraint = compileConstraint(grammar);
  return (text) => {
    const run = new ConstraintRun(constraint, byteVocabulary.tree);
    for (const byte of typeof text === "string" ? utf8.encode(text) : text) {
      if (!run.allows(byte)) return "forbidden";
      run.push(byte);
    }
    return run.canEnd ? "complete" : "beginning";
  };
}

/** Whether each of the texts can be written in full. */
export function written(schema: unknown, ...texts: readonly string[]): boolean[] {
  const read = readerOf({ type: "json_schema", schema });
  return texts.map((text) => read(text) === "complete");
}

/** Whether each of the values can be written, in compact form. */
export function accepted(schema: unknown, ...values: readonly unknown[]): boolean[] {
  return written(schema, ...values.map((value) => JSON.stringify(value)));
}

/** The allowed tokens as `mask` says. */
export function allowedTokens(run: ConstraintRun, size: number): number[] {
  const logits = new Float32Array(size);
  run.mask(logits);
  return [...logits.keys()].filter((token) => logits[token] === 0);
}

/** The token of the largest logit; none when all are forbidden. */
function largest(logits: Float32Array): number | undefined {
  let best: number | undefined;
  for (let token = 0; token < logits.length; token++) {
    const logit = logits[token] ?? Number.NEGATIVE_INFINITY;
    if (logit > (best === undefined ? Number.NEGATIVE_INFINITY : (logits[best] ?? 0))) best = token;
  }
  return best;
}

const noise = Float32Array.from({ length: 2 ** 17 }, seededRandom(3));

/** A random stretch of numbers made once: drawing each anew would take most of the time. */
function randomLogits(size: number, random: Random): Float32Array {
  const from = Math.floor(random() * (noise.length - size));
  return noise.slice(from, from + size);
}

export interface Sample {
  text: string;
  tokens: number[];
}

/**
 * Draws tokens by random logits; after `most` tokens takes the way to the end, which must not take more tokens
 * than was promised.
 */
export function sample(constraint: Constraint, vocabulary: Vocabulary, random: Random, most: number): Sample {
  const run = new ConstraintRun(constraint, vocabulary.tree);
  const tokens: number[] = [];
  const bytes: number[] = [];
  let left = Number.POSITIVE_INFINITY;
  while (left >= 0) {
    const isClosing = tokens.length >= most;
    if (tokens.length === most) left = run.minimumBytesToEnd;
    const logits = randomLogits(vocabulary.bytes.length, random);
    if (isClosing) run.maskToEnd(logits);
    else run.mask(logits);
    const token = largest(logits);
    if (token === undefined) throw new Error(`No token is allowed after ${textOf(bytes)}`);
    run.push(token);
    if (token === vocabulary.end) return { text: textOf(bytes), tokens };
    tokens.push(token);
    bytes.push(...(vocabulary.bytes[token] ?? []));
    if (isClosing) left--;
  }
  throw new Error(`More bytes than promised were needed to end ${textOf(bytes)}`);
}

function textOf(bytes: readonly number[]): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

export function picker(random: Random) {
  return {
    below: (count: number) => Math.floor(random() * count),
    chance: (share: number) => random() < share,
    of: <T>(...values: readonly T[]) => values[Math.floor(random() * values.length)] as T,
  };
}
