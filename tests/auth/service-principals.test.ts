import { beforeEach, describe, expect, it } from "vitest";
import { DELETE as REVOKE_KEY } from "@/app/api/keys/[id]/route";
import { GET as KEYS } from "@/app/api/keys/all/route";
import { POST as CREATE_KEY } from "@/app/api/keys/route";
import { GET as GET_ME } from "@/app/api/me/route";
import { POST as MAKE_KEY } from "@/app/api/service-principals/[id]/keys/route";
import { DELETE, PATCH } from "@/app/api/service-principals/[id]/route";
import { GET, POST } from "@/app/api/service-principals/route";
import { POST as SIGN_IN_LINK } from "@/app/api/users/[id]/reset/route";
import { PATCH as PATCH_USER } from "@/app/api/users/[id]/route";
import { GET as GET_USERS, POST as INVITE } from "@/app/api/users/route";
import { defaultSchemaId } from "@/lib/access";
import type { ServicePrincipalDetail } from "@/lib/auth";
import { linkTokenHash, makeLinkToken } from "@/lib/auth/link";
import { hashPassword } from "@/lib/auth/passwords";
import { acceptInvite, type Context, createServicePrincipal, resolveActor } from "@/lib/auth/server";
import { signInByPassword } from "@/lib/auth/service/sign-in";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext } from "../support/context";

let admin: Context;
let member: Context;
let robot: ServicePrincipalDetail;
beforeEach(async () => {
  admin = await testContext({ role: "admin", name: "Mira" });
  member = await anotherContext({ name: "Noor" });
  robot = await createServicePrincipal(admin, { name: "nightly-import" });
});

const path = "/api/service-principals";
const params = (id: string) => ({ params: Promise.resolve({ id }) });
const makeKey = async (id: string, body: unknown, as: Context = admin) =>
  MAKE_KEY(await apiRequest(path, { as, body }), params(id));
const keyOf = async (body: object = {}) =>
  (await (await makeKey(robot.id, { name: "k", ...body })).json()) as { id: string; key: string };
const patch = async (body: unknown, as: Context = admin) =>
  PATCH(await apiRequest(path, { as, method: "PATCH", body }), params(robot.id));
const drop = async (as: Context = admin) =>
  DELETE(await apiRequest(path, { as, method: "DELETE" }), params(robot.id));
const actorOf = (key: string) => resolveActor(new Headers({ authorization: `Bearer ${key}` }));

describe("a service principal", () => {
  it("has an application id, no password, and its own list", async () => {
    expect(robot.applicationId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const { prisma } = await db();
    expect(await prisma.user.findUnique({ where: { id: robot.id } })).toMatchObject({
      kind: "service",
      email: robot.applicationId,
      passwordHash: null,
      role: "member",
      createdById: admin.actor.userId,
    });
    const list = await (await GET(await apiRequest(path, { as: admin }))).json();
    expect(list).toMatchObject([{ id: robot.id, createdBy: { name: "Mira" }, keys: 0, state: "active" }]);
    const people = await (await GET_USERS(await apiRequest("/api/users", { as: admin }))).json();
    expect(people.map(({ id }: { id: string }) => id)).not.toContain(robot.id);
  });

  it("never signs in, is never invited and never takes a link, whatever its row says", async () => {
    const { prisma } = await db();
    // Rows that no service here writes: each door has to hold by itself.
    await prisma.user.update({
      where: { id: robot.id },
      data: { email: "robot@example.org", passwordHash: await hashPassword("three grey herons wait") },
    });
    const origin = { requestId: "r", ip: "127.0.0.1", userAgent: "test" };
    const password = "three grey herons wait";
    await expect(signInByPassword(origin, { email: "robot@example.org", password })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const token = makeLinkToken();
    await prisma.invite.create({
      data: {
        id: "inv_1",
        tokenHash: new Uint8Array(linkTokenHash(token)),
        purpose: "reset",
        userId: robot.id,
        expiresAt: new Date(Date.now() + 60_000),
      },
    });
    await expect(acceptInvite(origin, { token, password: `${password}!` })).rejects.toMatchObject({
      code: "not_found",
    });
    const reset = await SIGN_IN_LINK(await apiRequest("/x", { as: admin, method: "POST" }), params(robot.id));
    expect(reset.status).toBe(404);
  });

  it("is never made an administrator", async () => {
    const body = { role: "admin" };
    const response = await PATCH_USER(
      await apiRequest("/x", { as: admin, method: "PATCH", body }),
      params(robot.id),
    );
    expect(response.status).toBe(404);
    expect((await patch({ revision: 1, role: "admin" })).status).toBe(422);
  });

  it("cannot be invited under its application id", async () => {
    const body = { email: robot.applicationId };
    expect((await INVITE(await apiRequest("/api/users", { as: admin, body }))).status).toBe(422);
  });

  it("is closed to members", async () => {
    const body = { name: "x" };
    const statuses = [
      await POST(await apiRequest(path, { as: member, body })),
      await GET(await apiRequest(path, { as: member })),
      await patch({ revision: 1, name: "x" }, member),
      await drop(member),
      await makeKey(robot.id, body, member),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 404, 404, 404]);
  });

  it("acts through its key until it is switched off, and then never again through that key", async () => {
    const { key } = await keyOf();
    expect(await actorOf(key)).toMatchObject({ userId: robot.id, kind: "service", role: "member" });
    const me = await GET_ME(await apiRequest("/api/me", { key }));
    expect(me.status).toBe(200);
    expect((await (await patch({ revision: 1, disabled: true })).json()).state).toBe("disabled");
    expect(await actorOf(key)).toBeNull();
    expect((await makeKey(robot.id, { name: "k" })).status).toBe(409);
    expect((await patch({ revision: 2, disabled: false })).status).toBe(200);
    expect(await actorOf(key)).toBeNull();
  });

  it("renamed twice from the same sight is 409", async () => {
    expect((await patch({ revision: 1, name: "a" })).status).toBe(200);
    expect((await patch({ revision: 1, name: "b" })).status).toBe(409);
  });

  it("is deleted only when it owns nothing, and says what it owns", async () => {
    const { id } = await keyOf();
    const refused = await drop();
    expect(refused.status).toBe(409);
    expect((await refused.json()).error.message).toMatch(/still has 1 key\./);
    await REVOKE_KEY(await apiRequest("/x", { as: admin, method: "DELETE" }), params(id));
    expect((await drop()).status).toBe(204);
    expect(await (await db()).prisma.user.count({ where: { id: robot.id } })).toBe(0);
  });
});

describe("a scoped key", () => {
  const scopes = { privileges: ["EXECUTE", "BROWSE"], securables: ["main.default"] };

  it("keeps its scopes, shows them, and gives them frozen to whoever decides", async () => {
    const { key } = await keyOf({ scopes });
    const actor = await actorOf(key);
    // Kept as what the name meant then; shown by the name it has now.
    expect(actor?.scopes).toEqual({ ...scopes, securables: [defaultSchemaId] });
    expect(Object.isFrozen(actor?.scopes)).toBe(true);
    expect(Object.isFrozen(actor?.scopes?.privileges)).toBe(true);
    const all = await (await KEYS(await apiRequest("/api/keys/all", { as: admin }))).json();
    expect(all).toMatchObject({ total: 1, keys: [{ scopes, owner: { id: robot.id, kind: "service" } }] });
  });

  it("without scopes has everything of its owner, and the actor says so by having none", async () => {
    const { key } = await keyOf({ scopes: null });
    expect((await actorOf(key))?.scopes).toBeUndefined();
  });

  it("whose stored scopes are not understood opens nothing, instead of everything", async () => {
    const { id, key } = await keyOf({ scopes });
    const { prisma } = await db();
    await prisma.apiKey.update({ where: { id }, data: { scopes: { privileges: ["OWN EVERYTHING"] } } });
    expect(await actorOf(key)).toBeNull();
  });

  it.each([
    {},
    { privileges: [] },
    { privileges: ["execute"] },
    { privileges: ["EXECUTE", "EXECUTE"] },
    { privileges: "EXECUTE" },
    { securables: [""] },
    { securables: [" main"] },
    { securables: ["a\u0000b"] },
    { securables: Array.from({ length: 101 }, (_, i) => `s${i}`) },
    { owner: "x" },
  ])("is not made of the scopes %j", async (wrong) => {
    expect((await makeKey(robot.id, { name: "k", scopes: wrong })).status).toBe(422);
  });

  it("cannot be made by a key", async () => {
    const { key } = await keyOf();
    const body = { name: "second" };
    expect((await CREATE_KEY(await apiRequest("/api/keys", { key, body }))).status).toBe(403);
    const request = await apiRequest(path, { key, body });
    expect([403, 404]).toContain((await MAKE_KEY(request, params(robot.id))).status);
    expect(await (await db()).prisma.apiKey.count()).toBe(1);
  });

  it("is not made for a person by an administrator", async () => {
    expect((await makeKey(member.actor.userId, { name: "k" })).status).toBe(404);
  });
});

describe("everybody's keys", () => {
  it("are found by owner and name, for administrators only", async () => {
    await keyOf({ name: "first" });
    await CREATE_KEY(await apiRequest("/api/keys", { as: member, body: { name: "own_one" } }));
    const find = async (q: string, as: Context = admin) =>
      KEYS(await apiRequest(`/api/keys/all?q=${encodeURIComponent(q)}`, { as }));
    const names = async (q: string) =>
      ((await (await find(q)).json()) as { keys: { name: string }[] }).keys.map(({ name }) => name).sort();
    expect(await names("")).toEqual(["first", "own_one"]);
    expect(await names("noor")).toEqual(["own_one"]);
    expect(await names("NIGHTLY")).toEqual(["first"]);
    expect(await names("n_o")).toEqual(["own_one"]);
    expect(await names("%")).toEqual([]);
    expect((await find("", member)).status).toBe(403);
  });
});
