import { describe, expect, it } from "vitest";
import { lexicalWords } from "@/lib/inference/core/lexical";
import { lexicalEmbedder } from "@/lib/inference/engines/lexical";

const never = new AbortController().signal;
const embed = (input: string[], dimensions?: number) =>
  lexicalEmbedder().embed({ model: "grain-embed", input, dimensions }, never);

async function similarity(a: string, b: string): Promise<number> {
  const { vectors } = await embed([a, b]);
  return Array.from(vectors[0] ?? []).reduce((sum, value, i) => sum + value * (vectors[1]?.[i] ?? 0), 0);
}

describe("grain-embed", () => {
  it("gives 384 numbers of unit length per input and counts words", async () => {
    const { vectors, inputTokens, engine } = await embed(["Refund my order, please", "ok"]);
    expect(engine).toEqual({ kind: "server", device: "CPU" });
    expect(inputTokens).toBe(5);
    for (const vector of vectors) {
      expect(vector.length).toBe(384);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
  });

  it("gives the vector that stored indexes rely on", async () => {
    const { vectors } = await embed(["late parcel"]);
    const largest = Array.from(vectors[0] ?? [], (value, i) => ({ value: Number(value.toFixed(4)), i }))
      .sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.i - b.i)
      .slice(0, 4);
    expect(largest).toMatchInlineSnapshot(`
      [
        {
          "i": 8,
          "value": -0.3333,
        },
        {
          "i": 115,
          "value": -0.3333,
        },
        {
          "i": 164,
          "value": -0.3333,
        },
        {
          "i": 303,
          "value": 0.3333,
        },
      ]
    `);
  });

  it("takes the same text in another case, width or composition for the same", async () => {
    expect(await similarity("STRASSE café ﬁne Ａ", "straße cafe\u0301 fine a")).toBeCloseTo(1, 5);
  });

  it("ranks shared and misspelt wording above other wording", async () => {
    const query = "my delivery has not arrived";
    const misspelt = await similarity(query, "my delivry has not arived yet");
    const other = await similarity(query, "how do I change the password of an account");
    expect(misspelt).toBeGreaterThan(0.5);
    expect(other).toBeLessThan(0.2);
  });

  it("compares texts without spaces", async () => {
    expect(await similarity("荷物が届きません", "荷物がまだ届きません")).toBeGreaterThan(
      (await similarity("荷物が届きません", "パスワードを変更したい")) + 0.3,
    );
  });

  it("gives the zero vector where there are no words", async () => {
    expect(Math.hypot(...((await embed(["… !"])).vectors[0] ?? [1]))).toBe(0);
  });

  it("refuses other dimensions, other names and inputs without bound", async () => {
    await expect(embed(["a"], 256)).rejects.toThrowError(/384 dimensions, not 256/);
    await expect(lexicalEmbedder().embed({ model: "x", input: ["a"] }, never)).rejects.toThrowError(
      /grain-embed/,
    );
    await expect(embed(["ok", "a ".repeat(9000)])).rejects.toThrowError(/Input 1 .* 9000 words, .* 8192/);
    await expect(embed(["x".repeat(1_000_000)])).rejects.toThrowError(/1000000 characters/);
  });

  it("cuts endless words", () => {
    expect([...lexicalWords("a".repeat(150))].map((word) => word.length)).toEqual([64, 64, 22]);
  });

  it("stops when the caller leaves", async () => {
    const leaving = new AbortController();
    const inputs = Array.from({ length: 200 }, (_, i) => `ticket ${i} `.repeat(500));
    const running = lexicalEmbedder().embed({ model: "grain-embed", input: inputs }, leaving.signal);
    setTimeout(() => leaving.abort(), 5);
    await expect(running).rejects.toMatchObject({ code: "client_closed" });
  });

  it("gives way to others every few milliseconds", async () => {
    await embed(["warm up"]);
    let turns = 0;
    let over = false;
    const others = (async () => {
      for (; !over; turns++) await new Promise(setImmediate);
    })();
    const before = process.cpuUsage();
    await embed(Array.from({ length: 40 }, () => "the parcel came late and one cup was broken ".repeat(400)));
    const { user, system } = process.cpuUsage(before);
    over = true;
    await others;
    // Processor time, so that a busy machine makes no difference.
    expect((user + system) / 1000 / turns).toBeLessThan(15);
  });
});
