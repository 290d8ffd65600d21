import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { forgetServerModels } from "@/lib/inference/server";
import type { RegisteredModel } from "@/lib/registry";
import {
  acceptLicense,
  createVersion,
  decide,
  findAliasMoves,
  getModelByName,
  moveAlias,
  removeAlias,
  requestApproval,
  resolveVersion,
  undoAliasMove,
  updateModel,
  updateVersion,
} from "@/lib/registry/server";
import { audited, freshRegistry, serve, versioned } from "./support";

let admin: Context;
let dataDir: string;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
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

  it("does not move, on the way back neither, to a version whose files were replaced or deleted", async () => {
    await move(1, null);
    const second = await move(2, 1);
    const manifest = { files: [{ path: "config.json", size: 1, sha256: "0".repeat(64) }] };
    serve(dataDir, "desk-1", manifest);
    const replaced = {
      code: "conflict",
      message: "v1 cannot be called: what is served as desk-1 is another version now.",
    };
    await expect(undoAliasMove(admin, desk.id, "champion", second.id)).rejects.toMatchObject(replaced);
    await expect(move(1, 2)).rejects.toMatchObject(replaced);
    rmSync(join(dataDir, "models", "desk-3"), { recursive: true });
    forgetServerModels();
    const why = "v3 cannot be called: nothing is served as desk-3 now.";
    await expect(move(3, 2)).rejects.toMatchObject({ code: "conflict", message: why });
    expect((await getModelByName(admin, "desk")).versions.map(({ unfit }) => unfit)).toEqual([
      { kind: "missing", why },
      null,
      { kind: "missing", why: replaced.message },
    ]);
    expect(await at()).toBe(2);
    // An alias whose version is gone can still be taken away.
    await removeAlias(admin, desk.id, "champion", { from: 2, why: "" });
  });

  it("does not move to a version whose licence waits to be accepted", async () => {
    serve(dataDir, "desk-4", { license: "gemma" });
    await createVersion(admin, desk.id, { servedAs: "desk-4" });
    const why = "The licence of v4 (gemma) is not accepted yet.";
    await expect(move(4, null)).rejects.toMatchObject({ code: "conflict", message: why });
    expect((await getModelByName(admin, "desk")).versions[0]?.unfit).toEqual({ kind: "license", why });
    expect((await acceptLicense(admin, desk.id, 4)).versions[0]?.unfit).toBeNull();
    await move(4, null);
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
