import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as INVITE } from "@/app/api/users/route";
import { signInProblem } from "@/lib/auth";
import { startSingleSignOn } from "@/lib/auth/client";
import { type Context, getSetupState } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { apiRequest, testContext } from "../support/context";
import { browser } from "../support/route-fetch";
import { startIssuer } from "./issuer";

const clientId = "tessera-test";
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let admin: Context;
let seat: ReturnType<typeof browser>;

beforeAll(async () => {
  issuer = await startIssuer(clientId);
});
afterAll(() => issuer.close());
beforeEach(async () => {
  admin = await testContext({ role: "admin", email: "admin@example.org" });
  Object.assign(process.env, {
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: "s3cret",
  });
  for (const key of Object.keys(issuer.faults)) delete issuer.faults[key as keyof typeof issuer.faults];
  seat = browser();
  vi.stubGlobal("fetch", seat.request);
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const name of ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]) delete process.env[name];
});

const ana = { sub: "ana-1", email: "Ana@Example.org", email_verified: true };

async function invite(email: string): Promise<void> {
  const response = await INVITE(await apiRequest("/api/users", { as: admin, body: { email } }));
  expect(response.status).toBe(200);
}

/** The whole way: to the issuer, approval, and back; where the browser ends up. */
async function signIn(person: typeof ana | { sub: string; email?: string; email_verified?: boolean }) {
  const away = await startSingleSignOn("/playground");
  const back = new URL(issuer.approve(away, person));
  const response = await seat.request(back.pathname + back.search);
  return response.headers.get("location");
}
const signedIn = async () => (await seat.request("/api/me")).status === 200;

describe("single sign-on", () => {
  it("is offered only when it is configured", async () => {
    expect((await getSetupState()).sso).toBe(true);
    delete process.env.OIDC_ISSUER;
    expect((await getSetupState()).sso).toBe(false);
  });

  it("links an invited account by its verified address, then knows it by issuer and subject", async () => {
    await invite("ana@example.org");
    expect(await signIn(ana)).toBe("/playground");
    expect(await signedIn()).toBe(true);
    const { prisma } = await db();
    expect(await prisma.identity.findMany()).toMatchObject([{ issuer: issuer.url, subject: "ana-1" }]);
    seat = browser();
    vi.stubGlobal("fetch", seat.request);
    expect(await signIn({ sub: "ana-1", email: "renamed@example.org" })).toBe("/playground");
    expect((await (await seat.request("/api/me")).json()).email).toBe("ana@example.org");
  });

  it.each([
    ["whom nobody invited", ana, "NotInvited"],
    [
      "who shares the address of an account that was not invited",
      { ...ana, email: "admin@example.org" },
      "NotInvited",
    ],
  ])("refuses somebody %s, and says so", async (_, person, problem) => {
    expect(await signIn(person)).toBe(`/sign-in?error=${problem}`);
    expect(signInProblem(problem)).toMatch(/invitation/);
    expect(await signedIn()).toBe(false);
    const { prisma } = await db();
    expect(await prisma.identity.count()).toBe(0);
    expect(await prisma.user.count()).toBe(1);
  });

  it.each([
    ["unverified", { ...ana, email_verified: false }],
    ["of unknown standing", { sub: "ana-1", email: "ana@example.org" }],
    ["doubled", { ...ana, email: "ana@example.org,eve@example.org" }],
    ["missing", { sub: "ana-1", email_verified: true }],
  ])("does not link by an address that is %s", async (_, person) => {
    await invite("ana@example.org");
    expect(await signIn(person)).toBe("/sign-in?error=EmailNotVerified");
    expect(await signedIn()).toBe(false);
  });

  it("does not link by an invitation that has run out", async () => {
    await invite("ana@example.org");
    await (await db()).prisma.invite.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await signIn(ana)).toBe("/sign-in?error=NotInvited");
  });

  it("refuses an account that is switched off", async () => {
    await invite("ana@example.org");
    await signIn(ana);
    await (await db()).prisma.user.updateMany({
      where: { email: "ana@example.org" },
      data: { disabledAt: new Date() },
    });
    expect(await signedIn()).toBe(false);
    expect(await signIn(ana)).toBe("/sign-in?error=AccountDisabled");
  });

  it.each([
    ["another nonce", { nonce: "replayed" }],
    ["another client's audience", { audience: "someone-else" }],
    ["another issuer", { issuer: "https://evil.example" }],
  ])("refuses a token with %s", async (_, fault) => {
    await invite("ana@example.org");
    Object.assign(issuer.faults, fault);
    expect(await signIn(ana)).toMatch(/error=OAuthCallback/);
    expect(await signedIn()).toBe(false);
  });

  it("refuses an answer that another browser asked for", async () => {
    await invite("ana@example.org");
    const back = new URL(issuer.approve(await startSingleSignOn(), ana));
    const victim = browser();
    const response = await victim.request(back.pathname + back.search);
    expect(response.headers.get("location")).toMatch(/error=OAuthCallback/);
    expect((await victim.request("/api/me")).status).toBe(401);
  });

  it("does not let the visitor's query reach the issuer", async () => {
    const { csrfToken } = await (await seat.request("/api/auth/csrf")).json();
    const response = await seat.request(
      "/api/auth/signin/oidc?redirect_uri=https://evil.example&scope=everything",
      {
        method: "POST",
        body: new URLSearchParams({ csrfToken, json: "true" }),
      },
    );
    const { url } = await response.json();
    expect(url).toContain(issuer.url);
    expect(url).not.toMatch(/evil|everything/);
  });

  it("sends a page opened under another loopback name to the address the issuer returns to", async () => {
    const away = await seat.request("http://localhost:3000/api/auth/signin/oidc", {
      method: "POST",
      headers: { origin: "http://localhost:3000" },
      body: new URLSearchParams({ json: "true" }),
    });
    expect(await away.json()).toEqual({ url: "http://127.0.0.1:3000/sign-in?error=WrongHost" });
  });
});
