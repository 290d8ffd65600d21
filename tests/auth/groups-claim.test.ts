import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET as SSO } from "@/app/api/sso/route";
import { POST as INVITE } from "@/app/api/users/route";
import { readPolicyEpoch } from "@/lib/access/server";
import type { Group, SsoSettings } from "@/lib/auth";
import { startSingleSignOn } from "@/lib/auth/client";
import { addMembers, type Context, createGroup, updateGroup, updateUser } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext } from "../support/context";
import { browser } from "../support/route-fetch";
import { startIssuer } from "./issuer";

const clientId = "tessera-test";
const names = [
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "OIDC_GROUPS_CLAIM",
  "OIDC_ADMIN_GROUP",
];
let issuer: Awaited<ReturnType<typeof startIssuer>>;
let admin: Context;
let support: Group;
let finance: Group;

beforeAll(async () => {
  issuer = await startIssuer(clientId);
});
afterAll(() => issuer.close());
beforeEach(async () => {
  admin = await testContext({ role: "admin", email: "admin@example.org" });
  Object.assign(process.env, {
    OIDC_ISSUER: issuer.url,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: "s3cret-of-the-client",
  });
  support = await createGroup(admin, { name: "Support", externalName: "support-team" });
  finance = await createGroup(admin, { name: "Finance", externalName: "Finance" });
  const body = { email: "ana@example.org" };
  expect((await INVITE(await apiRequest("/api/users", { as: admin, body }))).status).toBe(200);
});
afterEach(() => {
  vi.unstubAllGlobals();
  for (const name of names) delete process.env[name];
});

const ana = { sub: "ana-1", email: "ana@example.org", email_verified: true };

async function signIn(claims: object): Promise<string | null> {
  const seat = browser();
  vi.stubGlobal("fetch", seat.request);
  const back = new URL(issuer.approve(await startSingleSignOn("/playground"), { ...ana, ...claims }));
  const response = await seat.request(back.pathname + back.search);
  vi.unstubAllGlobals();
  return response.headers.get("location");
}

const row = async () => (await db()).prisma.user.findUniqueOrThrow({ where: { email: ana.email } });
/** Ana's groups, each with who put her in. */
async function groupsOfAna(): Promise<Record<string, string>> {
  const { id } = await row();
  const rows = await (await db()).prisma.groupMember.findMany({
    where: { memberId: id },
    include: { group: true },
  });
  return Object.fromEntries(rows.map(({ group, source }) => [group.name, source]));
}
const settings = async (as: Context = admin) => SSO(await apiRequest("/api/sso", { as }));
const shown = async () => (await (await settings()).json()) as SsoSettings;

describe("the groups claim", () => {
  it("makes memberships equal to what it says at each sign-in, by value with its case", async () => {
    expect(await signIn({ groups: ["support-team", "finance", "elsewhere"] })).toBe("/playground");
    expect(await groupsOfAna()).toEqual({ Support: "sso" });
    await signIn({ groups: ["Finance"] });
    expect(await groupsOfAna()).toEqual({ Finance: "sso" });
    await signIn({ groups: "support-team" });
    expect(await groupsOfAna()).toEqual({ Support: "sso" });
    await signIn({});
    expect(await groupsOfAna()).toEqual({});
  });

  it("leaves memberships given by hand alone, also where it says the same", async () => {
    await signIn({});
    const { id } = await row();
    await addMembers(admin, support.id, { ids: [id] });
    await signIn({ groups: ["support-team", "Finance"] });
    expect(await groupsOfAna()).toEqual({ Support: "manual", Finance: "sso" });
    await signIn({ groups: [] });
    expect(await groupsOfAna()).toEqual({ Support: "manual" });
  });

  it("once an administrator keeps somebody in by hand, no longer takes them out", async () => {
    await signIn({ groups: ["support-team"] });
    await addMembers(admin, support.id, { ids: [(await row()).id] });
    await signIn({ groups: [] });
    expect(await groupsOfAna()).toEqual({ Support: "manual" });
  });

  it.each([
    ["a number", 7],
    ["an object", { "support-team": true }],
    ["a list with something else among texts", ["support-team", { name: "Finance" }]],
    ["a list in a list", [["support-team"]]],
    ["true", true],
  ])("that is %s puts nobody in, takes out whom it put in, and the sign-in works", async (_, groups) => {
    await signIn({ groups: ["Finance"] });
    expect(await signIn({ groups })).toBe("/playground");
    expect(await groupsOfAna()).toEqual({});
    expect((await shown()).lastSignIn?.ignored).toMatch(/neither a text nor a list/);
  });

  it("is read to its 500th value and no further", async () => {
    const many = Array.from({ length: 500 }, (_, i) => `g${i}`);
    await signIn({ groups: [...many.slice(0, 499), "support-team", "Finance"] });
    expect(await groupsOfAna()).toEqual({ Support: "sso" });
    expect((await shown()).lastSignIn).toMatchObject({
      values: 500,
      ignored: expect.stringContaining("501 values"),
    });
  });

  it("may have another name", async () => {
    process.env.OIDC_GROUPS_CLAIM = "https://desk.example/roles";
    await signIn({ groups: ["Finance"], "https://desk.example/roles": ["support-team"] });
    expect(await groupsOfAna()).toEqual({ Support: "sso" });
    process.env.OIDC_GROUPS_CLAIM = "__proto__";
    expect(await signIn({ groups: ["Finance"] })).toBe("/playground");
    expect(await groupsOfAna()).toEqual({});
  });

  it("raises the epoch of rights only when something changed", async () => {
    const epoch = async () => readPolicyEpoch((await db()).prisma);
    await signIn({ groups: ["Finance"] });
    const after = await epoch();
    await signIn({ groups: ["Finance"] });
    expect(await epoch()).toBe(after);
    await signIn({ groups: [] });
    expect(await epoch()).toBe(after + 1n);
  });

  it("counts for nobody any more once its group is mapped to another value", async () => {
    await signIn({ groups: ["support-team"] });
    await updateGroup(admin, support.id, { revision: support.revision, externalName: null });
    expect(await groupsOfAna()).toEqual({});
  });

  it("cannot lead to two groups by one value", async () => {
    await expect(
      updateGroup(admin, finance.id, { revision: 1, externalName: "support-team" }),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Support") });
  });
});

describe("the administrators' value", () => {
  beforeEach(() => {
    process.env.OIDC_ADMIN_GROUP = "tessera-admins";
  });

  it("makes an administrator for as long as the claim has it", async () => {
    await signIn({ groups: ["tessera-admins"] });
    expect(await row()).toMatchObject({ role: "admin", roleSource: "sso" });
    await signIn({ groups: ["support-team"] });
    expect(await row()).toMatchObject({ role: "member", roleSource: "manual" });
  });

  it("takes nothing from somebody whom an administrator made one", async () => {
    await signIn({});
    await updateUser(admin, (await row()).id, { role: "admin" });
    await signIn({ groups: [] });
    expect((await row()).role).toBe("admin");
  });

  it("never takes the last administrator's role", async () => {
    await signIn({ groups: ["tessera-admins"] });
    const { prisma } = await db();
    await prisma.user.update({ where: { id: admin.actor.userId }, data: { disabledAt: new Date() } });
    expect(await signIn({ groups: [] })).toBe("/playground");
    expect(await row()).toMatchObject({ role: "admin", roleSource: "sso" });
    await prisma.user.update({ where: { id: admin.actor.userId }, data: { disabledAt: null } });
    await signIn({ groups: [] });
    expect((await row()).role).toBe("member");
  });
});

describe("the settings of single sign-on", () => {
  it("say what is set where, that the issuer answers, and what the last sign-in brought", async () => {
    await signIn({ groups: ["support-team", "elsewhere"] });
    const found = await shown();
    expect(found).toMatchObject({ configured: true, reach: { ok: true } });
    expect(found.settings).toContainEqual({
      name: "OIDC_GROUPS_CLAIM",
      value: "groups",
      fromEnvironment: false,
    });
    expect(found.settings).toContainEqual({ name: "OIDC_ISSUER", value: issuer.url, fromEnvironment: true });
    expect(found.groups).toEqual([
      { id: finance.id, name: "Finance", externalName: "Finance", members: 0, last: null },
      { id: support.id, name: "Support", externalName: "support-team", members: 1, last: "added" },
    ]);
    expect(found.lastSignIn).toMatchObject({ values: 2, unmatched: ["elsewhere"], ignored: null });
    expect(JSON.stringify(found)).not.toContain("s3cret-of-the-client");
  });

  it.each([
    ["does not listen", () => "http://127.0.0.1:1", /does not answer/],
    ["is no issuer", () => `${issuer.url}/elsewhere`, /^It answered 400/],
    ["calls itself otherwise", () => issuer.url.replace("127.0.0.1", "localhost"), /^It calls itself/],
  ])("say why when the issuer %s", async (_, url, why) => {
    process.env.OIDC_ISSUER = url();
    const { reach } = await shown();
    expect(reach?.ok).toBe(false);
    expect(reach?.why).toMatch(why);
  });

  it("say so when nothing is configured", async () => {
    for (const name of names) delete process.env[name];
    expect(await shown()).toMatchObject({ configured: false, reach: null, lastSignIn: null });
  });

  it("are for administrators", async () => {
    expect((await settings(await anotherContext())).status).toBe(403);
  });
});
