import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findModelSources } from "@/lib/inference/manifests";
import { holdPartial } from "@/lib/models/partial";
import { onPublished } from "@/lib/models/server";
import { testFolder } from "../support/folder";
import { type FakeHub, type HubOptions, sha, sha256Of, startHub } from "./hub";
import { downloadsFrom, paperFiles, until } from "./support";

const graph = "onnx/model_q4.onnx";
const name = "pebble-q4";
let hub: FakeHub;
let modelsDir: string;

async function serve(options: Partial<HubOptions> = {}): Promise<void> {
  await hub?.close();
  hub = await startHub({ files: paperFiles(), ...options });
}

beforeEach(async () => {
  modelsDir = join(testFolder(), "models");
  await serve();
});
afterEach(() => hub.close());

const found = async () => (await findModelSources([modelsDir])).map(({ manifest }) => manifest);
const partial = (path: string) => join(modelsDir, ".partial", name, "files", path);
const fetched = (path: string) =>
  hub.calls.filter((call) => call.host === "cdn" && call.path.includes(encodeURIComponent(path)));

describe("a download", () => {
  it("becomes a model whose files are those of the commit, with source, dtype and graph on record", async () => {
    const { pull } = downloadsFrom(hub, modelsDir);
    expect(await pull()).toMatchObject({ name, state: "done", verifiedFiles: 5, files: 5 });
    const [manifest] = await found();
    expect(manifest).toMatchObject({
      name,
      task: "chat",
      context: 640,
      dtype: "q4",
      graph,
      source: { hub: hub.address, repository: hub.repository, revision: sha },
    });
    expect(manifest?.files.map(({ path }) => path)).toEqual([
      "README.md",
      "config.json",
      graph,
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    for (const { path, size, sha256 } of manifest?.files ?? []) {
      const bytes = readFileSync(join(modelsDir, name, path));
      expect([bytes.length, sha256Of(bytes)]).toEqual([size, sha256]);
      expect(bytes.equals(hub.options.files[path] ?? Buffer.alloc(0))).toBe(true);
    }
    expect(existsSync(join(modelsDir, ".partial", name))).toBe(false);
  });

  it("brings the external data of its graph", async () => {
    const { pull } = downloadsFrom(hub, modelsDir);
    await pull({ dtype: "fp32" });
    const [manifest] = await found();
    expect(manifest?.files.map(({ path }) => path)).toContain("onnx/model.onnx_data");
    expect(manifest?.graph).toBe("onnx/model.onnx");
  });

  it("reads a list of several pages", async () => {
    await serve({ pageSize: 2 });
    const { pull } = downloadsFrom(hub, modelsDir);
    expect(await pull()).toMatchObject({ state: "done" });
    expect(hub.calls.filter(({ path }) => path.includes("/tree/"))).toHaveLength(5);
  });

  it("asks by the commit, so that a branch that moves meanwhile changes nothing", async () => {
    await downloadsFrom(hub, modelsDir).pull();
    expect(
      hub
        .files()
        .filter(({ host }) => host === "hub")
        .every(({ path }) => path.includes(`/resolve/${sha}/`)),
    ).toBe(true);
  });

  it("is refused for a config.json that only fills the memory", async () => {
    await serve({ files: { ...paperFiles(), "config.json": Buffer.alloc(9 * 2 ** 20, "{},") } });
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({
      state: "failed",
      reason: { code: "unprocessable", message: expect.stringContaining("no model's has as many") },
    });
  });

  it("of an encoder becomes an embedding model", async () => {
    const files = {
      ...paperFiles(),
      "config.json": Buffer.from('{"model_type":"bert","max_position_embeddings":512,"hidden_size":384}'),
    };
    await serve({ files, info: { pipeline_tag: undefined } });
    await downloadsFrom(hub, modelsDir).pull();
    expect(await found()).toMatchObject([{ task: "embedding", dimensions: 384, context: 512 }]);
  });
});

describe("a cut connection", () => {
  it("is taken up where it ended, and the whole is verified", async () => {
    hub.faults.set(graph, { cutAt: 0.6, times: 1 });
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({ state: "done" });
    expect(fetched(graph).map(({ range }) => range)).toEqual([undefined, "bytes=180000-"]);
    expect(fetched(graph)[1]?.ifRange).toBe(`"${sha256Of(paperFiles()[graph] as Buffer)}"`);
    expect(await found()).toHaveLength(1);
  });

  it("that stays cut fails with the reason, keeps what is there and is no model; resuming completes it", async () => {
    hub.faults.set(graph, { cutAt: 0.6 });
    const { downloads, pull } = downloadsFrom(hub, modelsDir);
    const failed = await pull();
    expect(failed).toMatchObject({ state: "failed", verifiedFiles: 4, reason: { code: "unavailable" } });
    expect(failed.reason?.message).toContain("ended after 180000 of 300000 bytes");
    expect(statSync(partial(`${graph}.part`)).size).toBe(180_000);
    expect(await found()).toEqual([]);
    hub.faults.clear();
    await downloads.resume(name);
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
    expect(fetched(graph).at(-1)?.range).toBe("bytes=180000-");
    expect(await found()).toHaveLength(1);
  });

  it("is resumed by the next process, and one that was paused stays paused", async () => {
    hub.faults.set(graph, { holdAt: 150_000 });
    const first = downloadsFrom(hub, modelsDir);
    await first.downloads.start(await first.plan());
    await until(async () => (await first.downloads.get(name)).bytes > 150_000);
    await first.downloads.close();
    hub.faults.clear();
    const second = downloadsFrom(hub, modelsDir);
    expect(await second.downloads.list()).toMatchObject([
      { state: "paused", reason: { code: "unavailable" } },
    ]);
    await second.downloads.recover();
    expect(await second.downloads.ended(name)).toMatchObject({ state: "done" });
    expect(fetched(graph).at(-1)?.range).toBe("bytes=150000-");

    hub.faults.set("onnx/model.onnx", { holdAt: 10_000 });
    const { name: other } = await second.downloads.start(await second.plan({ dtype: "fp32" }));
    await until(async () => (await second.downloads.get(other)).bytes > 10_000);
    expect(await second.downloads.pause(other)).toMatchObject({ state: "paused" });
    await second.downloads.close();
    const third = downloadsFrom(hub, modelsDir);
    await third.downloads.recover();
    expect(await third.downloads.list()).toMatchObject([{ name: other, state: "paused" }]);
  });

  it("and whose files ended the process that looked into them waits for a person", async () => {
    const journal = join(modelsDir, ".partial", name, "journal.json");
    let whileChecked = "";
    onPublished(() => {
      whileChecked = readFileSync(journal, "utf8");
    });
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({ state: "done" });
    onPublished(() => undefined);
    // The disk as it was in the moment before.
    mkdirSync(join(modelsDir, ".partial", name), { recursive: true });
    renameSync(join(modelsDir, name), partial(""));
    rmSync(partial("tessera.json"));
    writeFileSync(journal, whileChecked);
    hub.calls.length = 0;
    const { downloads } = downloadsFrom(hub, modelsDir);
    await downloads.recover();
    expect(await downloads.ended(name)).toMatchObject({
      state: "failed",
      reason: { message: expect.stringContaining("ended while it looked into the files") },
    });
    expect(await found()).toEqual([]);
    await downloads.resume(name);
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
    expect(hub.calls).toEqual([]);
    expect(await found()).toHaveLength(1);
  });

  it("at a hub that ignores ranges begins anew and ends right", async () => {
    hub.faults.set(graph, { cutAt: 0.6, times: 1 });
    const { downloads, pull } = downloadsFrom(hub, modelsDir, { retryDelaysMs: [] });
    expect(await pull()).toMatchObject({ state: "failed" });
    hub.faults.set(graph, { ignoresRanges: true });
    await downloads.resume(name);
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
    expect(await found()).toHaveLength(1);
  });

  it("at a hub that ignores ranges and always cuts ends in a failure, not in a loop", async () => {
    hub.faults.set(graph, { cutAt: 0.6, ignoresRanges: true });
    expect(await downloadsFrom(hub, modelsDir).pull()).toMatchObject({ state: "failed" });
    expect(fetched(graph).length).toBeLessThan(8);
  });

  it("where the hub has no rest (416) begins anew", async () => {
    hub.faults.set(graph, { cutAt: 0.6, times: 1 });
    const { downloads, pull } = downloadsFrom(hub, modelsDir, { retryDelaysMs: [] });
    await pull();
    hub.faults.set(graph, { status: 416, times: 1 });
    const again = downloadsFrom(hub, modelsDir);
    await downloads.close();
    await again.downloads.resume(name);
    expect(await again.downloads.ended(name)).toMatchObject({ state: "done" });
    expect(fetched(graph).map(({ range }) => range)).toEqual([undefined, "bytes=180000-", undefined]);
  });
});

describe("content that is not the announced one", () => {
  it("is refused by its sha256 and not kept, while the good files are", async () => {
    const wrong = Buffer.alloc(300_000, 7);
    hub.faults.set(graph, { content: wrong });
    const { downloads, pull } = downloadsFrom(hub, modelsDir);
    const failed = await pull();
    expect(failed).toMatchObject({ state: "failed", verifiedFiles: 4, reason: { code: "unprocessable" } });
    expect(failed.reason?.message).toContain(`sha256 ${sha256Of(wrong).slice(0, 12)}… instead of`);
    expect(statSync(partial(`${graph}.part`)).size).toBe(0);
    expect(fetched(graph)).toHaveLength(1);
    expect(await found()).toEqual([]);
    hub.faults.clear();
    const before = hub.files().length;
    await downloads.resume(name);
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
    expect(
      hub
        .files()
        .slice(before)
        .every(({ path }) => path.includes("model_q4")),
    ).toBe(true);
  });

  it("of a small file is refused by git's hash", async () => {
    hub.faults.set("config.json", {
      content: Buffer.from(paperFiles()["config.json"]?.toString().replace("640", "641") ?? ""),
    });
    const failed = await downloadsFrom(hub, modelsDir).pull();
    expect(failed.reason?.message).toMatch(
      /config\.json did not match its hash \(git hash [0-9a-f]{12}… instead/,
    );
  });

  it("in a part that a crash left is fetched anew once", async () => {
    hub.faults.set(graph, { cutAt: 0.6, times: 1 });
    const { downloads, pull } = downloadsFrom(hub, modelsDir, { retryDelaysMs: [] });
    await pull();
    const torn = readFileSync(partial(`${graph}.part`));
    torn.fill(0, 100_000, 110_000);
    writeFileSync(partial(`${graph}.part`), torn);
    await downloads.resume(name);
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
    expect(fetched(graph).map(({ range }) => range)).toEqual([undefined, "bytes=180000-", undefined]);
  });

  it.each([
    ["announces another length", { length: 1_000_000 }],
    ["is longer than the list says", { content: Buffer.alloc(400_000), length: false as const }],
    ["is longer, with its length", { content: Buffer.alloc(400_000) }],
    ["comes compressed", { headers: { "content-encoding": "gzip" } }],
  ])("is refused when it %s", async (_, fault) => {
    hub.faults.set(graph, fault);
    const failed = await downloadsFrom(hub, modelsDir).pull();
    expect(failed).toMatchObject({ state: "failed", reason: { code: "unprocessable" } });
    expect(statSync(partial(`${graph}.part`)).size).toBeLessThanOrEqual(300_000);
    expect(await found()).toEqual([]);
  });

  it("is refused when another part comes than was asked for", async () => {
    hub.faults.set(graph, { cutAt: 0.6, times: 1 });
    const { downloads, pull } = downloadsFrom(hub, modelsDir, { retryDelaysMs: [] });
    await pull();
    hub.faults.set(graph, { headers: { "content-range": "bytes 0-299999/300000" } });
    await downloads.resume(name);
    expect((await downloads.ended(name)).reason?.message).toContain("another part");
  });
});

describe("two at once", () => {
  it("of one model are one download", async () => {
    const { downloads, plan } = downloadsFrom(hub, modelsDir);
    const plans = await Promise.all([plan(), plan(), plan()]);
    await Promise.all(plans.map((each) => downloads.start(each)));
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
    expect(fetched(graph)).toHaveLength(1);
    await expect(downloads.start(await plan())).rejects.toMatchObject({ code: "conflict" });
  });

  it("in two processes are one download: the second is told, and sees how far the first is", async () => {
    hub.faults.set(graph, { holdAt: 100_000 });
    const first = downloadsFrom(hub, modelsDir);
    const second = downloadsFrom(hub, modelsDir);
    await first.downloads.start(await first.plan());
    await until(async () => (await first.downloads.get(name)).bytes > 100_000);
    await expect(second.downloads.start(await second.plan())).rejects.toMatchObject({
      code: "conflict",
      message: "Another process is fetching pebble-q4 now.",
    });
    expect(await second.downloads.list()).toMatchObject([{ state: "running", elsewhere: true }]);
    await expect(second.downloads.pause(name)).rejects.toMatchObject({ code: "conflict" });
    await expect(second.downloads.discard(name)).rejects.toMatchObject({ code: "conflict" });
    await first.downloads.close();
  });

  it("take turns: what one process paused another goes on with, and the first sees it", async () => {
    hub.faults.set(graph, { holdAt: 100_000 });
    const first = downloadsFrom(hub, modelsDir);
    const second = downloadsFrom(hub, modelsDir);
    await first.downloads.start(await first.plan());
    await until(async () => (await first.downloads.get(name)).bytes > 100_000);
    await first.downloads.pause(name);
    await second.downloads.resume(name);
    await until(async () => (await first.downloads.get(name)).elsewhere === true);
    expect(await first.downloads.get(name)).toMatchObject({ state: "running" });
    await second.downloads.pause(name);
    expect(await first.downloads.get(name)).toMatchObject({ state: "paused" });
    hub.faults.clear();
    await first.downloads.resume(name);
    expect(await first.downloads.ended(name)).toMatchObject({ state: "done" });
  });

  it("of which one is an import are told apart, and the download leaves nothing", async () => {
    const { downloads, plan, pull } = downloadsFrom(hub, modelsDir);
    const held = await holdPartial(modelsDir, name);
    await expect(downloads.start(await plan())).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("A model called pebble-q4 is being imported now."),
    });
    expect(await downloads.list()).toEqual([]);
    await held.release();
    expect(await pull()).toMatchObject({ state: "done" });
  });

  it("run, and a third waits its turn", async () => {
    hub.faults.set(graph, { holdAt: 100_000 });
    hub.faults.set("onnx/model.onnx", { holdAt: 100_000 });
    const { downloads, plan } = downloadsFrom(hub, modelsDir);
    await downloads.start(await plan());
    await downloads.start(await plan({ dtype: "fp32" }));
    await downloads.start(await plan({ name: "third" }));
    await until(async () => (await downloads.list()).filter(({ state }) => state === "running").length === 2);
    expect(await downloads.get("third")).toMatchObject({ state: "queued" });
    hub.faults.clear();
    await downloads.discard(name);
    expect(existsSync(join(modelsDir, ".partial", name))).toBe(false);
    expect(await downloads.ended("third")).toMatchObject({ state: "done" });
    await downloads.close();
  });
});

describe("a disk that gets full", () => {
  it("stops the download with the reason before the last of it is used, and it goes on once there is room", async () => {
    let free = 1e12;
    hub.faults.set(graph, { cutAt: 0.6, times: 1 });
    const { downloads, plan } = downloadsFrom(hub, modelsDir, {
      freeBytes: () => free,
      retryDelaysMs: [300],
    });
    await downloads.start(await plan());
    await until(async () => (await downloads.get(name)).bytes > 180_000);
    free = 1e6;
    expect(await downloads.ended(name)).toMatchObject({ state: "failed", reason: { code: "disk_full" } });
    expect(await found()).toEqual([]);
    free = 1e12;
    await downloads.resume(name);
    expect(await downloads.ended(name)).toMatchObject({ state: "done" });
  });
});

describe("a folder of partial downloads", () => {
  it("is cleared of what has no journal, or whose model is there already", async () => {
    mkdirSync(join(modelsDir, ".partial", "left", "files"), { recursive: true });
    await downloadsFrom(hub, modelsDir).pull();
    mkdirSync(join(modelsDir, ".partial", name), { recursive: true });
    await downloadsFrom(hub, modelsDir).downloads.recover();
    expect(readdirSync(join(modelsDir, ".partial"))).toEqual([]);
  });
});
