import { beforeEach, describe, expect, it } from "vitest";
import { GET as COUNTS } from "@/app/api/audit/counts/route";
import { GET as EXPORT } from "@/app/api/audit/export/route";
import { GET } from "@/app/api/audit/route";
import type { AuditPage } from "@/lib/audit-log";
import type { Context } from "@/lib/auth/server";
import type { CatalogObject } from "@/lib/catalog";
import { anotherContext, apiRequest, cookieOf, grantTo, testContext } from "../support/context";
import { grant, makeSchema, put, rowsAbout } from "./support";

let admin: Context;
let keeper: Context;
let reader: Context;
let schema: CatalogObject;
let table: CatalogObject;
beforeEach(async () => {
  admin = await testContext({ role: "admin" });
  keeper = await anotherContext({ name: "Rolf" });
  reader = await anotherContext({ name: "Noor" });
  schema = await makeSchema(admin, "desk");
  table = await put(admin, schema.id, "tickets");
  await grantTo("all_users", schema.id, "USE SCHEMA");
  await grant(admin, table.id, keeper.actor.userId, "MANAGE");
  await grant(admin, table.id, reader.actor.userId, "SELECT");
});

async function ask(as: Context, query: string, route = GET, path = "/api/audit"): Promise<Response> {
  const headers = { cookie: await cookieOf(as) };
  return route(await apiRequest(`${path}?${query}`, { headers }), { params: Promise.resolve({}) });
}
const rows = async (as: Context, query = `securable=${table.id}`) =>
  ((await (await ask(as, query)).json()) as AuditPage).events;

describe("the history of an object", () => {
  it("is shown whole to whoever may manage it, without where others came from", async () => {
    const theirs = await rows(keeper);
    const whole = await rows(admin);
    expect(theirs.map(({ action_name }) => action_name)).toEqual(
      whole.slice(-theirs.length).map(({ action_name }) => action_name),
    );
    expect(theirs.filter(({ action_name }) => action_name === "updatePermissions")).toHaveLength(2);
    expect(theirs.map(({ user_identity }) => user_identity.email)).toContain(admin.actor.email);
    expect(theirs.every((row) => row.source_ip_address === "" && row.user_agent === "")).toBe(true);
    expect(theirs.every(({ session_id }) => session_id === null)).toBe(true);
    expect(whole.some(({ source_ip_address }) => source_ip_address !== "")).toBe(true);
  });

  it("leaves a row about the object itself when it was read", async () => {
    await rows(keeper);
    await expect
      .poll(async () => (await rowsAbout(table.id)).at(-1))
      .toMatchObject({
        actionName: "findAuditEvents",
        userId: keeper.actor.userId,
        securableName: table.fullName,
      });
  });

  it("is refused to whoever may only use it, and of anything else", async () => {
    expect((await ask(reader, `securable=${table.id}`)).status).toBe(403);
    expect((await ask(keeper, `securable=${schema.id}`)).status).toBe(403);
    expect((await ask(keeper, "securable=tbl_none")).status).toBe(403);
    expect((await ask(keeper, `object=${table.fullName}`)).status).toBe(403);
    expect((await rows(reader, `securable=${table.id}&mine=1`)).map((row) => row.user_identity)).toEqual([]);
  });

  it("opens neither counts nor exports of others' rows", async () => {
    const query = `securable=${table.id}`;
    expect((await ask(keeper, query, COUNTS, "/api/audit/counts")).status).toBe(403);
    expect((await ask(keeper, query, EXPORT, "/api/audit/export")).status).toBe(403);
  });
});
