import { beforeEach, describe, expect, it } from "vitest";
import { POST as CREATE_FUNCTION } from "@/app/api/2.1/unity-catalog/functions/route";
import {
  DELETE,
  GET,
  PATCH,
} from "@/app/api/2.1/unity-catalog/policies/[on_securable_type]/[on_securable_fullname]/[name]/route";
import { GET as LIST } from "@/app/api/2.1/unity-catalog/policies/[on_securable_type]/[on_securable_fullname]/route";
import { POST } from "@/app/api/2.1/unity-catalog/policies/route";
import { POST as CREATE_TABLE } from "@/app/api/2.1/unity-catalog/tables/route";
import type { Context } from "@/lib/auth/server";
import { anotherContext, apiRequest, testContext, testKey } from "../support/context";

type Handler = (request: Request, segment: { params: Promise<never> }) => Promise<Response>;

let admin: Context;
let key: string;

async function call(handler: unknown, path: string, body?: unknown, params: object = {}, method?: string) {
  const request = await apiRequest(`/api/2.1/unity-catalog${path}`, {
    key,
    ...(body === undefined ? {} : { body }),
    ...(method ? { method } : {}),
  });
  const response = await (handler as Handler)(request, { params: Promise.resolve(params as never) });
  return { status: response.status, body: await response.json() };
}

const place = { catalog_name: "main", schema_name: "default" };
const info = {
  name: "hide_pii",
  on_securable_type: "SCHEMA",
  on_securable_fullname: "main.default",
  for_securable_type: "TABLE",
  policy_type: "POLICY_TYPE_COLUMN_MASK",
  to_principals: ["all_users"],
  except_principals: ["mo@example.org"],
  when_condition: "hasTag('sensitive')",
  match_columns: [{ alias: "secret", condition: "has_tag_value('pii', 'email')" }],
  column_mask: {
    function_name: "main.default.redact",
    on_column: "secret",
    using: [{ constant: "***" }],
  },
};
const onSchema = { on_securable_type: "schema", on_securable_fullname: "main.default" };
const named = { ...onSchema, name: "hide_pii" };

beforeEach(async () => {
  admin = await testContext({ role: "admin", email: "ada@example.org" });
  await anotherContext({ email: "mo@example.org" });
  key = await testKey(admin);
  const parameter = (name: string, position: number) => ({ name, position, type_name: "STRING" });
  for (const name of ["redact", "redact_again"]) {
    const function_info = {
      ...place,
      name,
      input_params: { parameters: [parameter("value", 0), parameter("with", 1)] },
      data_type: "STRING",
      full_data_type: "STRING",
      routine_body: "SQL",
      routine_definition: "with",
      parameter_style: "S",
      is_deterministic: true,
      sql_data_access: "CONTAINS_SQL",
      is_null_call: false,
      security_type: "DEFINER",
      specific_name: name,
    };
    expect((await call(CREATE_FUNCTION, "/functions", { function_info })).status).toBe(200);
  }
});

describe("policies in Unity Catalog's shapes", () => {
  it("are created, read and listed, by names", async () => {
    const made = await call(POST, "/policies", info);
    expect(made).toMatchObject({
      status: 200,
      body: { ...info, created_by: "ada@example.org", updated_by: "ada@example.org" },
    });
    expect(await call(GET, "/x", undefined, named)).toEqual(made);
    const table = { ...place, name: "people", table_type: "MANAGED", columns: [] };
    await call(CREATE_TABLE, "/tables", table);
    const onTable = { on_securable_type: "TABLE", on_securable_fullname: "main.default.people" };
    expect((await call(LIST, "/x", undefined, onTable)).body).toEqual({ policies: [] });
    const inherited = await call(LIST, "/x?include_inherited=true", undefined, onTable);
    expect(inherited.body).toEqual({ policies: [made.body] });
  });

  it("are listed in pages", async () => {
    for (const name of ["a", "b", "c"]) await call(POST, "/policies", { ...info, name });
    const first = await call(LIST, "/x?max_results=2", undefined, onSchema);
    expect(first.body.policies.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    const path = `/x?max_results=2&page_token=${first.body.next_page_token}`;
    const second = await call(LIST, path, undefined, onSchema);
    expect(second.body.policies.map(({ name }: { name: string }) => name)).toEqual(["c"]);
    expect(second.body.next_page_token).toBeUndefined();
  });

  it("are changed by what the body names, and cleared by what the mask names", async () => {
    await call(POST, "/policies", info);
    const change = { comment: "for the auditors", to_principals: ["mo@example.org"] };
    const changed = await call(PATCH, "/x", change, named, "PATCH");
    expect(changed).toMatchObject({ status: 200, body: { ...info, ...change } });
    const cleared = await call(
      PATCH,
      "/x?update_mask=when_condition,except_principals,column_mask",
      {
        name: "not in the mask",
        column_mask: { ...info.column_mask, function_name: "main.default.redact_again" },
      },
      named,
      "PATCH",
    );
    expect(cleared.body).toMatchObject({
      name: "hide_pii",
      column_mask: { function_name: "main.default.redact_again" },
    });
    expect(cleared.body.when_condition).toBeUndefined();
    expect(cleared.body.except_principals).toBeUndefined();
    const renamed = await call(PATCH, "/x", { name: "hide_all" }, named, "PATCH");
    expect(renamed.body.name).toBe("hide_all");
    expect((await call(GET, "/x", undefined, named)).status).toBe(404);
  });

  it("are deleted once", async () => {
    await call(POST, "/policies", info);
    expect(await call(DELETE, "/x", undefined, named, "DELETE")).toEqual({ status: 200, body: {} });
    expect((await call(DELETE, "/x", undefined, named, "DELETE")).status).toBe(404);
  });

  it.each<[string, object, number, string]>([
    ["of a type that is not offered", { policy_type: "POLICY_TYPE_DENY" }, 400, "INVALID_ARGUMENT"],
    ["on what holds no tables", { on_securable_type: "VOLUME" }, 400, "INVALID_ARGUMENT"],
    ["for other things than tables", { for_securable_type: "MODEL" }, 400, "INVALID_ARGUMENT"],
    [
      "with a filter for a mask",
      { column_mask: undefined, row_filter: { function_name: "f" } },
      400,
      "INVALID_ARGUMENT",
    ],
    ["with a condition that cannot be read", { when_condition: "1 = 1" }, 400, "INVALID_ARGUMENT"],
    ["for somebody unknown", { to_principals: ["nobody"] }, 404, "NOT_FOUND"],
    ["for nobody", { to_principals: [] }, 400, "INVALID_ARGUMENT"],
    ["on what is not there", { on_securable_fullname: "main.gone" }, 404, "NOT_FOUND"],
    [
      "with a function that is not there",
      { column_mask: { ...info.column_mask, function_name: "main.default.gone" } },
      404,
      "NOT_FOUND",
    ],
    ["with a field nobody knows", { sql: "x" }, 400, "INVALID_ARGUMENT"],
  ])("are refused %s", async (_, more, status, code) => {
    const answer = await call(POST, "/policies", { ...info, ...more });
    expect([answer.status, answer.body.error_code]).toEqual([status, code]);
    expect((await call(LIST, "/x", undefined, onSchema)).body).toEqual({ policies: [] });
  });

  it("tell whoever does not manage the place nothing of principals and functions", async () => {
    key = await testKey(await anotherContext({ email: "noor@example.org" }));
    for (const more of [
      {},
      { to_principals: ["nobody"] },
      { column_mask: { ...info.column_mask, function_name: "f" } },
    ]) {
      const answer = await call(POST, "/policies", { ...info, ...more });
      expect([answer.status, answer.body.error_code]).toEqual([403, "PERMISSION_DENIED"]);
    }
  });
});
