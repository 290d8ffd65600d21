import { describe, expect, it } from "vitest";
import { email, newPassword, personName } from "@/lib/auth";
import { hashPassword, requireGoodPassword, verifyPassword } from "@/lib/auth/passwords";

describe("e-mail addresses", () => {
  it.each([
    ["Ana@Example.ORG", "ana@example.org"],
    ["  ana@example.org ", "ana@example.org"],
    ["ana＠example.org", "ana@example.org"],
    ["ＡＮＡ@example.org", "ana@example.org"],
  ])("%s becomes %s", (given, kept) => {
    expect(email.parse(given)).toBe(kept);
  });

  it.each([
    "",
    "ana",
    "ana@",
    "@example.org",
    "a@b@example.org",
    "ana@example.org,eve@example.org",
    "ana@example.org eve@example.org",
    "ana@example.org;eve@example.org",
    '"ana@example.org"@example.org',
    "ana@example.org\neve@example.org",
    "ana@example.org\u0000",
    `${"a".repeat(250)}@example.org`,
  ])("refuses %j", (given) => {
    expect(email.safeParse(given).success).toBe(false);
  });

  it("refuses a list where one address is expected", () => {
    expect(email.safeParse(["ana@example.org", "eve@example.org"]).success).toBe(false);
  });
});

describe("names", () => {
  it.each(["", "   ", "a".repeat(121), "Ana\u202Egnp.exe", "Ana\u0007"])("refuses %j", (given) => {
    expect(personName.safeParse(given).success).toBe(false);
  });
});

describe("passwords", () => {
  it("are 12 to 256 characters long", () => {
    expect(newPassword.safeParse("a".repeat(11)).success).toBe(false);
    expect(newPassword.safeParse("a".repeat(257)).success).toBe(false);
    expect(newPassword.safeParse("correct horse battery").success).toBe(true);
  });

  it.each([
    "ana.lovelace@example.org",
    "Ana.Lovelace",
    "aaaaaaaaaaaa",
    "abcdefghijklmnop",
    "123456789012",
    "987654321098",
    "Password1234!",
    "abcabcabcabc",
    "tessera12345",
  ])("refuse the guessable %s", (password) => {
    expect(() => requireGoodPassword(password, "ana.lovelace@example.org")).toThrow(/password/i);
  });

  it("accept an ordinary sentence", () => {
    expect(() => requireGoodPassword("three grey herons wait", "ana@example.org")).not.toThrow();
  });

  it("match in composed and decomposed form, and nothing else", async () => {
    const stored = await hashPassword("crème brûlée forever");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, "crème brûlée forever".normalize("NFD"))).toBe(true);
    expect(await verifyPassword(stored, "creme brulee forever")).toBe(false);
  });

  it("of accounts that do not exist never match and take as long to refuse", async () => {
    const stored = await hashPassword("three grey herons wait");
    const time = async (hash: string | null) => {
      const start = performance.now();
      for (let i = 0; i < 5; i += 1) expect(await verifyPassword(hash, "")).toBe(false);
      return performance.now() - start;
    };
    await time(stored);
    const [known, unknown] = [await time(stored), await time(null)];
    expect(unknown).toBeGreaterThan(known * 0.3);
  });
});
