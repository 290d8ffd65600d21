import { beforeEach, describe, expect, it } from "vitest";
import { allUsers, defaultSchemaId } from "@/lib/access";
import { applyGrants } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { calledVersion, type RegisteredModel } from "@/lib/registry";
import { createVersion, deleteRegisteredModel, lookUpModel, moveAlias } from "@/lib/registry/server";
import { anotherContext } from "../support/context";
import { freshRegistry, versioned } from "./support";

let admin: Context;
let member: Context;
let desk: RegisteredModel;

beforeEach(async () => {
  const fresh = await freshRegistry();
  admin = fresh.admin;
  desk = await versioned(admin, fresh.dataDir, 2);
  member = await anotherContext();
  await moveAlias(admin, desk.id, "champion", { version: 2, from: null, why: "" });
  // What becomes a version of another model by an import has no model of its own.
  const own = await lookUpModel(admin, "desk-2");
  await deleteRegisteredModel(admin, own.id, { files: false });
});

const looked = async (name: string, as = member) => {
  const model = await lookUpModel(as, name);
  return `${model.name} v${calledVersion(model, name) ?? "any"}`;
};
const absent = { code: "not_found", message: "There is no such registered model." };

describe("a model", () => {
  it("is found by its name and by every name that calls use", async () => {
    expect(await looked("desk")).toBe("desk vany");
    expect(await looked("desk@champion")).toBe("desk v2");
    expect(await looked("desk@1")).toBe("desk v1");
    expect(await looked("desk-2")).toBe("desk v2");
    expect(await looked("desk-1")).toBe("desk-1 v1");
  });

  it("is not found by names that mean nothing", async () => {
    for (const name of ["desk@challenger", "desk@7", "desk@", "@champion", "none@1", "none"])
      await expect(lookUpModel(member, name)).rejects.toMatchObject(absent);
  });

  it("keeps its own name before the names of its versions elsewhere", async () => {
    await createVersion(admin, desk.id, { servedAs: "pebble-2m" });
    expect(await looked("pebble-2m")).toBe("pebble-2m v1");
  });

  it("that may not be seen is found by none of them", async () => {
    const change = [{ principalId: allUsers, add: [], remove: ["EXECUTE" as const] }];
    await (await db()).write((tx) => applyGrants(tx, defaultSchemaId, change, "admins"));
    for (const name of ["desk", "desk@champion", "desk-2"])
      await expect(lookUpModel(member, name)).rejects.toMatchObject(absent);
    expect(await looked("desk-2", admin)).toBe("desk v2");
  });
});
