import { beforeEach, describe, expect, it } from "vitest";
import { GET as CATALOG, DELETE as DROP, PATCH } from "@/app/api/2.1/unity-catalog/catalogs/[name]/route";
import { GET as CATALOGS, POST as CREATE } from "@/app/api/2.1/unity-catalog/catalogs/route";
import { GET as EFFECTIVE } from "@/app/api/2.1/unity-catalog/effective-permissions/[securable_type]/[full_name]/route";
import {
  PATCH as GRANT,
  GET as PERMISSIONS,
} from "@/app/api/2.1/unity-catalog/permissions/[securable_type]/[full_name]/route";
import { POST as CREATE_SCHEMA } from "@/app/api/2.1/unity-catalog/schemas/route";
import { DELETE as DROP_TABLE, GET as TABLE } from "@/app/api/2.1/unity-catalog/tables/[name]/route";
import { POST as CREATE_TABLE, GET as TABLES } from "@/app/api/2.1/unity-catalog/tables/route";
import { POST as CREATE_VOLUME } from "@/app/api/2.1/unity-catalog/volumes/route";
import type { Context } from "@/lib/auth/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

type Options = NonNullable<Parameters<typeof apiRequest>[1]>;
type Handler = (request: Request, segment?: { params: Promise<never> }) => Promise<Response>;

const base = "/api/2.1/unity-catalog";
let admin: Context;
let member: Context;
let key: string;
beforeEach(async () => {
  admin = await testContext({ role: "admin", email: "ada@example.org" });
  member = await anotherContext({ email: "mo@example.org" });
  key = await testKey(admin);
});

async function call(handler: unknown, path: string, options: Options = {}, params: object = {}) {
  const request = await apiRequest(
    base + path,
    "as" in options || "key" in options ? options : { key, ...options },
  );
  const response = await (handler as Handler)(request, { params: Promise.resolve(params as never) });
  return { status: response.status, body: await response.json() };
}

const columns = [
  { name: "id", type_name: "LONG", type_text: "bigint", position: 0, nullable: false },
  { name: "label", type_name: "STRING", type_text: "string", position: 1 },
];
const table = {
  name: "tickets",
  catalog_name: "sales",
  schema_name: "desk",
  table_type: "EXTERNAL",
  data_source_format: "DELTA",
  storage_location: "s3://bucket/tickets",
  columns,
};

async function desk() {
  await call(CREATE, "/catalogs", { body: { name: "sales", comment: "Sold", properties: { team: "a" } } });
  await call(CREATE_SCHEMA, "/schemas", { body: { name: "desk", catalog_name: "sales" } });
  return call(CREATE_TABLE, "/tables", { body: table });
}

describe("Unity Catalog's interface", () => {
  it("shows a catalog in its shape: names as owners, times in milliseconds", async () => {
    const before = Date.now();
    const made = await call(CREATE, "/catalogs", {
      body: { name: "sales", comment: "Sold", properties: { team: "a" } },
    });
    expect(made).toMatchObject({
      status: 200,
      body: {
        name: "sales",
        comment: "Sold",
        properties: { team: "a" },
        owner: "ada@example.org",
        created_by: "ada@example.org",
      },
    });
    expect(made.body.created_at).toBeGreaterThanOrEqual(before - 1);
    expect(await call(CATALOG, "/catalogs/sales", {}, { name: "sales" })).toEqual(made);
    const renamed = await call(
      PATCH,
      "/catalogs/sales",
      { method: "PATCH", body: { new_name: "deals", comment: "b", owner: "mo@example.org" } },
      { name: "sales" },
    );
    expect(renamed.body).toMatchObject({
      name: "deals",
      comment: "b",
      owner: "mo@example.org",
      id: made.body.id,
    });
  });

  it("pages through a list by a token that ends with the last page", async () => {
    for (const name of ["a", "b", "c"]) await call(CREATE, "/catalogs", { body: { name } });
    const names: string[] = [];
    let token = "";
    for (let pages = 1; ; pages += 1) {
      const { body } = await call(CATALOGS, `/catalogs?max_results=2&page_token=${token}`);
      names.push(...body.catalogs.map(({ name }: { name: string }) => name));
      expect(body.catalogs.length).toBeLessThanOrEqual(2);
      if (!body.next_page_token) {
        expect(pages).toBe(2);
        break;
      }
      token = body.next_page_token;
    }
    expect(names).toEqual(["a", "b", "c", "main"]);
    expect((await call(CATALOGS, "/catalogs?page_token=%21")).body.error_code).toBe("INVALID_ARGUMENT");
  });

  it("keeps a table's columns and gives them back", async () => {
    expect(await desk()).toMatchObject({ status: 200, body: { ...table, owner: "ada@example.org" } });
    const found = await call(TABLE, "/tables/x", {}, { name: "sales.desk.tickets" });
    expect(found.body).toMatchObject(table);
    expect(found.body.table_id).toMatch(/^obj_/);
    const listed = await call(TABLES, "/tables?catalog_name=sales&schema_name=desk");
    expect(listed.body).toEqual({ tables: [found.body] });
    expect((await call(DROP_TABLE, "/x", { method: "DELETE" }, { name: "sales.desk.tickets" })).status).toBe(
      200,
    );
    expect((await call(TABLE, "/x", {}, { name: "sales.desk.tickets" })).status).toBe(404);
  });

  it("answers failures in its form and with its codes", async () => {
    await desk();
    const twice = await call(CREATE, "/catalogs", { body: { name: "SALES" } });
    expect(twice).toMatchObject({ status: 409, body: { error_code: "ALREADY_EXISTS", details: [] } });
    const full = await call(DROP, "/catalogs/sales", { method: "DELETE" }, { name: "sales" });
    expect(full).toMatchObject({ status: 400, body: { error_code: "FAILED_PRECONDITION" } });
    const wrong = [
      await call(CREATE, "/catalogs", { body: { name: "a.b" } }),
      await call(CREATE, "/catalogs", { body: { name: "x", owner: "me" } }),
      await call(CREATE_TABLE, "/tables", { body: { ...table, name: "u", storage_location: undefined } }),
      await call(CREATE_TABLE, "/tables", {
        body: { ...table, name: "u", columns: [...columns, ...columns] },
      }),
      await call(PERMISSIONS, "/x", {}, { securable_type: "share", full_name: "a" }),
    ];
    for (const answer of wrong) {
      expect(answer).toMatchObject({ status: 400, body: { error_code: "INVALID_ARGUMENT" } });
    }
    expect(await call(CATALOG, "/catalogs/none", {}, { name: "none" })).toMatchObject({
      status: 404,
      body: { error_code: "NOT_FOUND" },
    });
    expect(await call(CATALOGS, "/catalogs", { headers: { authorization: "Bearer no" } })).toMatchObject({
      status: 401,
      body: { error_code: "UNAUTHENTICATED" },
    });
    const mine = await call(CREATE, "/catalogs", { as: member, body: { name: "mine" } });
    expect(mine).toMatchObject({ status: 403, body: { error_code: "PERMISSION_DENIED" } });
    const gone = await call(DROP, "/catalogs/sales?force=true", { method: "DELETE" }, { name: "sales" });
    expect(gone).toEqual({ status: 200, body: {} });
  });

  it("grants and revokes in either spelling, and says what is inherited from where", async () => {
    await desk();
    const at = { securable_type: "catalog", full_name: "sales" };
    const granted = await call(
      GRANT,
      "/x",
      {
        method: "PATCH",
        body: { changes: [{ principal: "mo@example.org", add: ["USE_CATALOG", "USE SCHEMA", "SELECT"] }] },
      },
      at,
    );
    expect(granted.status).toBe(200);
    const [assignment] = granted.body.privilege_assignments;
    expect(assignment.principal).toBe("mo@example.org");
    expect(assignment.privileges.sort()).toEqual(["SELECT", "USE_CATALOG", "USE_SCHEMA"]);
    expect((await call(TABLE, "/x", { as: member }, { name: "sales.desk.tickets" })).status).toBe(200);
    const on = { securable_type: "table", full_name: "sales.desk.tickets" };
    expect((await call(PERMISSIONS, "/x", {}, on)).body).toEqual({ privilege_assignments: [] });
    expect((await call(EFFECTIVE, "/x", {}, on)).body.privilege_assignments).toEqual([
      {
        principal: "mo@example.org",
        privileges: [{ privilege: "SELECT", inherited_from_type: "CATALOG", inherited_from_name: "sales" }],
      },
    ]);
    const open = await call(
      PERMISSIONS,
      "/x",
      { key, headers: { "user-agent": "OpenAPI-Generator/0.7.0/python" } },
      at,
    );
    expect(open.body.privilege_assignments[0].privileges).toContain("USE CATALOG");
    await call(
      GRANT,
      "/x",
      { method: "PATCH", body: { changes: [{ principal: "mo@example.org", remove: ["SELECT"] }] } },
      at,
    );
    expect((await call(TABLE, "/x", { as: member }, { name: "sales.desk.tickets" })).status).toBe(404);
    const nobody = { changes: [{ principal: "nobody@example.org", add: ["SELECT"] }] };
    expect((await call(GRANT, "/x", { method: "PATCH", body: nobody }, at)).status).toBe(404);
  });

  it("makes a volume where the caller may, and nowhere else", async () => {
    await desk();
    const volume = { name: "files", catalog_name: "sales", schema_name: "desk", volume_type: "MANAGED" };
    expect((await call(CREATE_VOLUME, "/volumes", { as: member, body: volume })).status).toBe(404);
    expect((await call(CREATE_VOLUME, "/volumes", { body: volume })).body).toMatchObject({
      ...volume,
      full_name: "sales.desk.files",
    });
    expect((await call(CREATE_VOLUME, "/volumes", { body: volume })).status).toBe(409);
  });
});
