import { describe, expect, it } from "vitest";
import { BoundedCache } from "@/lib/inference/core/constraint/bounded-cache";
import { compileConstraint, type Grammar } from "@/lib/inference/core/constraint/constraint";
import { ConstraintRun } from "@/lib/inference/core/constraint/constraint-run";
import { TokenTree } from "@/lib/inference/core/constraint/token-tree";
import { seededRandom } from "@/lib/inference/core/random";
import { picker, singleBytes, syntheticVocabulary, vocabularyOf } from "./support";

/** As many different pieces as asked for, of the lengths that real vocabularies have. */
function largeVocabulary(count: number): (Uint8Array | undefined)[] {
  const { below } = picker(seededRandom(9));
  const tokens = Array.from({ length: count - 257 }, () =>
    Uint8Array.from({ length: 2 + below(9) }, () => (below(12) === 0 ? below(256) : 97 + below(26))),
  );
  return [...singleBytes, ...tokens, undefined];
}

describe("TokenTree", () => {
  it("holds every token at the node of its bytes, in order", () => {
    const { bytes, tree, end } = syntheticVocabulary(2000);
    const at = new Map<number, number[]>();
    for (let node = 0; node < tree.nodes; node++) {
      for (let i = tree.first[node] ?? 0; i < (tree.first[node + 1] ?? 0); i++)
        at.set(node, [...(at.get(node) ?? []), tree.order[i] ?? -1]);
    }
    for (const [token, text] of bytes.entries()) {
      if (!text || text.length === 0) continue;
      expect(at.get(tree.find(text) ?? -1)).toContain(token);
    }
    expect(tree.order.includes(end)).toBe(false);
    expect(tree.find(Uint8Array.of(0xff, 0xff, 0xff, 0xff))).toBeUndefined();
  });

  it("tells tokens apart that differ in trailing zero bytes", () => {
    const texts = [
      [0],
      [0, 0],
      [1],
      [1, 0],
      [1, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0, 1],
    ];
    const tree = new TokenTree(
      texts.map((text) => Uint8Array.from(text)),
      new Set(),
    );
    expect([...tree.order]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(new Set(texts.map((text) => tree.find(Uint8Array.from(text)))).size).toBe(texts.length);
  });

  it("is made of 150,000 tokens in a moment, and a long string costs no walk per token", () => {
    const bytes = largeVocabulary(150_000);
    const start = performance.now();
    const tree = new TokenTree(bytes, new Set([bytes.length - 1]));
    // Under half a second alone; the bound leaves room for others on the machine.
    expect(performance.now() - start).toBeLessThan(4000);
    for (const schema of [
      { type: "string" },
      { type: "string", maxLength: 100_000 },
      { type: "string", pattern: '^[a-z"]*$', maxLength: 100_000 },
    ]) {
      const run = new ConstraintRun(compileConstraint({ type: "json_schema", schema }), tree);
      const logits = new Float32Array(bytes.length);
      run.push(0x22);
      run.mask(logits);
      const from = performance.now();
      for (let i = 0; i < 1000; i++) {
        run.push(0x61 + (i % 26));
        run.mask(logits);
      }
      // A walk over the tree takes milliseconds: 1,000 of them would take many seconds.
      expect(performance.now() - from, JSON.stringify(schema)).toBeLessThan(3000);
    }
  });
});

describe("a vocabulary without some byte", () => {
  const without = (byte: number) =>
    vocabularyOf([...singleBytes.map((text, i) => (i === byte ? undefined : text)), undefined], 256);
  const start = (grammar: Grammar, byte: number) => () =>
    new ConstraintRun(compileConstraint(grammar), without(byte).tree);

  it("is refused at the start when the grammar needs that byte", () => {
    expect(start({ type: "json_object" }, 0x22)).toThrowError(/no token for byte 0x22/);
    expect(start({ type: "json_schema", schema: { type: "string" } }, 0xf1)).toThrowError(/0xf1/);
    expect(start({ type: "regex", pattern: "[ab]+" }, 0x22)).not.toThrow();
  });
});

describe("BoundedCache", () => {
  it("drops what was used longest ago and keeps the newest even when it is too large", () => {
    const cache = new BoundedCache<number>(100);
    cache.set("a", 1, 40);
    cache.set("b", 2, 40);
    cache.get("a");
    cache.set("c", 3, 40);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
    cache.set("d", 4, 1000);
    expect([cache.get("a"), cache.get("c"), cache.get("d")]).toEqual([undefined, undefined, 4]);
  });
});
