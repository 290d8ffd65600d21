import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { deleteConnection } from "@/lib/gateway/server";
import { forgetServerModels } from "@/lib/inference/server";
import { findModels, getModelByName, startRegistry } from "@/lib/registry/server";
import { audited, connect, freshRegistry, serve } from "./support";

let admin: Context;
let dataDir: string;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
});

const names = async (filter = {}) => (await findModels(admin, filter)).models.map(({ name }) => name);

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
    const read = [
      "onnx/model.onnx",
      "config.json",
      "generation_config.json",
      "tokenizer.json",
      "tokenizer_config.json",
    ];
    const fetched = pebble.versions[0]?.files.filter(({ path }) => read.includes(path));
    expect(fetched).toHaveLength(read.length);
    expect(pebble.versions[0]?.runs.browserBytes).toBe(fetched?.reduce((sum, { size }) => sum + size, 0));
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
