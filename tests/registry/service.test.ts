import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { deleteConnection } from "@/lib/gateway/server";
import { forgetServerModels } from "@/lib/inference/server";
import type { RegisteredModel } from "@/lib/registry";
import {
  acceptLicense,
  createModel,
  createVersion,
  decide,
  findAliasMoves,
  findModels,
  getCard,
  getModelByName,
  getUsage,
  moveAlias,
  recordMetrics,
  removeAlias,
  requestApproval,
  resolveVersion,
  startRegistry,
  undoAliasMove,
  updateModel,
  updateVersion,
} from "@/lib/registry/server";
import { anotherContext } from "../support/context";
import { connect, freshRegistry, serve, versioned } from "./support";

let admin: Context;
let dataDir: string;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
});

const names = async (filter = {}) => (await findModels(admin, filter)).models.map(({ name }) => name);

async function audited(service = "registry"): Promise<string[]> {
  const rows = await (await db()).prisma.auditEvent.findMany({
    where: { serviceName: service },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ actionName }) => actionName);
}

describe("what can be called", () => {
  it("is registered with version 1 as soon as it is usable, once", async () => {
    await startRegistry();
    expect(await audited()).toEqual(["registerUsable"]);
    serve(dataDir, "paper-q4");
    await connect(admin, "hosted", ["large", "text-embedding-1"]);
    const found = await names();
    expect(found).toEqual(
      expect.arrayContaining(["hosted/large", "hosted/text-embedding-1", "paper-q4", "pebble-2m"]),
    );
    expect(await names()).toEqual(found);
    expect(await audited()).toEqual(["registerUsable", "registerUsable"]);
    const pebble = await getModelByName(admin, "pebble-2m");
    expect(pebble).toMatchObject({ owner: null, createdBy: null, aliases: [], may: { manage: true } });
    expect(pebble.versions).toHaveLength(1);
    expect(pebble.versions[0]).toMatchObject({
      number: 1,
      state: "ready",
      source: { origin: "built-in" },
      license: "Apache-2.0",
      isLicenseOpen: true,
      signature: { task: "chat", context: 512 },
      runs: { server: true, browser: true, remote: false },
    });
    expect(pebble.versions[0]?.files.find(({ path }) => path === "config.json")?.sha256).toMatch(
      /^[0-9a-f]{64}$/,
    );
    expect(await getModelByName(admin, "hosted/text-embedding-1")).toMatchObject({
      versions: [
        { source: { origin: "connection", connection: "hosted" }, signature: { task: "embedding" } },
      ],
    });
  });

  it("is registered once when many look at the same moment", async () => {
    serve(dataDir, "paper-q4");
    await Promise.all(Array.from({ length: 8 }, () => names()));
    expect((await getModelByName(admin, "paper-q4")).versions).toHaveLength(1);
  });

  it("gets another version when its files change, and the old one is missing until it comes back", async () => {
    serve(dataDir, "paper-q4");
    await names();
    serve(dataDir, "paper-q4", { files: [{ path: "config.json", size: 1, sha256: "0".repeat(64) }] });
    const changed = await getModelByName(admin, "paper-q4");
    expect(changed.versions.map(({ number, state }) => [number, state])).toEqual([
      [2, "ready"],
      [1, "missing"],
    ]);
    serve(dataDir, "paper-q4");
    const back = await getModelByName(admin, "paper-q4");
    expect(back.versions.map(({ number, state }) => [number, state])).toEqual([
      [2, "missing"],
      [1, "ready"],
    ]);
  });

  it("stays registered when it is deleted, and says that it is missing", async () => {
    serve(dataDir, "paper-q4");
    const { id } = await connect(admin, "hosted", ["large"]);
    await names();
    rmSync(join(dataDir, "models/paper-q4"), { recursive: true });
    forgetServerModels();
    await deleteConnection(admin, id);
    expect(await names({ state: "missing" })).toEqual(["hosted/large", "paper-q4"]);
  });

  it("is not what is still being fetched", async () => {
    serve(dataDir, ".partial/half/files");
    serve(dataDir, "elsewhere", { name: "another-name" });
    expect(await names()).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/half|files|elsewhere/)]),
    );
  });
});

describe("the catalogue", () => {
  it("is searched in words and narrowed by task, origin, state, alias and tag", async () => {
    const desk = await versioned(admin, dataDir, 2);
    await connect(admin, "hosted", ["large"]);
    await updateModel(admin, desk.id, { revision: desk.revision, tags: { team: "support: north" } });
    await moveAlias(admin, desk.id, "champion", { version: 1, from: null, why: "" });
    expect(await names({ q: "DESK champion" })).toEqual(["desk"]);
    expect(await names({ tag: "team" })).toEqual(["desk"]);
    expect(await names({ tag: "team:support: north" })).toEqual(["desk"]);
    expect(await names({ tag: "team:south" })).toEqual([]);
    expect(await names({ tag: "constructor" })).toEqual([]);
    expect(await names({ alias: "champion" })).toEqual(["desk"]);
    expect(await names({ alias: "challenger" })).toEqual([]);
    expect(await names({ origin: "connection" })).toEqual(["hosted/large"]);
    expect(await names({ task: "embedding" })).not.toContain("desk");
    const { models } = await findModels(admin, { q: "desk", alias: "champion" });
    expect(models[0]).toMatchObject({
      versions: 2,
      latest: { number: 2 },
      owner: { id: admin.actor.userId },
    });
  });
});

describe("a model of one's own naming", () => {
  it("starts with what is served, has numbers without gaps, and no content twice", async () => {
    const desk = await versioned(admin, dataDir, 3);
    expect(desk.versions.map(({ number, servedAs }) => `${number} ${servedAs}`)).toEqual([
      "3 desk-3",
      "2 desk-2",
      "1 desk-1",
    ]);
    await expect(createVersion(admin, desk.id, { servedAs: "desk-2" })).rejects.toMatchObject({
      code: "conflict",
      message: "Version 2 is made of exactly these files already.",
    });
    await expect(createVersion(admin, desk.id, { servedAs: "nothing" })).rejects.toMatchObject({
      code: "unprocessable",
    });
    await expect(
      createModel(admin, { name: "desk", description: "", servedAs: "pebble-2m" }),
    ).rejects.toMatchObject({ code: "conflict" });
    const numbers = await Promise.allSettled(
      ["pebble-2m", "grain-embed"].map((servedAs) => createVersion(admin, desk.id, { servedAs })),
    );
    const made = numbers.filter(({ status }) => status === "fulfilled").length;
    const now = (await getModelByName(admin, "desk")).versions.map(({ number }) => number);
    expect(now).toEqual(Array.from({ length: 3 + made }, (_, index) => 3 + made - index));
  });

  it("is changed by whoever saw its last revision", async () => {
    const desk = await versioned(admin, dataDir, 1);
    const changed = await updateModel(admin, desk.id, {
      revision: desk.revision,
      description: "For the desk.",
    });
    expect(changed).toMatchObject({ description: "For the desk.", revision: desk.revision + 1 });
    await expect(updateModel(admin, desk.id, { revision: desk.revision, tags: {} })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      updateModel(admin, desk.id, { revision: changed.revision, ownerId: "usr_nobody" }),
    ).rejects.toMatchObject({ code: "unprocessable" });
    const gone = await updateModel(admin, desk.id, {
      revision: changed.revision,
      deprecation: "Use pebble-2m.",
    });
    expect(gone.deprecation).toMatchObject({ why: "Use pebble-2m." });
    expect(await names({ state: "deprecated" })).toEqual(["desk"]);
    const back = await updateModel(admin, desk.id, { revision: gone.revision, deprecation: null });
    expect(back.deprecation).toBeNull();
  });

  it("is its owner's to change, and another member's only to see", async () => {
    const owner = await anotherContext();
    const other = await anotherContext();
    const desk = await versioned(admin, dataDir, 2);
    const given = await updateModel(admin, desk.id, { revision: desk.revision, ownerId: owner.actor.userId });
    expect((await getModelByName(owner, "desk")).may).toEqual({ manage: true, register: false });
    expect((await getModelByName(other, "desk")).may).toEqual({ manage: false, register: false });
    await moveAlias(owner, desk.id, "champion", { version: 1, from: null, why: "" });
    const forbidden = { code: "forbidden" };
    await expect(
      updateModel(other, desk.id, { revision: given.revision, description: "Mine" }),
    ).rejects.toMatchObject(forbidden);
    await expect(
      moveAlias(other, desk.id, "champion", { version: 2, from: 1, why: "" }),
    ).rejects.toMatchObject(forbidden);
    await expect(removeAlias(other, desk.id, "champion", { from: 1, why: "" })).rejects.toMatchObject(
      forbidden,
    );
    await expect(createVersion(other, desk.id, { servedAs: "pebble-2m" })).rejects.toMatchObject(forbidden);
    await expect(acceptLicense(other, desk.id, 1)).rejects.toMatchObject(forbidden);
    await expect(
      createModel(other, { name: "x", description: "", servedAs: "pebble-2m" }),
    ).rejects.toMatchObject(forbidden);
    await expect(updateModel(other, "mdl_none", { revision: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("an alias", () => {
  let desk: RegisteredModel;
  beforeEach(async () => {
    desk = await versioned(admin, dataDir, 3);
  });
  const move = (version: number, from: number | null, why = "") =>
    moveAlias(admin, desk.id, "champion", { version, from, why });
  const at = async () =>
    (await getModelByName(admin, "desk")).aliases.find(({ alias }) => alias === "champion")?.version;

  it("points to one version; one that does not exist is no version at all", async () => {
    const missing = { code: "not_found", message: "desk has no alias champion." };
    await expect(resolveVersion(admin, { name: "desk", alias: "champion" })).rejects.toMatchObject(missing);
    await move(2, null);
    expect((await resolveVersion(admin, { name: "desk", alias: "champion" })).version).toMatchObject({
      number: 2,
      servedAs: "desk-2",
    });
    await expect(resolveVersion(admin, { name: "desk", alias: "challenger" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(resolveVersion(admin, { name: "desk", version: 9 })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(resolveVersion(admin, { name: "none", version: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
    await removeAlias(admin, desk.id, "champion", { from: 2, why: "Over." });
    await expect(resolveVersion(admin, { name: "desk", alias: "champion" })).rejects.toMatchObject(missing);
  });

  it.each(["Champion", "a b", "x".repeat(37), "latest", "v3", "..", "ü", ""])(
    "cannot be called %j",
    async (alias) => {
      await expect(
        moveAlias(admin, desk.id, alias, { version: 1, from: null, why: "" }),
      ).rejects.toMatchObject({
        code: "unprocessable",
      });
    },
  );

  it("that somebody moved meanwhile is not moved over", async () => {
    await move(1, null);
    await move(2, 1);
    await expect(move(3, 1)).rejects.toMatchObject({
      code: "conflict",
      message: "Ana Test moved champion meanwhile: it stands at v2, not at v1. Nothing was changed.",
    });
    await expect(move(1, null)).rejects.toMatchObject({ code: "conflict" });
    await expect(move(2, 2)).rejects.toMatchObject({ code: "conflict" });
    expect(await at()).toBe(2);
  });

  it("of many that move it from one place, one does", async () => {
    await move(1, null);
    const tries = await Promise.allSettled([2, 3, 2, 3, 2].map((version) => move(version, 1)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await findAliasMoves(admin, desk.id)).toHaveLength(2);
  });

  it("keeps every move with who, when and why, and the last one is taken back in one step", async () => {
    await move(1, null, "First.");
    const second = await move(3, 1, "Better on tickets.");
    const undone = await undoAliasMove(admin, desk.id, "champion", second.id);
    expect(undone).toMatchObject({ from: 3, to: 1, undoes: second.id });
    expect(await at()).toBe(1);
    await expect(undoAliasMove(admin, desk.id, "champion", second.id)).rejects.toMatchObject({
      code: "conflict",
    });
    expect(
      (await findAliasMoves(admin, desk.id)).map(({ from, to, why, isLast }) => [from, to, why, isLast]),
    ).toEqual([
      [3, 1, "Undo of v1 → v3", true],
      [1, 3, "Better on tickets.", false],
      [null, 1, "First.", false],
    ]);
    const removal = await removeAlias(admin, desk.id, "champion", { from: 1, why: "" });
    expect(await at()).toBeUndefined();
    await undoAliasMove(admin, desk.id, "champion", removal.id);
    expect(await at()).toBe(1);
    expect((await audited()).filter((action) => action === "undoAliasMove")).toHaveLength(2);
  });

  it("does not move to a version that is deprecated, once that is in force", async () => {
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    await updateVersion(admin, desk.id, 2, { deprecation: { from: soon, why: "Slow." } });
    await move(2, null);
    const past = new Date(Date.now() - 1_000).toISOString();
    const changed = await updateVersion(admin, desk.id, 3, {
      deprecation: { from: past, why: "Wrong dates." },
    });
    expect(changed.versions.map(({ deprecation }) => deprecation?.isInForce)).toEqual([
      true,
      false,
      undefined,
    ]);
    await expect(move(3, 2)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^v3 is deprecated since .*Wrong dates\.$/),
    });
    await updateVersion(admin, desk.id, 3, { deprecation: null });
    await move(3, 2);
    await expect(move(9, 3)).rejects.toMatchObject({ code: "not_found" });
  });

  it("points to approved versions only where the model asks for it, on the way back too", async () => {
    await move(1, null);
    const second = await move(2, 1);
    const model = await getModelByName(admin, "desk");
    await updateModel(admin, desk.id, { revision: model.revision, approvalRequired: true });
    await expect(move(3, 2)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("not approved"),
    });
    await expect(undoAliasMove(admin, desk.id, "champion", second.id)).rejects.toMatchObject({
      code: "conflict",
    });
    await requestApproval(admin, desk.id, 3, { comment: "" });
    await decide(admin, desk.id, 3, { state: "approved", comment: "" });
    await move(3, 2);
    expect(await at()).toBe(3);
  });
});

describe("an approval", () => {
  let desk: RegisteredModel;
  beforeEach(async () => {
    desk = await versioned(admin, dataDir, 2);
  });
  const ask = (as: Context) => requestApproval(as, desk.id, 1, { comment: "It holds on 300 tickets." });
  const answer = (as: Context, state: "approved" | "rejected" | "withdrawn", comment = "") =>
    decide(as, desk.id, 1, { state, comment });

  it("is asked for by anybody and decided by an administrator or the owner, with a comment", async () => {
    const member = await anotherContext({ name: "Noor" });
    await ask(member);
    expect(await names({ state: "pending" })).toEqual(["desk"]);
    await expect(ask(admin)).rejects.toMatchObject({ code: "conflict" });
    await expect(answer(member, "approved")).rejects.toMatchObject({ code: "forbidden" });
    await expect(answer(admin, "withdrawn")).rejects.toMatchObject({ code: "forbidden" });
    const { versions } = await answer(admin, "rejected", "Try the other passages.");
    expect(versions.at(-1)?.approvals).toEqual([
      expect.objectContaining({
        state: "rejected",
        comment: "It holds on 300 tickets.",
        decision: "Try the other passages.",
        requestedBy: { id: member.actor.userId, name: "Noor" },
        decidedBy: expect.objectContaining({ id: admin.actor.userId }),
      }),
    ]);
    await expect(answer(admin, "approved")).rejects.toMatchObject({ code: "conflict" });
    await ask(member);
    await answer(admin, "approved");
    await expect(ask(member)).rejects.toMatchObject({ code: "conflict" });
  });

  it("of one's own request is somebody else's to give, unless nobody else can", async () => {
    await ask(admin);
    const second = await anotherContext({ role: "admin" });
    await expect(answer(admin, "approved")).rejects.toMatchObject({ code: "forbidden" });
    await (await db()).prisma.user.update({
      where: { id: second.actor.userId },
      data: { disabledAt: new Date() },
    });
    await answer(admin, "approved");
    const row = await (await db()).prisma.auditEvent.findFirst({ where: { actionName: "decideApproval" } });
    expect(row?.requestParams).toMatchObject({ state: "approved", ownRequest: true });
  });

  it("of the owner's request is not the owner's, as long as an administrator can decide", async () => {
    const owner = await anotherContext();
    await updateModel(admin, desk.id, { revision: desk.revision, ownerId: owner.actor.userId });
    await ask(owner);
    await expect(answer(owner, "approved")).rejects.toMatchObject({ code: "forbidden" });
    await answer(owner, "withdrawn");
    await ask(admin);
    await expect(answer(admin, "approved")).rejects.toMatchObject({ code: "forbidden" });
    expect((await answer(owner, "approved")).versions.at(-1)?.approvals[0]?.state).toBe("approved");
  });

  it("waits for a licence that somebody has to accept", async () => {
    serve(dataDir, "terms", { license: "Gemma Terms of Use" });
    const { id } = await getModelByName(admin, "terms");
    await requestApproval(admin, id, 1, { comment: "" });
    await expect(decide(admin, id, 1, { state: "approved", comment: "" })).rejects.toMatchObject({
      code: "conflict",
      message: "The licence of v1 (Gemma Terms of Use) is not accepted yet.",
    });
    const { versions } = await acceptLicense(admin, id, 1);
    expect(versions[0]).toMatchObject({
      isLicenseOpen: false,
      licenseAccepted: { by: { id: admin.actor.userId }, at: expect.any(String) },
    });
    await expect(acceptLicense(admin, id, 1)).rejects.toMatchObject({ code: "conflict" });
    await decide(admin, id, 1, { state: "approved", comment: "" });
  });
});

describe("what is known of a version", () => {
  it("are the scores of its card, and what was measured since in their place", async () => {
    serve(dataDir, "paper-q4", {
      scores: {
        sentiment: { n: 300, score: 0.65, low: 0.6, high: 0.7 },
        deep: { fp32: { score: 0.9 } },
        odd: "x",
      },
    });
    const { id, versions } = await getModelByName(admin, "paper-q4");
    expect(
      versions[0]?.metrics.map(({ name, value, count, source }) => [name, value, count, source]),
    ).toEqual([
      ["deep.fp32", 0.9, undefined, "model card"],
      ["sentiment", 0.65, 300, "model card"],
    ]);
    const metrics = [{ name: "sentiment", value: 0.71, low: 0.66, high: 0.76, count: 400 }];
    const measured = await recordMetrics(admin, id, 1, { source: "nightly evaluation", metrics });
    expect(measured.versions[0]?.metrics.find(({ name }) => name === "sentiment")).toMatchObject({
      value: 0.71,
      source: "nightly evaluation",
      by: { id: admin.actor.userId },
    });
  });

  it("is its card, unless the file is not the one that was registered", async () => {
    const { id } = await getModelByName(admin, "pebble-2m");
    expect((await getCard(admin, id, 1)).text).toMatch(/^# pebble-2m/);
    const files = [{ path: "README.md", size: 10, sha256: "0".repeat(64) }];
    serve(dataDir, "paper-q4", { files });
    expect(await getCard(admin, (await getModelByName(admin, "paper-q4")).id, 1)).toEqual({ text: null });
    await expect(getCard(admin, id, 7)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is how often it was called in 30 days, by place", async () => {
    const { id } = await getModelByName(admin, "pebble-2m");
    expect(await getUsage(admin, id)).toEqual([]);
    const row = {
      requestId: "req",
      traceId: "trace",
      userId: admin.actor.userId,
      source: "api",
      task: "chat",
      model: "pebble-2m",
      engine: "server",
      device: "CPU",
      parameters: {},
      stream: false,
      startedAt: new Date(),
      durationMs: 100,
      inputTokens: 10,
      outputTokens: 5,
      outcome: "ok",
      statusCode: 200,
    };
    await (await db()).prisma.invocation.createMany({
      data: [
        { ...row, id: "1", firstTokenMs: 20 },
        {
          ...row,
          id: "2",
          firstTokenMs: 40,
          durationMs: 300,
          outcome: "error",
          inputTokens: null,
          outputTokens: null,
        },
        { ...row, id: "3", engine: "browser", userId: "usr_other" },
        { ...row, id: "4", startedAt: new Date(Date.now() - 31 * 86_400_000) },
        { ...row, id: "5", model: "another" },
      ],
    });
    expect(await getUsage(admin, id)).toEqual([
      {
        model: "pebble-2m",
        engine: "server",
        calls: 2,
        failed: 1,
        people: 1,
        inputTokens: 10,
        outputTokens: 5,
        firstTokenMs: 30,
        durationMs: 200,
        lastAt: expect.any(String),
      },
      expect.objectContaining({ engine: "browser", calls: 1, failed: 0, people: 1 }),
    ]);
  });
});
