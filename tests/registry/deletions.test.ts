import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { allUsers, defaultSchemaId } from "@/lib/access";
import { applyGrants } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { dropObject } from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import { deleteModel } from "@/lib/models/server";
import type { RegisteredModel } from "@/lib/registry";
import {
  createModel,
  createVersion,
  deleteRegisteredModel,
  deleteVersion,
  findDependents,
  findModels,
  getModel,
  getModelByName,
  moveAlias,
  removeAlias,
  startRegistry,
  undoAliasMove,
} from "@/lib/registry/server";
import { anotherContext, grantTo } from "../support/context";
import { audited, connect, freshRegistry, serve, versioned } from "./support";

let admin: Context;
let dataDir: string;
let desk: RegisteredModel;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
  desk = await versioned(admin, dataDir, 3);
});

const numbers = ({ versions }: RegisteredModel) => versions.map(({ number }) => number);
const isThere = (name: string) => existsSync(join(dataDir, "models", name));
const keep = { files: false };
const conflict = (message: RegExp) => ({ code: "conflict", message: expect.stringMatching(message) });

describe("deleting a version", () => {
  it("says that it is deleted where its files alone could not be", async () => {
    const own = await getModelByName(admin, "desk-3");
    await deleteRegisteredModel(admin, own.id, keep);
    // Files are moved into this folder before their room is freed.
    const aside = join(dataDir, "models", ".partial");
    rmSync(aside, { recursive: true, force: true });
    writeFileSync(aside, "");
    const message =
      "The version is deleted; its files are not: the disk refused. desk-3 is registered again until they are.";
    await expect(deleteVersion(admin, desk.id, 3, { files: true })).rejects.toMatchObject({
      code: "unavailable",
      message,
      details: [{ path: "files", message }],
    });
    expect(numbers(await getModel(admin, desk.id))).toEqual([2, 1]);
    expect(isThere("desk-3")).toBe(true);
    expect(numbers(await getModelByName(admin, "desk-3"))).toEqual([2]);
  });

  it("takes its number for ever", async () => {
    expect(numbers(await deleteVersion(admin, desk.id, 3, keep))).toEqual([2, 1]);
    serve(dataDir, "desk-4", { description: "Another." });
    expect(numbers(await createVersion(admin, desk.id, { servedAs: "desk-4" }))).toEqual([4, 2, 1]);
  });

  it("leaves what is served usable: it is registered under its own name, unless its files go", async () => {
    const alone = async () => {
      const own = await getModelByName(admin, "desk-3");
      await deleteRegisteredModel(admin, own.id, keep);
    };
    expect(await findDependents(admin, desk.id, 3)).toMatchObject({
      alsoIn: ["desk-3 v1"],
      returning: [],
      files: { deletion: "none" },
    });
    await alone();
    expect(await findDependents(admin, desk.id, 3)).toMatchObject({
      served: ["desk-3"],
      alsoIn: [],
      returning: ["desk-3"],
      files: { deletion: "may" },
    });
    await deleteVersion(admin, desk.id, 3, keep);
    const back = await getModelByName(admin, "desk-3");
    expect(back.versions).toMatchObject([{ number: 2, servedAs: "desk-3", state: "ready" }]);
    await createVersion(admin, desk.id, { servedAs: "desk-3" });
    await alone();
    await deleteVersion(admin, desk.id, 4, { files: true });
    expect(isThere("desk-3")).toBe(false);
    await expect(getModelByName(admin, "desk-3")).rejects.toMatchObject({ code: "not_found" });
  });

  it("is refused while an alias points to it, and names it", async () => {
    await moveAlias(admin, desk.id, "champion", { version: 2, from: null, why: "" });
    expect((await findDependents(admin, desk.id, 2)).aliases).toEqual([{ alias: "champion", version: 2 }]);
    await expect(deleteVersion(admin, desk.id, 2, keep)).rejects.toMatchObject(
      conflict(/champion \(v2\) points to it/),
    );
    expect(numbers(await getModel(admin, desk.id))).toEqual([3, 2, 1]);
    const moved = await moveAlias(admin, desk.id, "champion", { version: 3, from: 2, why: "" });
    await deleteVersion(admin, desk.id, 2, keep);
    await expect(undoAliasMove(admin, desk.id, "champion", moved.id)).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await getModel(admin, desk.id)).aliases).toMatchObject([{ alias: "champion", version: 3 }]);
  });

  it("is for its owner and administrators, and audited with what went", async () => {
    const member = await anotherContext();
    await expect(deleteVersion(member, desk.id, 1, keep)).rejects.toMatchObject({ code: "forbidden" });
    await expect(findDependents(member, desk.id, 1)).rejects.toMatchObject({ code: "forbidden" });
    await deleteVersion(admin, desk.id, 1, keep);
    expect(await audited()).toContain("deleteVersion");
    const row = await (await db()).prisma.auditEvent.findFirstOrThrow({
      where: { actionName: "deleteVersion" },
    });
    expect(row.requestParams).toMatchObject({ name: "desk", version: 1, files: [] });
    await expect(deleteVersion(admin, desk.id, 1, keep)).rejects.toMatchObject({ code: "not_found" });
  });

  it("can leave a model without any, which the catalogue shows and which can have others again", async () => {
    for (const number of [1, 2, 3]) await deleteVersion(admin, desk.id, number, keep);
    expect((await getModel(admin, desk.id)).versions).toEqual([]);
    const { models } = await findModels(admin, { q: "desk" });
    expect(models.find(({ name }) => name === "desk")).toMatchObject({ latest: null, versions: 0 });
    expect(numbers(await createVersion(admin, desk.id, { servedAs: "desk-1" }))).toEqual([4]);
  });
});

describe("files", () => {
  it("of a version of its own name must go with it, or it would be registered again", async () => {
    serve(dataDir, "paper-q4");
    const paper = await getModelByName(admin, "paper-q4");
    const { files } = await findDependents(admin, paper.id, 1);
    expect(files.deletion).toBe("must");
    expect(files.bytes).toBeGreaterThan(1_000_000);
    await expect(deleteVersion(admin, paper.id, 1, keep)).rejects.toMatchObject(conflict(/registered again/));
    await deleteVersion(admin, paper.id, 1, { files: true });
    expect(isThere("paper-q4")).toBe(false);
    expect(await audited("models")).toContain("deleteModel");
    serve(dataDir, "paper-q4");
    expect(numbers(await getModelByName(admin, "paper-q4"))).toEqual([2]);
  });

  it("that another version uses stay", async () => {
    serve(dataDir, "paper-q4");
    await getModelByName(admin, "paper-q4");
    const { id } = await createModel(admin, { name: "twin", description: "", servedAs: "paper-q4" });
    expect(await findDependents(admin, id, 1)).toMatchObject({
      alsoIn: ["paper-q4 v1"],
      files: { deletion: "none" },
      returning: [],
    });
    await expect(deleteVersion(admin, id, 1, { files: true })).rejects.toMatchObject(
      conflict(/nothing else uses/),
    );
    await deleteVersion(admin, id, 1, keep);
    expect(isThere("paper-q4")).toBe(true);
  });
});

describe("what is made of the same elsewhere", () => {
  it("is named to those who may know of it", async () => {
    const owner = await anotherContext();
    await grantTo(owner.actor.userId, desk.id, "MANAGE");
    const alsoIn = async (as: Context) => (await findDependents(as, desk.id, 3)).alsoIn;
    expect(await alsoIn(owner)).toEqual(["desk-3 v1"]);
    const change = [{ principalId: allUsers, add: [], remove: ["EXECUTE" as const] }];
    await (await db()).write((tx) => applyGrants(tx, defaultSchemaId, change, "admins"));
    expect(await alsoIn(owner)).toEqual([]);
    expect(await alsoIn(admin)).toEqual(["desk-3 v1"]);
  });
});

describe("what cannot be deleted", () => {
  it("is a built-in version, and why", async () => {
    const { id } = await getModelByName(admin, "pebble-2m");
    for (const number of [1, undefined]) {
      expect((await findDependents(admin, id, number)).refusal).toContain("comes with the application");
    }
    for (const files of [false, true]) {
      await expect(deleteVersion(admin, id, 1, { files })).rejects.toMatchObject(conflict(/built in/));
      await expect(deleteRegisteredModel(admin, id, { files })).rejects.toMatchObject(conflict(/built in/));
    }
    const { models } = await findModels(admin, { q: "pebble-2m" });
    expect(models.map(({ name }) => name)).toContain("pebble-2m");
  });

  it("is what a connection offers, as long as it does", async () => {
    await connect(admin, "up", ["chat"]);
    const { id } = await getModelByName(admin, "up/chat");
    await expect(deleteRegisteredModel(admin, id, keep)).rejects.toMatchObject(
      conflict(/out of the connection first/),
    );
  });
});

describe("deleting a model", () => {
  it("is refused while it has an alias; then everything of it goes and its name keeps its numbers", async () => {
    await moveAlias(admin, desk.id, "champion", { version: 1, from: null, why: "" });
    await expect(deleteRegisteredModel(admin, desk.id, keep)).rejects.toMatchObject(
      conflict(/champion \(v1\)/),
    );
    await removeAlias(admin, desk.id, "champion", { from: 1, why: "" });
    await deleteRegisteredModel(admin, desk.id, keep);
    await expect(getModel(admin, desk.id)).rejects.toMatchObject({ code: "not_found" });
    const { prisma } = await db();
    expect(await prisma.modelVersion.count({ where: { modelId: desk.id } })).toBe(0);
    expect((await audited()).at(-1)).toBe("deleteModel");
    const again = await createModel(admin, { name: "desk", description: "", servedAs: "desk-1" });
    expect(numbers(again)).toEqual([4]);
  });

  it("deletes the files that only it uses, where it was asked for", async () => {
    serve(dataDir, "paper-q4");
    const paper = await getModelByName(admin, "paper-q4");
    await deleteRegisteredModel(admin, paper.id, { files: true });
    expect(isThere("paper-q4")).toBe(false);
    const { models } = await findModels(admin, { q: "paper" });
    expect(models).toEqual([]);
  });
});

describe("where a model runs", () => {
  it("narrows the catalogue, with what it needs", async () => {
    await connect(admin, "up", ["chat"]);
    const names = async (runs: "browser" | "server" | "remote") =>
      (await findModels(admin, { runs })).models.map(({ name }) => name);
    expect(await names("remote")).toEqual(["up/chat"]);
    expect(await names("browser")).toContain("pebble-2m");
    expect(await names("browser")).not.toContain("grain-embed");
    expect(await names("server")).toEqual(expect.arrayContaining(["grain-embed", "pebble-2m"]));
    const { models } = await findModels(admin, { q: "pebble-2m" });
    expect(models[0]?.latest?.runs.browserBytes).toBeGreaterThan(
      models[0]?.latest?.runs.weightBytes ?? Infinity,
    );
  });
});

describe("the files of a served model", () => {
  beforeEach(() => startRegistry());

  it("stay while an alias points to them, and it is named", async () => {
    await moveAlias(admin, desk.id, "champion", { version: 2, from: null, why: "" });
    await expect(deleteModel(admin, "desk-2")).rejects.toMatchObject(
      conflict(/^The alias champion of desk points to desk-2\. Move or remove it first\.$/),
    );
    await moveAlias(admin, desk.id, "trial", { version: 2, from: null, why: "" });
    await expect(deleteModel(admin, "desk-2")).rejects.toMatchObject(
      conflict(/^The aliases champion of desk, trial of desk point to desk-2\./),
    );
    expect(isThere("desk-2")).toBe(true);
    expect(await audited("models")).not.toContain("deleteModel");
    await deleteModel(admin, "desk-1");
    expect(isThere("desk-1")).toBe(false);
    await removeAlias(admin, desk.id, "trial", { from: 2, why: "" });
    await moveAlias(admin, desk.id, "champion", { version: 3, from: 2, why: "" });
    await deleteModel(admin, "desk-2");
    expect(isThere("desk-2")).toBe(false);
  });

  it("go where what an alias meant was replaced, or its model was dropped", async () => {
    await moveAlias(admin, desk.id, "champion", { version: 2, from: null, why: "" });
    serve(dataDir, "desk-2", { files: [{ path: "README.md", size: 1, sha256: "0".repeat(64) }] });
    await deleteModel(admin, "desk-2");
    await moveAlias(admin, desk.id, "trial", { version: 3, from: null, why: "" });
    await dropObject(admin, desk.id, { force: true });
    await deleteModel(admin, "desk-3");
    expect(isThere("desk-3")).toBe(false);
  });
});
