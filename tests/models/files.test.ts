import { createHash } from "node:crypto";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { GET, HEAD } from "@/app/api/models/[name]/files/[...path]/route";
import { GET as LIST } from "@/app/api/models/route";
import { defaultSchemaId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import type { ServedModel } from "@/lib/gateway";
import { readRange } from "@/lib/models/byte-range";
import { choicesOf } from "@/lib/playground/client";
import { anotherContext, apiRequest, grantTo, testContext, testKey } from "../support/context";
import { testFolder } from "../support/folder";

const weights = Uint8Array.from({ length: 700_001 }, (_, at) => (at * 31 + (at >> 8)) & 255);
const sha256 = createHash("sha256").update(weights).digest("hex");
const graph = "onnx/model.onnx";
let folder: string;
let member: Context;

beforeEach(async () => {
  const dataDir = testFolder();
  process.env.DATA_DIR = dataDir;
  dropSingle("inference.manifests");
  await testContext({ role: "admin" });
  member = await anotherContext();
  await grantTo(member.actor.userId, defaultSchemaId, "EXECUTE");
  folder = join(dataDir, "models/paper");
  mkdirSync(join(folder, "onnx"), { recursive: true });
  writeFileSync(join(folder, graph), weights);
  writeFileSync(join(folder, "notes.txt"), "not in the manifest");
  writeFileSync(join(dataDir, "secret.json"), "{}");
  symlinkSync(join(dataDir, "secret.json"), join(folder, "config.json"));
  const file = (path: string, size: number) => ({ path, size, sha256 });
  writeFileSync(
    join(folder, "tessera.json"),
    JSON.stringify({
      name: "paper",
      task: "chat",
      description: "",
      license: "none",
      parameters: 1,
      context: 8,
      files: [file(graph, weights.length), file("config.json", 2), file("gone.json", 2)],
    }),
  );
});

type Handler = (request: Request, segment: { params: Promise<never> }) => Promise<Response>;
interface Asked {
  as?: Context | null;
  key?: string;
  method?: string;
  headers?: Record<string, string>;
  name?: string;
}

async function get(path: string, { as = member, key, method = "GET", headers, name = "paper" }: Asked = {}) {
  const request = await apiRequest(`/api/models/${name}/files/${path}`, {
    method,
    key,
    headers,
    ...(as && !key ? { as } : {}),
  });
  const params = Promise.resolve({ name, path: path.split("/") } as never);
  return ((method === "HEAD" ? HEAD : GET) as Handler)(request, { params });
}
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const ranged = (range: string, more: Record<string, string> = {}) =>
  get(graph, { headers: { range, ...more } });

describe("a file of a model", () => {
  it("is given whole, with its hash as ETag, to whoever may run the model", async () => {
    for (const asked of [{}, { key: await testKey(member) }]) {
      const response = await get(graph, asked);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache, no-transform",
        "content-length": String(weights.length),
        "content-type": "application/octet-stream",
        etag: `"${sha256}"`,
      });
      expect(Buffer.compare(await bytesOf(response), weights)).toBe(0);
    }
  });

  it("is given of built-in models too, and so is the manifest", async () => {
    const response = await get("tessera.json", { name: "pebble-2m" });
    const text = readFileSync("public/models/pebble-2m/tessera.json", "utf8");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe(text);
    const etag = `"${createHash("sha256").update(text).digest("hex")}"`;
    expect(response.headers.get("etag")).toBe(etag);
    const again = await get("tessera.json", {
      name: "pebble-2m",
      headers: { "if-none-match": `W/"x", ${etag}` },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("is given in parts", async () => {
    const size = weights.length;
    for (const [range, from, to] of [
      ["bytes=0-0", 0, 1],
      ["bytes=262143-524288", 262_143, 524_289],
      ["bytes=700000-", size - 1, size],
      ["bytes=699000-9999999", 699_000, size],
      ["bytes=-5", size - 5, size],
      ["bytes=-9999999", 0, size],
    ] as const) {
      const response = await ranged(range);
      expect([range, response.status]).toEqual([range, 206]);
      expect(response.headers.get("content-range")).toBe(`bytes ${from}-${to - 1}/${size}`);
      expect(response.headers.get("content-length")).toBe(String(to - from));
      expect(Buffer.compare(await bytesOf(response), weights.subarray(from, to))).toBe(0);
    }
  });

  it("is given whole where the part is of another version or not understood", async () => {
    for (const [range, more] of [
      ["bytes=0-4", { "if-range": `"${"0".repeat(64)}"` }],
      ["bytes=0-4", { "if-range": `W/"${sha256}"` }],
      ["bytes=5-4", {}],
      ["bytes=0-1,4-5", {}],
      ["tiles=0-1", {}],
      ["bytes=-", {}],
    ] as const) {
      const response = await ranged(range, more);
      expect([range, response.status, (await bytesOf(response)).length]).toEqual([
        range,
        200,
        weights.length,
      ]);
    }
    expect((await ranged("bytes=0-4", { "if-range": `"${sha256}"` })).status).toBe(206);
  });

  it("has no part behind its end", async () => {
    for (const range of [`bytes=${weights.length}-`, "bytes=-0"]) {
      const response = await ranged(range);
      expect([response.status, response.headers.get("content-range")]).toEqual([
        416,
        `bytes */${weights.length}`,
      ]);
    }
  });

  it("tells its length and hash without its content", async () => {
    const response = await get(graph, { method: "HEAD", headers: { range: "bytes=0-4" } });
    expect([response.status, response.headers.get("content-length"), response.body]).toEqual([
      200,
      String(weights.length),
      null,
    ]);
    expect(response.headers.get("etag")).toBe(`"${sha256}"`);
  });

  it("is refused with 401 to strangers", async () => {
    for (const method of ["GET", "HEAD"]) expect((await get(graph, { as: null, method })).status).toBe(401);
  });

  it("is answered 404 in the same words, whatever of it does not exist", async () => {
    const answers = await Promise.all([
      get("notes.txt"),
      get("none.json"),
      get("gone.json"),
      // A link out of the folder.
      get("config.json"),
      get("../../secret.json"),
      get("onnx/../../../secret.json"),
      get("onnx"),
      get("onnx\\model.onnx"),
      get("%2e%2e/secret.json"),
      get(graph, { name: "none" }),
      get(graph, { name: "../paper" }),
      get("config.json", { name: "grain-embed" }),
    ]);
    const words = await Promise.all(
      answers.map(async (answer) => {
        const { error } = (await answer.json()) as { error: { code: string; message: string } };
        return [answer.status, error.code, error.message];
      }),
    );
    expect(new Set(words.map(String))).toEqual(new Set(["404,not_found,There is no such model."]));
  });

  it("that was cut on the disk is refused with what it should be", async () => {
    truncateSync(join(folder, graph), 1000);
    const response = await get(graph);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining(sha256)]);
  });

  it("is let go of when nobody reads on", async () => {
    const before = readOpenFiles();
    for (let round = 0; round < 5; round++) {
      const reader = (await get(graph)).body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await get(graph, { method: "HEAD" });
      await ranged("bytes=9999999-");
    }
    expect(readOpenFiles()).toBe(before);
  });
});

/** How many descriptors of this process lead to the model's graph; 0 where the system does not tell. */
function readOpenFiles(): number {
  try {
    return readdirSync("/proc/self/fd").filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).endsWith(graph);
      } catch {
        return false;
      }
    }).length;
  } catch {
    return 0;
  }
}

describe("a model whose size nobody told", () => {
  it("is offered to browsers, and not taken for a small one that may be fetched unasked", async () => {
    const manifest = join(folder, "tessera.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"parameters":1', '"parameters":0'));
    const response = await LIST(await apiRequest("/api/models", { as: member }));
    const models = (await response.json()) as ServedModel[];
    const paper = models.filter(({ id }) => id === "paper");
    expect(paper).toMatchObject([{ inBrowser: true }]);
    expect(paper[0]).not.toHaveProperty("parameters");
    expect(choicesOf(paper).map(({ engine, light }) => [engine, light])).toEqual([
      ["browser", false],
      ["server", false],
    ]);
  });
});

describe("a range", () => {
  it("of an empty file does not exist", () => {
    expect(readRange("bytes=0-", 0)).toBe("none");
    expect(readRange(null, 0)).toBe("whole");
  });
});
