import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { importArchive } from "@/lib/models/server";
import { anotherContext, testContext } from "../support/context";
import { testFolder } from "../support/folder";
import { onnxGraph, onnxGraphOf } from "./graphs";
import { type ZipFile, zipOf } from "./zips";

const text = (value: object) => Buffer.from(JSON.stringify(value));
let admin: Context;
let dataDir: string;

beforeEach(async () => {
  dataDir = testFolder();
  Object.assign(process.env, { DATA_DIR: dataDir });
  for (const each of ["inference.manifests", "models.downloads"]) dropSingle(each);
  admin = await testContext({ role: "admin" });
});

/** The files of a small model, in a folder of the archive or at its top. */
function modelFiles(folder = "", graph = onnxGraphOf(300_000)): ZipFile[] {
  const files = {
    "config.json": text({ model_type: "llama", max_position_embeddings: 640 }),
    "tokenizer.json": text({ version: "1.0" }),
    "tokenizer_config.json": text({ model_max_length: 640 }),
    "README.md": Buffer.from("# Paper\n"),
    "onnx/model_q4.onnx": graph,
  };
  return Object.entries(files).map(([path, data]) => ({ path: folder + path, data }));
}

interface Options {
  announced?: number;
  file?: string;
  dtype?: "q4" | "fp32";
  as?: Context;
}

const put = (archive: Buffer, { announced, file = "Paper.zip", as = admin, ...rest }: Options = {}) =>
  importArchive(
    as,
    { body: new Blob([new Uint8Array(archive)]).stream(), bytes: announced ?? archive.length },
    { file, ...rest },
  );

/** Everything under the folder of models: a refused archive leaves nothing of itself. */
function left(): string[] {
  const models = join(dataDir, "models");
  if (!existsSync(models)) return [];
  return readdirSync(models, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(models.length + 1));
}

async function refusal(archive: Buffer, options: Options = {}): Promise<string> {
  const error = await put(archive, options).then(
    () => new Error("It was taken."),
    (failure: unknown) => failure as Error & { code?: string },
  );
  expect({ left: left(), code: "code" in error ? error.code : error.message }).toEqual({
    left: [],
    code: expect.stringMatching(/^(unprocessable|invalid|too_large|conflict)$/),
  });
  return error.message;
}

describe("an archive", () => {
  it("becomes a model, with the sha256 of what arrived and of every file", async () => {
    const graph = onnxGraphOf(300_000);
    const archive = zipOf([
      { path: "paper/", data: Buffer.alloc(0), mode: 0o40755 },
      ...modelFiles("paper/", graph),
    ]);
    const imported = await put(archive);
    expect(imported).toEqual({
      name: "paper-q4",
      bytes: archive.length,
      sha256: createHash("sha256").update(archive).digest("hex"),
    });
    const folder = join(dataDir, "models/paper-q4");
    expect(readFileSync(join(folder, "onnx/model_q4.onnx"))).toEqual(graph);
    const manifest = JSON.parse(readFileSync(join(folder, "tessera.json"), "utf8"));
    expect(manifest).toMatchObject({ context: 640, license: "unknown", graph: "onnx/model_q4.onnx" });
    expect(manifest.files).toContainEqual({
      path: "onnx/model_q4.onnx",
      size: graph.length,
      sha256: createHash("sha256").update(graph).digest("hex"),
    });
    expect(left().every((path) => path.startsWith("paper-q4/"))).toBe(true);
  });

  it("is taken with stored files, and in the form for more than 4 GiB", async () => {
    const stored = modelFiles().map((file) => ({ ...file, stored: true }));
    expect(await put(zipOf(stored), { file: "stored.zip" })).toMatchObject({ name: "stored-q4" });
    expect(await put(zipOf(modelFiles(), "large"), { file: "large.zip" })).toMatchObject({
      name: "large-q4",
    });
    const large = zipOf(modelFiles(), "large");
    await expect(put(large.subarray(100), { file: "cut.zip" })).rejects.toMatchObject({
      code: "unprocessable",
    });
  });

  it("of a model that is here already is refused and leaves that one alone", async () => {
    await put(zipOf(modelFiles()));
    const before = left();
    await expect(put(zipOf(modelFiles()))).rejects.toMatchObject({ code: "conflict" });
    expect(left()).toEqual(before);
  });

  it("is for administrators, and is refused before it is read", async () => {
    const member = await anotherContext();
    const body = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error("It was read.")) });
    await expect(importArchive(member, { body, bytes: 10 }, { file: "a.zip" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(left()).toEqual([]);
  });

  it("is in the audit log with its name and hash", async () => {
    const { sha256 } = await put(zipOf(modelFiles()));
    const rows = await (await db()).prisma.auditEvent.findMany({ where: { actionName: "importArchive" } });
    expect(rows.map(({ requestParams }) => requestParams)).toEqual([
      expect.objectContaining({ name: "paper-q4", file: "Paper.zip", sha256 }),
    ]);
  });
});

describe("an archive made to do harm is refused before anything is unpacked:", () => {
  it.each([
    "../escape.json",
    "a/../../escape.json",
    "/etc/escape.json",
    "C:/escape.json",
    "C:escape.json",
    "..\\escape.json",
    "a\\b.json",
    "./config.json",
    "a//b.json",
    "a\0.json",
    "",
  ])("a name that leads out, %j", async (path) => {
    expect(await refusal(zipOf([...modelFiles(), { path, data: text({}) }]))).toMatch(
      /names a file outside its folder/,
    );
  });

  it("a name that is harmless in one place and leads out in the other", async () => {
    const [first, ...rest] = modelFiles();
    if (!first) throw new Error("There are files.");
    expect(
      await refusal(zipOf([{ ...first, path: "../../x.json", says: { path: first.path } }, ...rest])),
    ).toMatch(/is called "..\/..\/x.json" in another place/);
  });

  it.each([
    ["a symbolic link", 0o120777],
    ["a device", 0o060600],
    ["a pipe", 0o010600],
  ])("%s", async (_, mode) => {
    const link = { path: "onnx/model_q4.onnx_data", data: Buffer.from("/etc/passwd"), mode, stored: true };
    expect(await refusal(zipOf([...modelFiles(), link]))).toMatch(/is a link or a device, not a file/);
  });

  it("the same file twice, also where only the case differs", async () => {
    const [first] = modelFiles();
    if (!first) throw new Error("There are files.");
    expect(await refusal(zipOf([...modelFiles(), first]))).toMatch(/config.json twice/);
    expect(await refusal(zipOf([...modelFiles(), { ...first, path: "CONFIG.json" }]))).toMatch(/twice/);
  });

  it("a bomb: what grows beyond all measure, and entries that share their bytes", async () => {
    const zeros = Buffer.alloc(100_000_000);
    expect(await refusal(zipOf([...modelFiles(), { path: "big.bin", data: zeros }]))).toMatch(
      /would grow from .* to 100.0? ?MB: weights do not/,
    );
    const shared = modelFiles().map((file, index) => (index === 1 ? { ...file, says: { at: 0 } } : file));
    expect(await refusal(zipOf(shared))).toMatch(/same bytes twice/);
  });

  it("a file that unpacks to more than it announces, and one that is less", async () => {
    const lying = (size: number) =>
      modelFiles().map((file) => (file.path.endsWith(".onnx") ? { ...file, says: { size } } : file));
    expect(await refusal(zipOf(lying(1000)))).toMatch(/unpacks to more than the archive announces/);
    expect(await refusal(zipOf(lying(400_000)))).toMatch(/cannot be unpacked/);
  });

  it("wrong checksums, encryption and ways of packing that are not known", async () => {
    const changed = (says: ZipFile["says"]) =>
      zipOf(modelFiles().map((file) => (file.path === "config.json" ? { ...file, says } : file)));
    expect(await refusal(changed({ crc: 1 }))).toMatch(/cannot be unpacked/);
    expect(await refusal(changed({ flags: 0x801 }))).toMatch(/encrypted/);
    expect(await refusal(changed({ method: 14 }))).toMatch(/packed in a way that is not known/);
  });

  it("too many files", async () => {
    const many = Array.from({ length: 2_001 }, (_, index) => ({ path: `f/${index}`, data: Buffer.alloc(0) }));
    expect(await refusal(zipOf(many))).toMatch(/has 2001 files; 2000 at most/);
  });
});

describe("a graph that no engine should open is refused before one does:", () => {
  const withGraph = (graph: Buffer, more: ZipFile[] = []) => zipOf([...modelFiles("", graph), ...more]);
  const values = Buffer.alloc(64, 1);

  it.each(["../../etc/passwd", "/etc/passwd", "a/b", "..", "weights\\x", "file:///etc/passwd", ""])(
    "external data at %j",
    async (location) => {
      expect(await refusal(withGraph(onnxGraph(values, { location })))).toMatch(/not a file beside it/);
    },
  );

  it("external data that is absent, or shorter than it wants", async () => {
    const graph = onnxGraph(values, { announced: 1_000, location: "model_q4.onnx_data" });
    expect(await refusal(withGraph(graph))).toMatch(/which is not among its files/);
    const short = { path: "onnx/model_q4.onnx_data", data: Buffer.alloc(999) };
    expect(await refusal(withGraph(graph, [short]))).toMatch(/wants 1000 bytes of .*, which has 999/);
    expect(await put(withGraph(graph, [{ ...short, data: Buffer.alloc(1_000) }]))).toBeTruthy();
  });

  it("tensors larger than what holds them, and beyond all measure", async () => {
    expect(await refusal(withGraph(onnxGraph(values, { announced: 65 })))).toMatch(
      /announces a tensor of 65 bytes and holds 64/,
    );
    expect(await refusal(withGraph(onnxGraph(values, { announced: 2 ** 50 })))).toMatch(/announces a tensor/);
  });

  it("what is no graph", async () => {
    expect(await refusal(withGraph(Buffer.from("GGUF, not ONNX")))).toMatch(/ONNX/);
    expect(await refusal(withGraph(onnxGraphOf(4_000).subarray(0, 3_000)))).toMatch(/not a whole ONNX file/);
  });
});

describe("an archive that is not whole", () => {
  it("is refused wherever it was cut", async () => {
    const archive = zipOf(modelFiles("", onnxGraphOf(3_000)));
    const cuts = [0, 1, 21, 22, 100, archive.length >> 1, archive.length - 23, archive.length - 1];
    for (const cut of cuts) await refusal(archive.subarray(0, cut));
  });

  it("is refused when fewer bytes arrive than were announced", async () => {
    const archive = zipOf(modelFiles());
    expect(await refusal(archive, { announced: archive.length + 1 })).toMatch(
      `${archive.length} of ${archive.length + 1} bytes arrived`,
    );
  });

  it("is refused when it is none, has no model, several models or several graphs", async () => {
    expect(await refusal(randomBytes(5_000))).toMatch(/no zip archive/);
    expect(await refusal(zipOf([]))).toMatch(/no config.json/);
    expect(await refusal(zipOf([...modelFiles("a/"), ...modelFiles("b/")]))).toMatch(
      /several models: a\/ and b\//,
    );
    const both = [...modelFiles(), { path: "onnx/model.onnx", data: onnxGraphOf(500) }];
    expect(await refusal(zipOf(both))).toMatch(/several graphs: q4, fp32/);
    expect(await put(zipOf(both), { dtype: "fp32" })).toMatchObject({ name: "paper-fp32" });
  });

  it("with any byte changed is refused or gives exactly the files that were packed", async () => {
    const graph = onnxGraphOf(600);
    const archive = zipOf(modelFiles("", graph));
    let seed = 20_261_121;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed % below;
    };
    let refused = 0;
    for (let round = 0; round < 150; round += 1) {
      const changed = Buffer.from(archive);
      const at = random(changed.length);
      changed.writeUInt8((changed.readUInt8(at) + 1 + random(255)) & 255, at);
      const name = `round-${round}`;
      const taken = await importArchive(
        admin,
        { body: new Blob([new Uint8Array(changed)]).stream(), bytes: changed.length },
        { file: "x.zip", name },
      ).catch((error: { code?: string }) => {
        expect(error.code).toMatch(/^(unprocessable|invalid)$/);
        return undefined;
      });
      const paths = left().filter((path) => path.startsWith(name) || path.startsWith("."));
      if (!taken) {
        refused += 1;
        expect(paths).toEqual([]);
      } else {
        // What is not covered by a checksum are dates and rights, of which nothing is made.
        expect(readFileSync(join(dataDir, "models", name, "onnx/model_q4.onnx"))).toEqual(graph);
      }
    }
    expect(refused).toBeGreaterThan(75);
  });
});
