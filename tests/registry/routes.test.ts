import { beforeEach, describe, expect, it } from "vitest";
import { PUT as MOVE, DELETE as REMOVE } from "@/app/api/models/registry/[id]/aliases/[alias]/route";
import { POST as UNDO } from "@/app/api/models/registry/[id]/aliases/[alias]/undo/route";
import { GET as MOVES } from "@/app/api/models/registry/[id]/aliases/route";
import { GET as ONE, PATCH } from "@/app/api/models/registry/[id]/route";
import { GET as USAGE } from "@/app/api/models/registry/[id]/usage/route";
import {
  POST as ASK,
  PATCH as DECIDE,
} from "@/app/api/models/registry/[id]/versions/[number]/approval/route";
import { GET as CARD } from "@/app/api/models/registry/[id]/versions/[number]/card/route";
import { POST as LICENSE } from "@/app/api/models/registry/[id]/versions/[number]/license/route";
import { POST as METRICS } from "@/app/api/models/registry/[id]/versions/[number]/metrics/route";
import { PATCH as VERSION } from "@/app/api/models/registry/[id]/versions/[number]/route";
import { POST as ADD } from "@/app/api/models/registry/[id]/versions/route";
import { POST as IMPORT } from "@/app/api/models/registry/imports/route";
import { GET as BY_NAME } from "@/app/api/models/registry/model/route";
import { GET as RESOLVE } from "@/app/api/models/registry/resolve/route";
import { POST as CREATE, GET as LIST } from "@/app/api/models/registry/route";
import type { Context } from "@/lib/auth/server";
import type { RegisteredModel } from "@/lib/registry";
import { onnxGraphOf } from "../models/graphs";
import { zipOf } from "../models/zips";
import { anotherContext, apiRequest, testKey } from "../support/context";
import { connect, freshRegistry, serve, versioned } from "./support";

type Handler = (request: Request, segment?: { params: Promise<never> }) => Promise<Response>;
type Options = NonNullable<Parameters<typeof apiRequest>[1]>;

const base = "/api/models/registry";
let admin: Context;
let member: Context;
let dataDir: string;
let desk: RegisteredModel;

beforeEach(async () => {
  ({ admin, dataDir } = await freshRegistry());
  member = await anotherContext();
  desk = await versioned(admin, dataDir, 2);
});

async function call(handler: unknown, path: string, options: Options, params: object = {}) {
  const request = await apiRequest(base + path, options);
  const response = await (handler as Handler)(request, { params: Promise.resolve(params as never) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

/** Every route of the registry that changes something, with a body that it takes. */
const changes: [string, unknown, Options, object][] = [
  ["create", CREATE, { body: { name: "other", servedAs: "pebble-2m" } }, {}],
  ["change", PATCH, { body: { revision: 1, description: "x" }, method: "PATCH" }, {}],
  ["add a version", ADD, { body: { servedAs: "pebble-2m" } }, {}],
  ["tag a version", VERSION, { body: { tags: { a: "b" } }, method: "PATCH" }, { number: "1" }],
  ["accept a licence", LICENSE, { method: "POST" }, { number: "1" }],
  ["record metrics", METRICS, { body: { source: "x", metrics: [{ name: "a", value: 1 }] } }, { number: "1" }],
  ["move an alias", MOVE, { body: { version: 1, from: null }, method: "PUT" }, { alias: "champion" }],
  ["remove an alias", REMOVE, { body: { from: 1 }, method: "DELETE" }, { alias: "champion" }],
  ["undo a move", UNDO, { body: { move: "1" } }, { alias: "champion" }],
];

describe("the routes of the registry", () => {
  it.each(changes)(
    "refuse a member who wants to %s, and nobody at all",
    async (_, handler, options, params) => {
      const all = { id: desk.id, ...params };
      expect((await call(handler, "/x", options, all)).status).toBe(401);
      expect((await call(handler, "/x", { ...options, as: member }, all)).status).toBe(403);
    },
  );

  it.each(changes.filter(([what]) => what !== "accept a licence"))(
    "refuse unknown fields in the body to %s",
    async (_, handler, options, params) => {
      const body = { ...(options.body as object), ownerIsMe: true };
      const { status } = await call(
        handler,
        "/x",
        { ...options, body, as: admin },
        { id: desk.id, ...params },
      );
      expect(status).toBe(422);
    },
  );

  it.each(changes.filter(([what]) => what !== "create"))(
    "do not know a model that is not there, to %s",
    async (_, handler, options, params) => {
      for (const as of [admin, member]) {
        const { status, body } = await call(handler, "/x", { ...options, as }, { id: "mdl_none", ...params });
        expect([status, body.error.message]).toEqual([404, "There is no such registered model."]);
      }
    },
  );

  it("refuse a change from another site's page", async () => {
    const request = await apiRequest(`${base}/${desk.id}/aliases/champion`, {
      as: admin,
      method: "PUT",
      body: { version: 1, from: null },
      headers: { origin: "https://elsewhere.example" },
    });
    const params = { id: desk.id, alias: "champion" };
    expect((await MOVE(request, { params: Promise.resolve(params) })).status).toBe(403);
  });

  it("list, look up by name and resolve for everybody signed in, also by key", async () => {
    await connect(admin, "hosted", ["org/large"]);
    const key = await testKey(member);
    const name = "hosted/org/large";
    expect((await call(LIST, "?q=hosted&origin=connection", { key })).body).toMatchObject({
      total: 1,
      models: [{ name }],
    });
    expect((await call(BY_NAME, `/model?name=${encodeURIComponent(name)}`, { key })).body).toMatchObject({
      name,
    });
    await call(
      MOVE,
      "/x",
      { as: admin, method: "PUT", body: { version: 2, from: null } },
      { id: desk.id, alias: "champion" },
    );
    expect((await call(RESOLVE, "/resolve?name=desk&alias=champion", { key })).body).toMatchObject({
      model: "desk",
      version: { number: 2, servedAs: "desk-2" },
    });
    expect((await call(RESOLVE, "/resolve?name=desk&alias=other", { key })).status).toBe(404);
    expect((await call(RESOLVE, "/resolve?name=desk", { key })).status).toBe(422);
    expect((await call(RESOLVE, "/resolve?name=desk&alias=champion&version=1", { key })).status).toBe(422);
    expect((await call(LIST, "?state=broken", { key })).status).toBe(422);
    expect((await call(LIST, "?q=a&q=b", { key })).status).toBe(422);
    for (const [handler, params] of [
      [ONE, {}],
      [MOVES, {}],
      [USAGE, {}],
      [CARD, { number: "1" }],
    ] as const) {
      expect((await call(handler, "/x", { as: member }, { id: desk.id, ...params })).status).toBe(200);
      expect((await call(handler, "/x", {}, { id: desk.id, ...params })).status).toBe(401);
    }
  });

  it("answer a change with the model as it is now, and a request for approval to anybody", async () => {
    const at = { id: desk.id };
    expect(
      await call(
        PATCH,
        "/x",
        { as: admin, method: "PATCH", body: { revision: desk.revision, tags: { a: "b" } } },
        at,
      ),
    ).toMatchObject({ status: 200, body: { tags: { a: "b" }, revision: desk.revision + 1 } });
    expect(await call(ADD, "/x", { as: admin, body: { servedAs: "pebble-2m" } }, at)).toMatchObject({
      status: 201,
      body: { versions: [{ number: 3 }, { number: 2 }, { number: 1 }] },
    });
    const version = { id: desk.id, number: "1" };
    expect((await call(ASK, "/x", { as: member, body: {} }, version)).status).toBe(200);
    expect(
      (await call(DECIDE, "/x", { as: member, method: "PATCH", body: { state: "approved" } }, version))
        .status,
    ).toBe(403);
    expect(
      (await call(DECIDE, "/x", { as: admin, method: "PATCH", body: { state: "approved" } }, version)).body
        .versions[2],
    ).toMatchObject({ approvals: [{ state: "approved" }] });
    for (const number of ["x", "0", "1e3", "-1", "1.5"]) {
      expect((await call(LICENSE, "/x", { as: admin, method: "POST" }, { ...version, number })).status).toBe(
        404,
      );
    }
  });
});

describe("an uploaded archive", () => {
  const text = (value: object) => Buffer.from(JSON.stringify(value));
  const archive = () =>
    zipOf([
      { path: "config.json", data: text({ model_type: "llama" }) },
      { path: "tokenizer.json", data: text({}) },
      { path: "tokenizer_config.json", data: text({}) },
      { path: "onnx/model_q4.onnx", data: onnxGraphOf(2_000) },
    ]);

  async function upload(bytes: Buffer, query: string, as?: Context) {
    const { headers } = await apiRequest(base, { method: "POST", ...(as ? { as } : {}) });
    headers.set("content-type", "application/zip");
    headers.set("content-length", String(bytes.length));
    const request = new Request(`http://127.0.0.1:3000${base}/imports?${query}`, {
      method: "POST",
      headers,
      body: new Uint8Array(bytes),
    });
    const response = await IMPORT(request);
    return { status: response.status, body: await response.json() };
  }

  it("becomes version 1 of a model of its name, or the next version of the one that is named", async () => {
    const bytes = archive();
    expect(await upload(bytes, "file=Paper.zip&license=MIT", admin)).toMatchObject({
      status: 201,
      body: { name: "paper-q4", version: 1, bytes: bytes.length },
    });
    expect(await upload(bytes, `file=again.zip&model=${desk.id}`, admin)).toMatchObject({
      status: 201,
      body: { name: "desk", version: 3 },
    });
    const { body } = await call(LIST, "", { as: admin });
    const found = (body.models as { name: string }[]).map(({ name }) => name);
    expect(found).toContain("paper-q4");
    // What became a version of another model is none of its own beside it.
    expect(found).not.toContain("again-q4");
  });

  it("is for administrators alone, and its query is checked before it is read", async () => {
    expect((await upload(archive(), "file=a.zip")).status).toBe(401);
    expect((await upload(archive(), "file=a.zip", member)).status).toBe(403);
    expect((await upload(archive(), "file=a.zip&name=registry", admin)).status).toBe(422);
    expect((await upload(archive(), "file=a.zip&path=/etc", admin)).status).toBe(422);
    expect((await upload(archive(), "file=a.zip&model=mdl_none", admin)).status).toBe(404);
  });

  it("that is refused leaves no version behind", async () => {
    const bytes = archive();
    const refused = await upload(bytes.subarray(0, bytes.length - 5), `file=a.zip&model=${desk.id}`, admin);
    expect(refused).toMatchObject({ status: 422, body: { error: { details: [{ path: "file" }] } } });
    expect((await call(ONE, "/x", { as: admin }, { id: desk.id })).body.versions).toHaveLength(2);
    serve(dataDir, "after-it");
    expect((await call(BY_NAME, "/model?name=after-it", { as: admin })).status).toBe(200);
  });
});
