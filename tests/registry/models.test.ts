import { beforeEach, describe, expect, it } from "vitest";
import { allUsers, defaultSchemaId } from "@/lib/access";
import { applyGrants } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { findAliases, findModels as findServed } from "@/lib/gateway/server";
import {
  acceptLicense,
  createModel,
  createVersion,
  findModels,
  getModelByName,
  moveAlias,
  removeAlias,
  startRegistry,
  updateModel,
  updateVersion,
} from "@/lib/registry/server";
import { anotherContext, grantTo } from "../support/context";
import { connect, freshRegistry, serve, versioned } from "./support";

let admin: Context;
let dataDir: string;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
});

const names = async (filter = {}) => (await findModels(admin, filter)).models.map(({ name }) => name);

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

describe("a model whose last version is deprecated", () => {
  it("is found among those, not among the ready ones, from the day on", async () => {
    const desk = await versioned(admin, dataDir, 2);
    const day = 86_400_000;
    const deprecate = (number: number, offset: number) =>
      updateVersion(admin, desk.id, number, {
        deprecation: { from: new Date(Date.now() + offset).toISOString(), why: "Old." },
      });
    await deprecate(1, -day);
    await deprecate(2, day);
    expect(await names({ state: "deprecated" })).toEqual([]);
    expect(await names({ state: "ready", q: "desk" })).toContain("desk");
    await deprecate(2, -day);
    expect(await names({ state: "deprecated" })).toEqual(["desk"]);
    expect(await names({ state: "ready", q: "desk" })).not.toContain("desk");
  });

  it("says so where what is served is chosen, if it is the model that the name is of", async () => {
    const desk = await versioned(admin, dataDir, 2);
    const said = async () => {
      const all = [...(await findServed(admin)), ...(await findAliases(admin))];
      return all.flatMap(({ id, deprecation }) => (deprecation ? [[id, deprecation.why]] : []));
    };
    await startRegistry();
    await moveAlias(admin, desk.id, "champion", { version: 1, from: null, why: "" });
    const from = new Date(Date.now() + 86_400_000).toISOString();
    await updateVersion(admin, desk.id, 1, { deprecation: { from, why: "Desks are moved." } });
    // desk-1 has a model of its own, which says nothing.
    expect(await said()).toEqual([["desk@champion", "Desks are moved."]]);
    const own = await getModelByName(admin, "desk-1");
    await updateModel(admin, own.id, { revision: own.revision, deprecation: "Use desk-2." });
    expect(await said()).toEqual([
      ["desk-1", "Use desk-2."],
      ["desk@champion", "Desks are moved."],
    ]);
    // What is said of the served name is not said of another model's alias.
    await updateVersion(admin, desk.id, 1, { deprecation: null });
    expect(await said()).toEqual([["desk-1", "Use desk-2."]]);
    serve(dataDir, "desk-1", { files: [{ path: "config.json", size: 1, sha256: "0".repeat(64) }] });
    expect(await said()).toEqual([]);
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

  it("is not made of what one may not call, in the same words whether that is there or not", async () => {
    const maker = await anotherContext();
    await grantTo(maker.actor.userId, defaultSchemaId, "CREATE MODEL");
    await findModels(admin, {});
    const change = [{ principalId: allUsers, add: [], remove: ["EXECUTE" as const] }];
    await (await db()).write((tx) => applyGrants(tx, defaultSchemaId, change, "admins"));
    for (const servedAs of ["pebble-2m", "nothing"])
      await expect(createModel(maker, { name: "mine", description: "", servedAs })).rejects.toMatchObject({
        code: "not_found",
        message: "There is no such model.",
      });
    await expect(
      createModel(admin, { name: "mine", description: "", servedAs: "nothing" }),
    ).rejects.toMatchObject({ code: "unprocessable" });
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
    expect((await getModelByName(owner, "desk")).may).toEqual({ manage: true, import: false });
    expect((await getModelByName(other, "desk")).may).toEqual({ manage: false, import: false });
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
