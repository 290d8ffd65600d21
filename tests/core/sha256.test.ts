import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Sha256, sha256, sha256Hex } from "@/lib/core/sha256";

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
const expected = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("sha256", () => {
  it("agrees with OpenSSL at every length around the block borders and on a large input", () => {
    for (const length of [...Array(200).keys(), 1_000_003]) {
      expect(hexOf(sha256(bytesOf(length)))).toBe(expected(bytesOf(length)));
    }
  });

  it("reads a view that does not start at the beginning of its buffer", () => {
    const view = bytesOf(500).subarray(3, 400);
    expect(hexOf(sha256(view))).toBe(expected(view));
  });

  it("is the same however the bytes are cut", () => {
    const bytes = bytesOf(5000);
    for (const step of [1, 55, 63, 64, 65, 200, 4999]) {
      const hash = new Sha256();
      for (let at = 0; at < bytes.length; at += step) hash.update(bytes.subarray(at, at + step));
      expect(hash.hex()).toBe(expected(bytes));
    }
  });

  it("gives hex by either way", async () => {
    expect(await sha256Hex(bytesOf(77))).toBe(expected(bytesOf(77)));
  });
});
