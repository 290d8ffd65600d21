import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { allUsers, defaultSchemaId } from "@/lib/access";
import { bumpPolicyEpoch } from "@/lib/access/server";
import { readKey } from "@/lib/auth/key-format";
import {
  type Context,
  endSessionsOf,
  revokeEverything,
  revokeKey,
  revokeSession,
  updateUser,
  watchActor,
} from "@/lib/auth/server";
import { grantChanges } from "@/lib/catalog";
import { changeGrants } from "@/lib/catalog/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { anotherContext, cookieOf, testKey } from "../support/context";
import { says, scenarios } from "../support/upstream";
import { chat, type Harness, refusalOf, startHarness } from "./harness";

let gateway: Harness;
let person: Context;
beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(() => gateway.close());
beforeEach(async () => {
  await gateway.reset();
  person = await anotherContext();
  // Two tokens and then nothing: a stream that would stay open.
  gateway.upstream.use(scenarios.stalls);
});

const idOf = (key: string) => {
  const read = readKey(key);
  if ("wrong" in read) throw new Error("not a key");
  return read.id;
};
const withKey = (key: string) => ({ authorization: `Bearer ${key}` });
const withSession = async () => ({
  authorization: "",
  cookie: await cookieOf(person),
  origin: "http://127.0.0.1:3000",
  "x-tessera-source": "playground",
});

/** A stream that has begun to answer; `whole` resolves with all of it once it ends. */
async function begin(headers: Record<string, string>): Promise<{ whole: Promise<string> }> {
  const response = await gateway.post("/chat/completions", chat({ stream: true }), headers);
  expect(response.status).toBe(200);
  const reader = response.body?.getReader();
  if (!reader) throw new Error("no body");
  const decoder = new TextDecoder();
  let text = "";
  const read = async () => {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: true });
    return !done;
  };
  while (!text.includes('"two"')) if (!(await read())) throw new Error(`ended early: ${text}`);
  const rest = async () => {
    while (await read());
    return text;
  };
  return { whole: rest() };
}

/** `act` ends the stream within a second, with the typed error as its last event, and its call is recorded as refused. */
async function expectEnded({ whole }: { whole: Promise<string> }, act: () => Promise<unknown>) {
  await act();
  const started = performance.now();
  const text = await whole;
  expect(performance.now() - started).toBeLessThan(1000);
  const last =
    text
      .trimEnd()
      .split("\n\n")
      .at(-1)
      ?.replace(/^data: /, "") ?? "";
  expect(JSON.parse(last).error).toMatchObject({
    type: "permission_error",
    code: "forbidden",
    message: expect.stringMatching(/^Permission revoked/),
  });
  expect(await gateway.rows()).toMatchObject([
    { outcome: "error", statusCode: 403, errorCode: "forbidden", userId: person.actor.userId },
  ]);
}

/** As another process would: the rows and the epoch change, and nobody tells this one. */
async function elsewhere(change: (prisma: Awaited<ReturnType<typeof db>>["prisma"]) => Promise<unknown>) {
  const database = await db();
  await change(database.prisma);
  await database.write((tx) => bumpPolicyEpoch(tx, [{ kind: "principal", id: person.actor.userId }]));
}

// A machine that is busy with other tests may be late once; each try begins anew.
const timed = { retry: 2 };

describe("a live stream of a key", timed, () => {
  it.each<[string, (key: string) => Promise<unknown>]>([
    ["the key is revoked", (key) => revokeKey(person, idOf(key))],
    ["its owner is deactivated", () => updateUser(gateway.admin, person.actor.userId, { disabled: true })],
    [
      "everything of its owner is revoked",
      () => revokeEverything(gateway.admin, person.actor.userId, { deactivate: false }),
    ],
    [
      "another process revokes it",
      (key) =>
        elsewhere((p) => p.apiKey.update({ where: { id: idOf(key) }, data: { revokedAt: new Date() } })),
    ],
  ])("ends within a second when %s", async (_, act) => {
    const key = await testKey(person);
    await expectEnded(await begin(withKey(key)), () => act(key));
  });

  it("goes on when another key or person loses its rights", async () => {
    const key = await testKey(person);
    const other = await testKey(person);
    gateway.upstream.use(says(["one ", "two", "three"], { everyMs: 400 }));
    const { whole } = await begin(withKey(key));
    await revokeKey(person, idOf(other));
    await updateUser(gateway.admin, (await anotherContext()).actor.userId, { disabled: true });
    expect(await whole).toContain("[DONE]");
  });
});

describe("a live stream of a model", timed, () => {
  const revoke = (objectId: string, privilege: "EXECUTE" | "USE SCHEMA") =>
    changeGrants(
      gateway.admin,
      grantChanges.parse({
        objectIds: [objectId],
        changes: [{ principalId: allUsers, remove: [privilege] }],
      }),
    );

  it.each<[string, () => Promise<unknown>]>([
    ["EXECUTE is revoked where it was granted", () => revoke(defaultSchemaId, "EXECUTE")],
    ["the way to it is revoked", () => revoke(defaultSchemaId, "USE SCHEMA")],
  ])("ends within a second when %s, like one that is not there", async (_, act) => {
    const { whole } = await begin(withKey(await testKey(person)));
    const started = performance.now();
    await act();
    const last = (await whole).trimEnd().split("\n\n").at(-1) ?? "";
    expect(performance.now() - started).toBeLessThan(1000);
    expect(JSON.parse(last.replace(/^data: /, "")).error).toMatchObject({ code: "model_not_found" });
    expect(await gateway.rows()).toMatchObject([
      { outcome: "error", statusCode: 404, userId: person.actor.userId },
    ]);
  });
});

describe("a live stream of the playground", timed, () => {
  it.each<[string, () => Promise<unknown>]>([
    ["its session is ended", () => revokeSession(person, person.actor.sessionId ?? "")],
    ["all sessions of the person are ended", () => endSessionsOf(gateway.admin, person.actor.userId)],
    ["the person is deactivated", () => updateUser(gateway.admin, person.actor.userId, { disabled: true })],
    [
      "another process deactivates the person",
      () =>
        elsewhere((p) =>
          p.user.update({ where: { id: person.actor.userId }, data: { disabledAt: new Date() } }),
        ),
    ],
  ])("ends within a second when %s", async (_, act) => {
    await expectEnded(await begin(await withSession()), act);
  });
});

it("refuses an answer in one piece whose key ends before it came", async () => {
  const key = await testKey(person);
  gateway.upstream.use(scenarios.silentHeaders);
  const asked = gateway.post("/chat/completions", chat(), withKey(key));
  await expect.poll(() => gateway.upstream.calls.length).toBe(1);
  await revokeKey(person, idOf(key));
  expect(await refusalOf(await asked)).toMatchObject({ status: 403, type: "permission_error" });
});

describe("watching over a call", () => {
  it("asks the further check whenever rights changed, with the actor as it is by then", async () => {
    const roles: string[] = [];
    const watch = watchActor(person, {
      recheck: async ({ role }) => {
        roles.push(role);
        if (role === "admin") throw new AppError("not_found", "Not for administrators.");
      },
    });
    await expect.poll(() => roles).toEqual(["member"]);
    await updateUser(gateway.admin, person.actor.userId, { role: "admin" });
    await expect.poll(() => watch.signal.aborted).toBe(true);
    expect(watch.signal.reason).toMatchObject({ code: "not_found" });
    expect(roles).toEqual(["member", "admin"]);
    watch.close();
  });

  it("asks again after a check that failed for another reason", async () => {
    let asked = 0;
    const watch = watchActor(person, {
      recheck: async () => {
        asked += 1;
        if (asked === 1) throw new Error("the database went away");
      },
    });
    await expect.poll(() => asked, { timeout: 3000 }).toBe(2);
    expect(watch.signal.aborted).toBe(false);
    watch.close();
  });
});
