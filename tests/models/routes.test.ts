import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { POST as LOAD } from "@/app/api/models/[name]/load/route";
import { DELETE as DELETE_MODEL } from "@/app/api/models/[name]/route";
import { POST as PAUSE } from "@/app/api/models/downloads/[name]/pause/route";
import { POST as RESUME } from "@/app/api/models/downloads/[name]/resume/route";
import { DELETE as DISCARD } from "@/app/api/models/downloads/[name]/route";
import { GET as LIST, POST as START } from "@/app/api/models/downloads/route";
import { GET as HUB, PATCH as SET_HUB } from "@/app/api/models/hub/route";
import { POST as IMPORT } from "@/app/api/models/imports/route";
import { GET as LOCAL } from "@/app/api/models/local/route";
import { POST as CHECK } from "@/app/api/models/repository/route";
import { defaultSchemaId } from "@/lib/access";
import type { Context } from "@/lib/auth/server";
import { dropSingle } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import type { Download, LocalModels } from "@/lib/models";
import { startModels, stopModels } from "@/lib/models/server";
import { hubAccess } from "@/lib/models/service/hub";
import { anotherContext, apiRequest, grantTo, testContext } from "../support/context";
import { testFolder } from "../support/folder";
import { type FakeHub, sha, startHub } from "./hub";
import { paperFiles, until } from "./support";

const graph = "onnx/model_q4.onnx";
const name = "pebble-q4";
const token = "hf_0123456789abcdefWXYZ";
let hub: FakeHub;
let admin: Context;
let member: Context;
let dataDir: string;

beforeEach(async () => {
  dataDir = testFolder();
  Object.assign(process.env, { DATA_DIR: dataDir, ALLOW_PRIVATE_HOSTS: "127.0.0.1" });
  for (const each of ["core.safe-dispatcher", "inference.manifests", "models.downloads"]) dropSingle(each);
  admin = await testContext({ role: "admin" });
  member = await anotherContext();
  await grantTo(member.actor.userId, defaultSchemaId, "EXECUTE");
  hub = await startHub({ files: paperFiles() });
  await setHub({ address: hub.address });
});
afterEach(async () => {
  await stopModels();
  await hub.close();
});

type Handler = (request: Request, segment?: { params: Promise<never> }) => Promise<Response>;

async function call(
  handler: unknown,
  path: string,
  options: Parameters<typeof apiRequest>[1],
  param?: string,
) {
  const segment = param === undefined ? undefined : { params: Promise.resolve({ name: param } as never) };
  const response = await (handler as Handler)(await apiRequest(path, options), segment);
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

const setHub = (body: object, as: Context | undefined = admin) =>
  call(SET_HUB, "/api/models/hub", { method: "PATCH", body, as });
const start = (body: object = {}, as: Context | undefined = admin) =>
  call(START, "/api/models/downloads", { body: { repository: hub.repository, dtype: "q4", ...body }, as });
const act = (handler: unknown, param = name, as: Context | undefined = admin, method = "POST") =>
  call(handler, `/api/models/downloads/${param}`, { method, as }, param);
const list = async () => (await call(LIST, "/api/models/downloads", { as: admin })).body as Download[];
const local = async () => (await call(LOCAL, "/api/models/local", { as: admin })).body as LocalModels;
const isIn = (state: Download["state"]) => async () => (await list())[0]?.state === state;
const actions = async () => {
  const rows = await (await db()).prisma.auditEvent.findMany({
    where: { serviceName: "models" },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ actionName, requestParams }) => ({ action: actionName, ...(requestParams as object) }));
};

describe("a download over the API", () => {
  it("runs in the background, becomes a model, and can be deleted", async () => {
    const started = await start();
    expect(started).toMatchObject({ status: 200, body: { name, repository: hub.repository, files: 5 } });
    await until(isIn("done"));
    const { models, freeBytes } = await local();
    const model = models.find((each) => each.name === name);
    expect(model).toMatchObject({ origin: "downloaded", dtype: "q4", source: { revision: sha } });
    expect(model?.bytes).toBeGreaterThan(300_000);
    expect(model).not.toHaveProperty("parameters");
    expect(freeBytes).toBeGreaterThan(0);
    expect((await start()).status).toBe(409);
    expect(
      (await call(DELETE_MODEL, `/api/models/${name}`, { method: "DELETE", as: admin }, name)).status,
    ).toBe(204);
    expect(existsSync(join(dataDir, "models", name))).toBe(false);
    expect((await local()).models.map((each) => each.name)).not.toContain(name);
    expect(await list()).toEqual([]);
  });

  it("is paused, resumed and discarded, each with its audit row", async () => {
    hub.faults.set(graph, { holdAt: 150_000 });
    await start();
    await until(async () => ((await list())[0]?.bytes ?? 0) > 150_000);
    expect(await act(PAUSE)).toMatchObject({ status: 200, body: { state: "paused" } });
    expect((await act(PAUSE)).status).toBe(409);
    expect((await local()).partialBytes).toBeGreaterThan(150_000);
    expect((await act(RESUME)).status).toBe(200);
    await until(isIn("running"));
    expect((await act(DISCARD, name, admin, "DELETE")).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await act(RESUME)).status).toBe(404);
    expect((await actions()).slice(1)).toMatchObject([
      { action: "startDownload", name, hub: hub.address, repository: hub.repository, sha, dtype: "q4" },
      { action: "pauseDownload", name },
      { action: "pauseDownload", name },
      { action: "resumeDownload", name },
      { action: "discardDownload", name },
    ]);
  });

  it("that was asked for again goes on where it stopped", async () => {
    hub.faults.set(graph, { holdAt: 150_000 });
    await start();
    await until(async () => ((await list())[0]?.bytes ?? 0) > 150_000);
    await act(PAUSE);
    hub.faults.clear();
    expect((await start()).status).toBe(200);
    await until(isIn("done"));
    expect(hub.calls.at(-1)?.range).toBe("bytes=150000-");
  });

  it("goes on when the next process starts", async () => {
    hub.faults.set(graph, { holdAt: 150_000 });
    await start();
    await until(async () => ((await list())[0]?.bytes ?? 0) > 150_000);
    await stopModels();
    hub.faults.clear();
    await startModels();
    await until(isIn("done"));
  });

  it("is not begun where its name is taken, the room is too little or the hub says no", async () => {
    expect((await start({ name: "pebble-2m" })).status).toBe(409);
    await setHub({ quotaBytes: 1000 });
    expect(await start()).toMatchObject({
      status: 409,
      body: { error: { message: expect.stringContaining("Models may take 1.0 kB") } },
    });
    await setHub({ quotaBytes: null });
    expect(await start({ repository: "desk/none" })).toMatchObject({
      status: 422,
      body: { error: { details: [{ path: "repository" }] } },
    });
    expect(await list()).toEqual([]);
    expect(existsSync(join(dataDir, "models"))).toBe(false);
    await hub.close();
    expect(await start()).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
    hub = await startHub({ files: paperFiles() });
  });

  it.each([
    { repository: "../up" },
    { repository: "a/b/c" },
    { repository: "a/.." },
    { repository: "https://huggingface.co/a/b" },
    { dtype: "q9" },
    { revision: "../main" },
    { name: "../x" },
    { name: "downloads" },
    { folder: "/" },
  ])("is refused with 422 for %j", async (body) => {
    expect((await start(body)).status).toBe(422);
    expect(hub.calls).toEqual([]);
  });
});

describe("who may", () => {
  it("is answered 401 without a session, and a member may list but change nothing", async () => {
    hub.faults.set(graph, { holdAt: 150_000 });
    await start();
    const calls: [unknown, string, Parameters<typeof apiRequest>[1], string?][] = [
      [START, "/api/models/downloads", { body: { repository: hub.repository } }],
      [PAUSE, "/api/models/downloads/x/pause", { method: "POST" }, name],
      [RESUME, "/api/models/downloads/x/resume", { method: "POST" }, name],
      [DISCARD, "/api/models/downloads/x", { method: "DELETE" }, name],
      [DELETE_MODEL, "/api/models/x", { method: "DELETE" }, "pebble-2m"],
      [IMPORT, "/api/models/imports", { body: { folder: "/tmp" } }],
      [CHECK, "/api/models/repository", { body: { repository: "a/b" } }],
      [HUB, "/api/models/hub", {}],
      [SET_HUB, "/api/models/hub", { method: "PATCH", body: {} }],
    ];
    const asked = hub.calls.length;
    for (const [handler, path, options, param] of calls) {
      expect([path, (await call(handler, path, options, param)).status]).toEqual([path, 401]);
      expect([path, (await call(handler, path, { ...options, as: member }, param)).status]).toEqual([
        path,
        403,
      ]);
    }
    expect(hub.calls.filter(({ path }) => path.startsWith("/api/")).length).toBeLessThanOrEqual(asked);
    for (const [handler, path] of [
      [LIST, "/api/models/downloads"],
      [LOCAL, "/api/models/local"],
    ] as const) {
      expect((await call(handler, path, {})).status).toBe(401);
      expect((await call(handler, path, { as: member })).status).toBe(200);
    }
  });

  it("cannot tell a name that is none from a model that is not there", async () => {
    for (const wrong of ["..", "a/b", "%2e%2e", "none", "UPPER"]) {
      expect((await call(DELETE_MODEL, "/api/models/x", { method: "DELETE", as: admin }, wrong)).status).toBe(
        404,
      );
      expect((await act(RESUME, wrong)).status).toBe(404);
    }
  });

  it("load a model with the right to run it, and are told why it cannot be", async () => {
    const load = (param: string, as?: Context) =>
      call(LOAD, `/api/models/${param}/load`, { method: "POST", as }, param);
    expect((await load("pebble-2m")).status).toBe(401);
    for (const wrong of ["none", ".."]) expect((await load(wrong, member)).status).toBe(404);
    process.env.TESSERA_WORKERS_DIR = join(dataDir, "no-workers");
    dropSingle("inference.onnx");
    const { status, body } = await load("pebble-2m", member);
    delete process.env.TESSERA_WORKERS_DIR;
    expect([status, body.error.message]).toEqual([503, expect.stringContaining("not built")]);
  });

  it("cannot delete what is built in", async () => {
    for (const builtIn of ["pebble-2m", "grain-embed"]) {
      const { status, body } = await call(
        DELETE_MODEL,
        "/api/models/x",
        { method: "DELETE", as: admin },
        builtIn,
      );
      expect([status, body.error.message]).toEqual([409, expect.stringContaining("is built in")]);
    }
  });
});

describe("the hub's settings", () => {
  it("keep the token sealed and show its end alone", async () => {
    expect(await setHub({ token })).toMatchObject({
      status: 200,
      body: { address: hub.address, tokenLast4: "WXYZ" },
    });
    const { body } = await call(HUB, "/api/models/hub", { as: admin });
    expect(body).toEqual({ address: hub.address, tokenLast4: "WXYZ", quotaBytes: null });
    const rows = await (await db()).prisma.setting.findMany();
    expect(JSON.stringify([rows, await actions()])).not.toContain(token.slice(3, 15));
    expect((await hubAccess()).token).toBe(token);
    await start();
    await until(isIn("done"));
    expect(hub.calls.find(({ host }) => host === "hub")?.authorization).toBe(`Bearer ${token}`);
    await setHub({ token: null });
    expect((await hubAccess()).token).toBeUndefined();
  });

  it("let go of the token when the address changes, and never send it to another one", async () => {
    await setHub({ token });
    expect((await hubAccess("http://other.example")).token).toBeUndefined();
    expect((await setHub({ address: "https://hub.example" })).body).toMatchObject({ tokenLast4: null });
    expect((await setHub({ address: hub.address })).body).toMatchObject({ tokenLast4: null });
    expect((await actions()).map((row) => (row as { credential?: string }).credential)).toEqual([
      "kept",
      "replaced",
      "removed",
      "kept",
    ]);
  });

  it.each([
    { address: "huggingface.co" },
    { address: "ftp://hub.example" },
    { address: "https://user:pw@hub.example" },
    { address: "https://hub.example/?x=1" },
    { token: "two words" },
    { quotaBytes: -1 },
    { other: 1 },
  ])("refuse %j", async (body) => {
    expect((await setHub(body)).status).toBe(422);
  });

  it("reach a private address only where the machine's owner allowed it", async () => {
    await setHub({ address: "http://10.0.0.1" });
    const { status, body } = await call(CHECK, "/api/models/repository", {
      body: { repository: "a/b" },
      as: admin,
    });
    expect([status, body.error.message]).toEqual([
      422,
      expect.stringContaining("ALLOW_PRIVATE_HOSTS=10.0.0.1:80"),
    ]);
  });
});

describe("a check", () => {
  it("tells what the repository has, in true sizes, and is on record", async () => {
    const { status, body } = await call(CHECK, "/api/models/repository", {
      body: { repository: hub.repository },
      as: admin,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sha,
      gated: false,
      license: "unknown",
      variants: [{ dtype: "q4", name }, { dtype: "fp32" }],
    });
    expect((await actions()).at(-1)).toMatchObject({ action: "checkRepository", repository: hub.repository });
  });
});

describe("an import", () => {
  function folder(files = paperFiles(), base = join(testFolder(), "My Model")): string {
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), bytes);
    }
    return base;
  }
  const put = (body: object, as = admin) => call(IMPORT, "/api/models/imports", { body, as });

  it("copies a folder's model under a name of its own", async () => {
    const from = folder();
    expect(await put({ folder: from, dtype: "q4" })).toMatchObject({
      status: 200,
      body: { name: "my-model-q4", origin: "imported", context: 640 },
    });
    expect((await put({ folder: from, dtype: "q4" })).status).toBe(409);
    expect((await put({ folder: from, dtype: "fp32", name: "paper" })).body).toMatchObject({ name: "paper" });
    expect((await actions()).filter(({ action }) => action === "importModel")).toHaveLength(2);
    expect(existsSync(join(dataDir, "models/.partial/my-model-q4"))).toBe(false);
  });

  it("says what is missing, and asks where there is a choice", async () => {
    expect((await put({ folder: folder() })).body.error.details).toEqual([
      { path: "dtype", message: expect.stringContaining("several graphs: q4, fp32") },
    ]);
    const { "tokenizer.json": _, ...rest } = paperFiles();
    expect((await put({ folder: folder(rest), dtype: "q4" })).body.error.message).toContain(
      "has no tokenizer.json",
    );
    expect((await put({ folder: join(dataDir, "none") })).status).toBe(422);
    expect((await put({ folder: "relative" })).status).toBe(422);
    expect((await put({ folder: folder({}, join(testFolder(), "empty")) })).status).toBe(422);
    expect(
      (await put({ folder: folder({ ...paperFiles(), "config.json": Buffer.from("no") }), dtype: "q4" }))
        .status,
    ).toBe(422);
    expect((await local()).models.every(({ origin }) => origin === "built-in")).toBe(true);
  });

  it("refuses a link that leads out of the folder", async () => {
    const from = folder();
    writeFileSync(join(dataDir, "secret.json"), "{}");
    symlinkSync(join(dataDir, "secret.json"), join(from, "generation_config.json"));
    expect(await put({ folder: from, dtype: "q4" })).toMatchObject({
      status: 422,
      body: { error: { message: "generation_config.json leads out of the folder." } },
    });
  });

  it("refuses the folder of models itself", async () => {
    await start();
    await until(isIn("done"));
    expect((await put({ folder: join(dataDir, "models", name), name: "copy" })).status).toBe(422);
  });
});
