import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSecret, sealSecret } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import "../support/settings";

beforeEach(() => {
  process.env.SECRET_KEY = randomBytes(32).toString("base64");
  dropSingle("core.keyring");
});
afterEach(() => {
  dropSingle("core.keyring");
});

describe("sealed secrets", () => {
  const place = "connection:con_1:secret";

  it("open where they were sealed, also after a trip through JSON", () => {
    const sealed = JSON.parse(JSON.stringify(sealSecret("sk-upstream-ü", place)));
    expect(openSecret(sealed, place)).toBe("sk-upstream-ü");
    expect(JSON.stringify(sealed)).not.toContain("sk-upstream");
  });

  it("differ for the same text", () => {
    expect(sealSecret("same", place)).not.toEqual(sealSecret("same", place));
  });

  it("do not open in another row", () => {
    expect(() => openSecret(sealSecret("x", place), "connection:con_2:secret")).toThrow(/cannot be opened/);
  });

  it.each(["key", "body"] as const)("do not open when a bit of the %s is changed", (part) => {
    for (const field of ["iv", "data", "tag"] as const) {
      const sealed = sealSecret("sk-upstream", place);
      const bytes = Buffer.from(sealed[part][field], "base64");
      bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
      sealed[part][field] = bytes.toString("base64");
      expect(() => openSecret(sealed, place)).toThrow(/cannot be opened/);
    }
  });

  it("do not open with a shortened tag", () => {
    const sealed = sealSecret("sk-upstream", place);
    sealed.body.tag = Buffer.from(sealed.body.tag, "base64").subarray(0, 4).toString("base64");
    expect(() => openSecret(sealed, place)).toThrow(/cannot be opened/);
  });

  it("do not open under another master key", () => {
    const sealed = sealSecret("sk-upstream", place);
    process.env.SECRET_KEY = randomBytes(32).toString("base64");
    dropSingle("core.keyring");
    expect(() => openSecret(sealed, place)).toThrow(/cannot be opened/);
  });
});
