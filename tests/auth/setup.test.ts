import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET as GET_HEALTH } from "@/app/api/health/route";
import { GET as GET_ME } from "@/app/api/me/route";
import { GET, POST } from "@/app/api/setup/route";
import { makeKey } from "@/lib/auth/key-format";
import { verifyPassword } from "@/lib/auth/passwords";
import { ensureFirstAdministrator, sealSecret } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { apiRequest, testContext } from "../support/context";
import { testDatabase } from "../support/database";

const password = "three grey herons wait";
const given = { ...process.env };
let folder: string;

beforeEach(async () => {
  await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "tessera-"));
  delete process.env.SECRET_KEY;
  process.env.DATA_DIR = folder;
  dropSingle("core.keyring");
});
afterEach(() => {
  process.env = { ...given };
  dropSingle("core.keyring");
  rmSync(folder, { recursive: true });
});

const tokenOf = (link: string | null) => link?.split("#token=")[1] ?? "";
const input = (token: string) => ({ token, name: "Ana", email: "ana@example.org", password });
const setUp = async (body: unknown) => POST(await apiRequest("/api/setup", { body }));
const users = async () => (await db()).prisma.user.findMany();

describe("set-up by link", () => {
  it("makes the administrator once", async () => {
    const link = await ensureFirstAdministrator();
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:3000\/setup#token=[0-9A-Za-z]{43}$/);
    expect(await (await GET(await apiRequest("/api/setup"))).json()).toEqual({ needed: true, sso: false });
    const response = await setUp(input(tokenOf(link)));
    expect([response.status, await response.json()]).toEqual([200, { email: "ana@example.org" }]);
    expect(await (await GET(await apiRequest("/api/setup"))).json()).toEqual({ needed: false, sso: false });
    const [admin] = await users();
    expect(admin).toMatchObject({ role: "admin", email: "ana@example.org" });
    expect(await verifyPassword(admin?.passwordHash, password)).toBe(true);
    expect((await setUp(input(tokenOf(link)))).status).toBe(409);
    expect(await ensureFirstAdministrator()).toBeNull();
  });

  it("posted eight times at the same moment makes one administrator", async () => {
    const token = tokenOf(await ensureFirstAdministrator());
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, i) => setUp({ ...input(token), email: `p${i}@example.org` })),
    );
    expect(responses.map((response) => response.status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(await users()).toHaveLength(1);
  });

  it("takes only the link of the last start", async () => {
    const first = tokenOf(await ensureFirstAdministrator());
    const second = tokenOf(await ensureFirstAdministrator());
    expect((await setUp(input(first))).status).toBe(403);
    expect((await setUp(input(second))).status).toBe(200);
  });

  it.each([
    ["an unknown token", { token: "A".repeat(43) }, 403],
    ["an empty token", { token: "" }, 422],
    ["no token", { token: undefined }, 422],
    ["a token object", { token: { not: "" } }, 422],
    ["a guessable password", { password: "aaaaaaaaaaaaaaa" }, 422],
    ["its address as password", { password: "ana@example.org" }, 422],
    ["a role", { role: "admin" }, 422],
    ["two addresses", { email: "ana@example.org,eve@example.org" }, 422],
  ])("with %s makes nobody", async (_, change, status) => {
    const token = tokenOf(await ensureFirstAdministrator());
    expect((await setUp({ ...input(token), ...change })).status).toBe(status);
    expect(await users()).toEqual([]);
    expect((await setUp(input(token))).status).toBe(200);
  });

  it("from another site's page is refused", async () => {
    const token = tokenOf(await ensureFirstAdministrator());
    const request = await apiRequest("/api/setup", {
      body: input(token),
      headers: { origin: "https://evil.example" },
    });
    expect((await POST(request)).status).toBe(403);
  });

  it("runs out after a day", async () => {
    const token = tokenOf(await ensureFirstAdministrator());
    await (await db()).prisma.invite.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await setUp(input(token))).status).toBe(403);
  });
});

describe("an unattended start", () => {
  const unattended = (key?: string) =>
    Object.assign(process.env, {
      ADMIN_EMAIL: "Ops@Example.org",
      ADMIN_PASSWORD: password,
      ADMIN_API_KEY: key ?? "",
    });

  it("makes administrator and key once, and changes nothing on the next start", async () => {
    const key = makeKey();
    unattended(key);
    expect(await ensureFirstAdministrator()).toBeNull();
    const response = await GET_ME(await apiRequest("/api/me", { key }));
    expect(await response.json()).toMatchObject({ email: "ops@example.org", role: "admin" });
    const { prisma } = await db();
    const rows = async () => [await prisma.user.findMany(), await prisma.apiKey.findMany()];
    const before = await rows();
    expect(await ensureFirstAdministrator()).toBeNull();
    expect(await rows()).toEqual(before);
  });

  it("does not bring back a key that was revoked", async () => {
    const key = makeKey();
    unattended(key);
    await ensureFirstAdministrator();
    await (await db()).prisma.apiKey.updateMany({ data: { revokedAt: new Date() } });
    await ensureFirstAdministrator();
    expect((await GET_ME(await apiRequest("/api/me", { key }))).status).toBe(401);
  });

  it("gives no key to an account that is no administrator any more", async () => {
    unattended();
    await ensureFirstAdministrator();
    const { prisma } = await db();
    await prisma.user.updateMany({ data: { role: "member" } });
    unattended(makeKey());
    await ensureFirstAdministrator();
    expect(await prisma.apiKey.count()).toBe(0);
    expect((await users())[0]?.role).toBe("member");
  });

  it.each([
    ["of a wrong form", "tsr_short", /form/],
    ["with a wrong checksum", makeKey().replace(/.$/, (c) => (c === "0" ? "1" : "0")), /checksum/],
  ])("with a key %s is refused before anything is made, without quoting it", async (_, key, reason) => {
    unattended(key);
    const refused = await ensureFirstAdministrator().catch((error: Error) => error);
    expect(refused).toMatchObject({ code: "invalid", message: expect.stringMatching(reason) });
    expect(String(refused)).not.toContain(key);
    expect(await users()).toEqual([]);
  });

  it.each([
    ["a guessable password", { ADMIN_EMAIL: "ops@example.org", ADMIN_PASSWORD: "aaaaaaaaaaaa" }],
    [
      "a password too long to sign in with",
      { ADMIN_EMAIL: "ops@example.org", ADMIN_PASSWORD: "a heron ".repeat(40) },
    ],
    ["an e-mail address alone", { ADMIN_EMAIL: "ops@example.org" }],
    ["a key alone", { ADMIN_API_KEY: makeKey() }],
  ])("with %s is refused", async (_, settings) => {
    Object.assign(process.env, settings);
    await expect(ensureFirstAdministrator()).rejects.toMatchObject({
      code: expect.stringMatching(/invalid|unprocessable/),
    });
    expect(await users()).toEqual([]);
  });
});

describe("the secret key", () => {
  const file = () => join(folder, "secret.key");

  it("is made once, for this account's eyes only", async () => {
    await ensureFirstAdministrator();
    const made = readFileSync(file(), "utf8");
    expect(Buffer.from(made, "base64")).toHaveLength(32);
    if (process.platform !== "win32") expect(statSync(file()).mode & 0o777).toBe(0o600);
    dropSingle("core.keyring");
    await ensureFirstAdministrator();
    expect(readFileSync(file(), "utf8")).toBe(made);
  });

  it("is never replaced when the file of an existing database is missing", async () => {
    await ensureFirstAdministrator();
    rmSync(file());
    dropSingle("core.keyring");
    await expect(ensureFirstAdministrator()).rejects.toThrow(
      /secret key of this database is missing.*Restore/,
    );
    expect(() => statSync(file())).toThrow();
  });

  it("of another database is refused with the remedy", async () => {
    await ensureFirstAdministrator();
    process.env.SECRET_KEY = "another key of at least 32 characters";
    dropSingle("core.keyring");
    await expect(ensureFirstAdministrator()).rejects.toThrow(/does not belong to this database.*Restore/);
  });

  it("that is damaged is refused, not taken as it is", async () => {
    await ensureFirstAdministrator();
    const made = readFileSync(file(), "utf8");
    for (const damaged of [made.slice(0, 20), "", `${made}AAAA`, "not base64 at all !!"]) {
      writeFileSync(file(), damaged);
      dropSingle("core.keyring");
      await expect(ensureFirstAdministrator()).rejects.toThrow(/damaged/);
    }
    writeFileSync(file(), made);
    expect(await ensureFirstAdministrator()).toContain("/setup#token=");
  });

  it("is needed before anything is sealed", () => {
    expect(() => sealSecret("x", "a:b:c")).toThrow(/no secret key/);
  });
});

describe("health", () => {
  it("says one word to anyone, and 503 when the database does not answer", async () => {
    const healthy = await GET_HEALTH(await apiRequest("/api/health"));
    expect([healthy.status, await healthy.json()]).toEqual([200, { status: "ok" }]);
    await (await db()).close();
    const sick = await GET_HEALTH(await apiRequest("/api/health"));
    expect(sick.status).toBe(503);
    dropSingle("test-database");
    await testContext();
  });
});
