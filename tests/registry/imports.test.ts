import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { allUsers, defaultSchemaId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { forgetServerModels } from "@/lib/inference/server";
import type { RegisteredModel } from "@/lib/registry";
import {
  createEmptyModel,
  deleteRegisteredModel,
  findModels,
  getModel,
  importVersion,
  lookUpModel,
} from "@/lib/registry/server";
import { withClaim } from "@/lib/registry/service/reconcile";
import { onnxGraphOf } from "../models/graphs";
import { zipOf } from "../models/zips";
import { anotherContext, grantTo } from "../support/context";
import { freshRegistry, serve, versioned } from "./support";

let admin: Context;
let dataDir: string;
let desk: RegisteredModel;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
  desk = await versioned(admin, dataDir, 1);
});

const text = (value: object) => Buffer.from(JSON.stringify(value));
const archive = zipOf([
  { path: "config.json", data: text({ model_type: "llama" }) },
  { path: "tokenizer.json", data: text({}) },
  { path: "tokenizer_config.json", data: text({}) },
  { path: "onnx/model_q4.onnx", data: onnxGraphOf(2_000) },
]);

/** Sends the archive; `meanwhile` happens before its last byte. */
function send(query: { name: string; model?: string }, meanwhile: () => Promise<unknown> = async () => {}) {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await meanwhile();
      controller.enqueue(new Uint8Array(archive));
      controller.close();
    },
  });
  return importVersion(admin, { headers: new Headers(), body }, { file: "a.zip", ...query });
}
const isThere = (name: string) => existsSync(join(dataDir, "models", name));

describe("an import", () => {
  it("into a model that is deleted during the upload leaves nothing behind", async () => {
    const gone = () => deleteRegisteredModel(admin, desk.id, { files: false });
    await expect(send({ name: "late", model: desk.id }, gone)).rejects.toMatchObject({ code: "not_found" });
    expect(isThere("late")).toBe(false);
    await expect(lookUpModel(admin, "late")).rejects.toMatchObject({ code: "not_found" });
    // Nor does it stand in the way of the next one.
    expect(await send({ name: "late" })).toMatchObject({ name: "late", version: 1 });
  });

  it("under the name of somebody's model says beside it where it is registered", async () => {
    const member = await anotherContext();
    await grantTo(allUsers, defaultSchemaId, "CREATE MODEL");
    await createEmptyModel(member, { name: "triage", description: "", schemaId: defaultSchemaId });
    expect(await send({ name: "triage" })).toMatchObject({ name: "triage-2", version: 1 });
    expect((await lookUpModel(admin, "triage")).versions).toEqual([]);
  });

  it("brings the missing files of a version back", async () => {
    const { version } = await send({ name: "paper", model: desk.id });
    rmSync(join(dataDir, "models", "paper"), { recursive: true });
    forgetServerModels();
    expect((await getModel(admin, desk.id)).versions[0]).toMatchObject({ number: version, state: "missing" });
    expect(await send({ name: "paper", model: desk.id })).toMatchObject({ name: "desk", version });
    expect((await getModel(admin, desk.id)).versions[0]?.state).toBe("ready");
  });

  it("that fails does not give another's claim to its name away", async () => {
    const names = async () => (await findModels(admin, {})).models.map(({ name }) => name);
    await withClaim("paper-q4", async () => {
      await expect(withClaim("paper-q4", () => Promise.reject(new Error("Taken.")))).rejects.toThrow(
        "Taken.",
      );
      serve(dataDir, "paper-q4");
      expect(await names()).not.toContain("paper-q4");
    });
    expect(await names()).toContain("paper-q4");
  });

  it("is offered to those who may bring models to this server", async () => {
    const owner = await anotherContext();
    await grantTo(owner.actor.userId, desk.id, "MANAGE");
    expect((await getModel(owner, desk.id)).may).toEqual({ manage: true, import: false });
    expect((await getModel(admin, desk.id)).may).toEqual({ manage: true, import: true });
    await expect(
      importVersion(owner, { headers: new Headers(), body: null }, { file: "a.zip", model: desk.id }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});
