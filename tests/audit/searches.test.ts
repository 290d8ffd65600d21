import { beforeEach, expect, it } from "vitest";
import { DELETE, PATCH } from "@/app/api/audit/searches/[id]/route";
import { GET, POST } from "@/app/api/audit/searches/route";
import { findSavedSearches } from "@/lib/audit-log/server";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import { anotherContext, apiRequest, testContext } from "@/tests/support/context";

let ana: Context;
let ben: Context;

beforeEach(async () => {
  ana = await testContext();
  ben = await anotherContext();
});

const save = async (name: string, as = ana) =>
  POST(await apiRequest("/api/audit/searches", { as, body: { name, filter: { outcome: "refused" } } }));
const at = (id: string) => ({ params: Promise.resolve({ id }) });
const rename = async (id: string, name: string, as = ana) =>
  PATCH(await apiRequest("/api/audit/searches/x", { method: "PATCH", as, body: { name } }), at(id));
const remove = async (id: string, as = ana) =>
  DELETE(await apiRequest("/api/audit/searches/x", { method: "DELETE", as }), at(id));

it("keeps filters by name for the person who saved them", async () => {
  const { id } = await (await save("Refusals")).json();
  await save("All");
  expect(await (await GET(await apiRequest("/api/audit/searches", { as: ana }))).json()).toEqual([
    expect.objectContaining({ name: "All" }),
    { id, name: "Refusals", filter: { outcome: "refused" } },
  ]);
  expect(await findSavedSearches(ben)).toEqual([]);
  expect((await rename(id, "Denied")).status).toBe(200);
  expect((await findSavedSearches(ana)).map(({ name }) => name)).toEqual(["All", "Denied"]);
  expect((await remove(id)).status).toBe(204);
  expect((await findSavedSearches(ana)).map(({ name }) => name)).toEqual(["All"]);
  const { prisma } = await db();
  expect(
    (await prisma.auditEvent.findMany({ orderBy: { seq: "asc" } })).map((row) => row.actionName),
  ).toEqual(["saveSearch", "saveSearch", "updateSearch", "deleteSearch"]);
});

it("refuses a name that is taken, and gives two people the same one", async () => {
  const { id } = await (await save("One")).json();
  await save("Two");
  expect((await save("One")).status).toBe(409);
  expect((await rename(id, "Two")).status).toBe(409);
  expect((await save("One", ben)).status).toBe(200);
});

it("does not tell another person that a search exists", async () => {
  const { id } = await (await save("Mine")).json();
  expect((await rename(id, "Yours", ben)).status).toBe(404);
  expect((await remove(id, ben)).status).toBe(404);
  expect((await remove("aus_none", ana)).status).toBe(404);
  expect(await findSavedSearches(ana)).toHaveLength(1);
});

it("refuses unknown fields and strangers", async () => {
  const post = async (body: unknown, as?: Context) =>
    (await POST(await apiRequest("/api/audit/searches", { as, body }))).status;
  expect(await post({ name: "a", filter: { userId: "usr" } }, ana)).toBe(422);
  expect(await post({ name: "a", filter: {}, ownerId: ben.actor.userId }, ana)).toBe(422);
  expect(await post({ name: " ", filter: {} }, ana)).toBe(422);
  expect(await post({ name: "a", filter: {} })).toBe(401);
});
