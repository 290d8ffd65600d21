import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type { Download, DownloadInput } from "@/lib/models";
import {
  findDownloads,
  findLocalModels,
  importArchive,
  importFolder,
  pauseDownload,
  resumeDownload,
  startDownload,
  stopModels,
  updateHub,
} from "@/lib/models/server";
import { testContext } from "../support/context";
import { testFolder } from "../support/folder";
import { type FakeHub, sha, startHub } from "./hub";
import { paperFiles, until } from "./support";
import { zipOf } from "./zips";

const graph = "onnx/model_q4.onnx";
const name = "pebble-q4";
const later = "89abcdef0123456789abcdef0123456789abcdef";
let hub: FakeHub;
let admin: Context;
let dataDir: string;

beforeEach(async () => {
  dataDir = testFolder();
  Object.assign(process.env, { DATA_DIR: dataDir, ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
  for (const each of ["core.safe-dispatcher", "inference.manifests", "models.downloads"]) dropSingle(each);
  admin = await testContext({ role: "admin" });
  hub = await startHub({ files: paperFiles() });
  await updateHub(admin, { address: hub.address });
});
afterEach(async () => {
  await stopModels();
  await hub.close();
});

const start = (input: Partial<DownloadInput> = {}) =>
  startDownload(admin, { repository: hub.repository, dtype: "q4", ...input });
const stateOf = async (of: string): Promise<Download["state"] | undefined> =>
  (await findDownloads(admin)).find((each) => each.name === of)?.state;
const countAudited = async (action: string) =>
  (await db()).prisma.auditEvent.count({ where: { actionName: action } });

/** A download that stopped in the middle. */
async function unfinished(): Promise<void> {
  hub.faults.set(graph, { holdAt: 150_000 });
  await start();
  await until(async () => ((await findDownloads(admin))[0]?.bytes ?? 0) > 150_000);
  await pauseDownload(admin, name);
  hub.faults.clear();
}

const taken = (message: RegExp) => ({
  code: "conflict",
  message: expect.stringMatching(message),
  details: [{ path: "name", message: expect.stringMatching(message) }],
});

describe("the name of an unfinished download", () => {
  it("is not given to another commit, which is not on record as begun and can have another name", async () => {
    await unfinished();
    hub.options.info = { sha: later };
    await expect(start()).rejects.toMatchObject(
      taken(new RegExp(`unfinished download of desk/pebble-onnx \\(q4\\) at commit ${sha}`)),
    );
    expect(await countAudited("startDownload")).toBe(1);
    expect(await start({ name: "pebble-later" })).toMatchObject({ name: "pebble-later" });
    await until(async () => (await stateOf("pebble-later")) === "done");
    hub.options.info = { sha };
    expect(await start()).toMatchObject({ name });
    await until(async () => (await stateOf(name)) === "done");
    const { models } = await findLocalModels(admin);
    expect(models.map((model) => [model.name, model.source?.revision])).toEqual(
      expect.arrayContaining([
        [name, sha],
        ["pebble-later", later],
      ]),
    );
  });

  it("is not given to an import, and what was fetched stays", async () => {
    await unfinished();
    const folder = join(dataDir, "Paper");
    for (const [path, bytes] of Object.entries(paperFiles())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const input = { dtype: "q4" as const, name };
    await expect(importFolder(admin, { folder, ...input })).rejects.toMatchObject(
      taken(/is an unfinished download/),
    );
    const archive = zipOf(Object.entries(paperFiles()).map(([path, data]) => ({ path, data })));
    const upload = { body: new Blob([new Uint8Array(archive)]).stream(), bytes: archive.length };
    await expect(importArchive(admin, upload, { file: "Paper.zip", ...input })).rejects.toMatchObject(
      taken(/is an unfinished download/),
    );
    expect((await countAudited("importModel")) + (await countAudited("importArchive"))).toBe(0);
    await resumeDownload(admin, name);
    await until(async () => (await stateOf(name)) === "done");
    expect(hub.calls.at(-1)?.range).toBe("bytes=150000-");
  });

  it("that began while an archive arrived is not given to that one", async () => {
    const archive = zipOf(Object.entries(paperFiles()).map(([path, data]) => ({ path, data })));
    const upload = { body: new Blob([new Uint8Array(archive)]).stream(), bytes: archive.length };
    const importing = importArchive(
      admin,
      upload,
      { file: "x.zip", dtype: "q4", name },
      async (_, publish) => {
        await unfinished();
        await publish();
      },
    );
    await expect(importing).rejects.toMatchObject(taken(/is an unfinished download/));
    expect(existsSync(join(dataDir, "models/.partial", name, "files", `${graph}.part`))).toBe(true);
  });
});
