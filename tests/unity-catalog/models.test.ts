import { beforeEach, describe, expect, it } from "vitest";
import { DELETE, GET, PATCH } from "@/app/api/2.1/unity-catalog/models/[name]/route";
import {
  DELETE as DELETE_VERSION,
  GET as VERSION,
} from "@/app/api/2.1/unity-catalog/models/[name]/versions/[version]/route";
import { GET as LIST, POST } from "@/app/api/2.1/unity-catalog/models/route";
import { POST as POST_VERSION } from "@/app/api/2.1/unity-catalog/models/versions/route";
import { currentPolicy } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { registryFilter } from "@/lib/registry";
import { findModels, getModelByName, startRegistry } from "@/lib/registry/server";
import { grant, makeSchema } from "../catalog/support";
import { freshRegistry, serve } from "../registry/support";
import { anotherContext, apiRequest, testKey } from "../support/context";

type Handler = (request: Request, segment: { params: Promise<never> }) => Promise<Response>;

let world: Awaited<ReturnType<typeof freshRegistry>>;
let admin: Context;
let member: Context;
const keys = new Map<Context, string>();

interface Call {
  body?: unknown;
  params?: object;
  method?: string;
  query?: string;
  as?: Context;
}

async function call(handler: unknown, { body, params = {}, method, query = "", as = admin }: Call) {
  const request = await apiRequest(`/api/2.1/unity-catalog/models${query}`, {
    key: keys.get(as) ?? "",
    ...(body === undefined ? {} : { body }),
    ...(method ? { method } : {}),
  });
  const response = await (handler as Handler)(request, { params: Promise.resolve(params as never) });
  return { status: response.status, body: await response.json() };
}

const place = { catalog_name: "main", schema_name: "desk" };
const full = { name: "main.desk.triage" };
const create = () => call(POST, { body: { ...place, name: "triage", comment: "Sorts tickets" } });

beforeEach(async () => {
  world = await freshRegistry();
  admin = world.admin;
  serve(world.dataDir, "pebble-desk");
  member = await anotherContext({ email: "mo@example.org" });
  for (const each of [admin, member]) keys.set(each, await testKey(each));
  await startRegistry();
  await makeSchema(admin, "desk");
});

describe("registered models through Unity Catalog's interface", () => {
  it("begin empty in the schema that is named, and get what is served as a version", async () => {
    const made = await create();
    expect(made).toMatchObject({
      status: 200,
      body: { ...place, name: "triage", full_name: full.name, comment: "Sorts tickets" },
    });
    expect(await call(GET, { params: full })).toEqual(made);
    const query = "?catalog_name=main&schema_name=desk";
    expect((await call(LIST, { query })).body.registered_models).toEqual([made.body]);
    expect((await getModelByName(admin, "triage")).versions).toEqual([]);
    const body = { ...place, model_name: "triage", source: "pebble-desk" };
    const version = await call(POST_VERSION, { body });
    expect(version).toMatchObject({
      status: 200,
      body: { model_name: "triage", version: 1, source: "pebble-desk", status: "READY" },
    });
    const named = { ...full, version: "1" };
    expect(await call(VERSION, { params: named })).toEqual(version);
    const gone = { ...body, source: "nothing-here" };
    expect((await call(POST_VERSION, { body: gone })).status).toBe(400);
  });

  it("are described, renamed and given away", async () => {
    await create();
    const body = { new_name: "sorter", comment: "b", owner: "mo@example.org" };
    const changed = await call(PATCH, { body, params: full, method: "PATCH" });
    expect(changed.body).toMatchObject({
      full_name: "main.desk.sorter",
      comment: "b",
      owner: "mo@example.org",
    });
    // The registry says the same of it.
    expect(await getModelByName(admin, "sorter")).toMatchObject({
      id: changed.body.id,
      description: "b",
      owner: { id: member.actor.userId },
    });
  });

  it("take a name once, and only where models may be made", async () => {
    await create();
    expect((await create()).status).toBe(409);
    const body = { ...place, name: "mine" };
    expect((await call(POST, { body, as: member })).status).toBe(404);
    const elsewhere = { ...body, schema_name: "default" };
    expect((await call(POST, { body: elsewhere, as: member })).status).toBe(403);
    expect((await call(POST, { body: { ...body, name: "a b" } })).status).toBe(400);
  });

  it("do not take over a model that comes later under their name", async () => {
    const { dataDir } = world;
    await grant(admin, "sch_default", member.actor.userId, "CREATE MODEL");
    const body = { catalog_name: "main", schema_name: "default", name: "squatted" };
    const mine = await call(POST, { body, as: member });
    expect(mine.status).toBe(200);
    serve(dataDir, "squatted", { description: "Came later." });
    const models = (await findModels(admin, registryFilter.parse({ q: "squatted" }))).models;
    expect(models.map(({ name, versions }) => [name, versions])).toEqual([
      ["squatted", 0],
      ["squatted-2", 1],
    ]);
    const policy = await currentPolicy();
    expect(policy.calledNode("squatted")).toMatchObject({ name: "squatted-2", ownerId: "admins" });
    // Looking again registers nothing more.
    expect((await findModels(admin, registryFilter.parse({ q: "squatted" }))).total).toBe(2);
  });

  it("are deleted with versions only when it is meant, and a version before them", async () => {
    await create();
    await call(POST_VERSION, { body: { ...place, model_name: "triage", source: "pebble-desk" } });
    const refused = await call(DELETE, { params: full, method: "DELETE" });
    expect([refused.status, (await call(GET, { params: full })).status]).toEqual([400, 200]);
    const named = { ...full, version: "1" };
    const answers = [
      await call(DELETE_VERSION, { params: { ...full, version: "2" }, method: "DELETE" }),
      await call(DELETE, { params: full, method: "DELETE", query: "?force=true" }),
      await call(GET, { params: full }),
      await call(VERSION, { params: named }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 404, 404]);
  });
});
