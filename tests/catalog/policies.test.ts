import { beforeEach, describe, expect, it } from "vitest";
import { type Context, deleteGroup } from "@/lib/auth/server";
import {
  type CatalogObject,
  type PolicyCreation,
  policyChange,
  policyCreation,
  schemaObjectCreation,
  tagChange,
} from "@/lib/catalog";
import {
  changeTags,
  createInSchema,
  createPolicy,
  deletePolicy,
  dropObject,
  explainReading,
  getDropPreview,
  getPolicies,
  restoreObject,
  updatePolicy,
} from "@/lib/catalog/server";
import { db } from "@/lib/db/server";
import { anotherContext, testContext } from "../support/context";
import { group } from "./rights";
import { grant, makeSchema, rowsAbout } from "./support";

let admin: Context;
let noor: Context;
let sales: CatalogObject;
let customers: CatalogObject;
let redact: CatalogObject;
let inRegion: CatalogObject;

const make = (kind: "table" | "function", name: string, details: object) =>
  createInSchema(admin, sales.id, schemaObjectCreation.parse({ kind, name, details }));
const routine = (name: string, count: number, type = "STRING") =>
  make("function", name, {
    input_params: { parameters: Array.from({ length: count }, (_, i) => ({ name: `a${i}`, position: i })) },
    data_type: type,
  });
const tagged = (id: string, part: string, set: Record<string, string>) =>
  changeTags(admin, id, tagChange.parse({ part, set }));

beforeEach(async () => {
  admin = await testContext({ role: "admin", name: "Mira" });
  noor = await anotherContext({ name: "Noor" });
  sales = await makeSchema(admin, "sales");
  customers = await make("table", "customers", {
    columns: ["id", "email", "region"].map((name) => ({ name, type_name: "STRING" })),
  });
  redact = await routine("redact", 1);
  inRegion = await routine("in_region", 2, "BOOLEAN");
  await tagged(customers.id, "email", { pii: "email" });
  await tagged(customers.id, "region", { geo: "region" });
  await grant(admin, sales.id, noor.actor.userId, "USE SCHEMA", "SELECT");
});

const mask = (more: Partial<PolicyCreation> = {}, definition: object = {}) =>
  policyCreation.parse({
    name: "hide_pii",
    to: ["all_users"],
    definition: {
      type: "column_mask",
      match: [{ alias: "secret", condition: "hasTag('pii')" }],
      functionId: redact.id,
      onColumn: "secret",
      ...definition,
    },
    ...more,
  });
const filter = (definition: object = {}) =>
  policyCreation.parse({
    name: "own_region",
    to: [noor.actor.userId],
    definition: {
      type: "row_filter",
      match: [{ alias: "region", condition: "hasTagValue('geo', 'region')" }],
      functionId: inRegion.id,
      using: [{ alias: "region" }, { constant: "EU" }],
      ...definition,
    },
  });
const maskedFor = async (ctx: Context) =>
  (await explainReading(ctx, customers.id, {})).masks.map(({ column }) => column);

describe("a policy", () => {
  it("is set on a schema, listed there and below, and holds on its tables", async () => {
    const made = await createPolicy(admin, sales.id, mask());
    await createPolicy(admin, customers.id, filter());
    expect(made).toMatchObject({
      on: { fullName: "main.sales" },
      function: { fullName: "main.sales.redact" },
      to: [{ handle: "all_users" }],
      createdBy: { name: "Mira" },
      isInherited: false,
      revision: 1,
    });
    const { entries } = await getPolicies(admin, customers.id);
    expect(entries.map(({ name, isInherited }) => [name, isInherited])).toEqual([
      ["own_region", false],
      ["hide_pii", true],
    ]);
    expect(await explainReading(admin, customers.id, { principal: noor.actor.email })).toMatchObject({
      canRead: true,
      filters: [
        {
          policies: [{ name: "own_region" }],
          function: { name: "in_region" },
          arguments: [{ column: "region" }, { constant: "EU" }],
        },
      ],
      masks: [{ column: "email", function: { name: "redact" }, arguments: [{ column: "email" }] }],
      refusals: [],
    });
    // Owning the table exempts nobody.
    expect(await maskedFor(admin)).toEqual(["email"]);
  });

  it("tells its readers what is masked, and of its name and function only what they may know", async () => {
    await createPolicy(admin, customers.id, mask());
    const own = await explainReading(noor, customers.id, {});
    expect(own.masks).toEqual([
      { column: "email", policies: [], function: null, arguments: [{ column: "email" }] },
    ]);
    await expect(explainReading(noor, customers.id, { principal: admin.actor.email })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(getPolicies(noor, customers.id)).rejects.toMatchObject({ code: "forbidden" });
    await grant(admin, redact.id, noor.actor.userId, "EXECUTE");
    expect((await explainReading(noor, customers.id, {})).masks[0]?.function?.name).toBe("redact");
  });

  it("leaves out whom it excepts, through their groups too", async () => {
    const desk = await group(admin, "desk", [noor.actor.userId]);
    const made = await createPolicy(admin, sales.id, mask({ except: [desk] }));
    expect(await maskedFor(noor)).toEqual([]);
    const { name, definition, comment, revision } = made;
    const next = { name, definition, comment, revision, to: ["all_users"], except: [] };
    await updatePolicy(admin, made.id, policyChange.parse(next));
    expect(await maskedFor(noor)).toEqual(["email"]);
    await expect(updatePolicy(admin, made.id, policyChange.parse(next))).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("follows the tags of columns from the next look on", async () => {
    await createPolicy(admin, sales.id, mask());
    await tagged(customers.id, "id", { pii: "number" });
    expect(await maskedFor(noor)).toEqual(["id", "email"]);
    await changeTags(admin, customers.id, tagChange.parse({ part: "email", remove: ["pii"] }));
    expect(await maskedFor(noor)).toEqual(["id"]);
    await tagged(sales.id, "", { sensitive: "" });
    await createPolicy(admin, customers.id, filter({ when: "hasTag('sensitive')" }));
    expect((await explainReading(noor, customers.id, {})).filters).toHaveLength(1);
  });

  it.each<[string, object, string, RegExp]>([
    [
      "takes fewer arguments",
      { using: [{ constant: "*" }] },
      "unprocessable",
      /takes 1 argument, .* gives 2/,
    ],
    ["is no function", { functionId: "sales" }, "unprocessable", /applies a function/],
    ["is not there", { functionId: "obj_gone" }, "unprocessable", /no such function/],
  ])("is refused where what it applies %s", async (_, definition, code, words) => {
    const asked = mask({}, definition);
    if (asked.definition.functionId === "sales") asked.definition.functionId = sales.id;
    await expect(createPolicy(admin, sales.id, asked)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
    });
    expect((await getPolicies(admin, sales.id)).entries).toEqual([]);
  });

  it("is refused as a row filter whose function does not answer yes or no", async () => {
    const definition = { functionId: redact.id, using: [{ alias: "region" }] };
    await expect(createPolicy(admin, sales.id, filter(definition))).rejects.toThrow(/gives BOOLEAN/);
  });

  it.each<[string, object]>([
    ["a condition that cannot be read", { match: [{ alias: "secret", condition: "hasTag(pii)" }] }],
    ["a mask without a column", { onColumn: null }],
    ["a mask of what is not matched", { onColumn: "other" }],
    ["an argument that is not matched", { using: [{ alias: "other" }] }],
    [
      "two columns under one alias",
      {
        match: [
          { alias: "secret", condition: "TRUE" },
          { alias: "secret", condition: "FALSE" },
        ],
      },
    ],
    ["an unknown field", { sql: "DROP TABLE x" }],
  ])("is refused with %s", (_, definition) => {
    expect(() => mask({}, definition)).toThrow();
  });

  it("is for whoever manages the object and may call the function", async () => {
    await expect(createPolicy(noor, sales.id, mask())).rejects.toMatchObject({ code: "forbidden" });
    await grant(admin, sales.id, noor.actor.userId, "MANAGE");
    await expect(createPolicy(noor, sales.id, mask())).rejects.toMatchObject({ code: "forbidden" });
    await grant(admin, redact.id, noor.actor.userId, "EXECUTE");
    const made = await createPolicy(noor, sales.id, mask());
    await expect(createPolicy(noor, sales.id, mask({ name: "Hide_PII" }))).rejects.toMatchObject({
      code: "conflict",
    });
    const ana = await anotherContext();
    await expect(deletePolicy(ana, made.id)).rejects.toMatchObject({ code: "not_found" });
    await deletePolicy(noor, made.id);
    expect(await maskedFor(noor)).toEqual([]);
    expect((await rowsAbout(sales.id)).slice(-2)).toMatchObject([
      { actionName: "createPolicy", requestParams: { name: "hide_pii", functionId: redact.id } },
      { actionName: "deletePolicy", requestParams: { policyId: made.id } },
    ]);
  });
});

describe("what a policy needs", () => {
  it("is named before it is dropped, and nothing can be read without it", async () => {
    await createPolicy(admin, customers.id, mask());
    expect((await getDropPreview(admin, redact.id)).policies).toEqual(["hide_pii"]);
    expect((await getDropPreview(admin, sales.id)).policies).toEqual(["hide_pii"]);
    await dropObject(admin, redact.id, { force: false });
    expect(await explainReading(admin, customers.id, {})).toMatchObject({
      masks: [],
      refusals: ["The function that the policy hide_pii applies is not there."],
    });
    const told = (await explainReading(noor, customers.id, {})).refusals.join();
    expect(told).toMatch(/lack a function/);
    expect(told).not.toContain("hide_pii");
    expect((await getPolicies(admin, customers.id)).entries[0]?.function).toBeNull();
    await restoreObject(admin, redact.id);
    expect(await maskedFor(noor)).toEqual(["email"]);
  });

  it("is a group that cannot be deleted while a policy is meant for it", async () => {
    const desk = await group(admin, "desk", [noor.actor.userId]);
    const made = await createPolicy(admin, customers.id, mask({ to: [desk] }));
    await expect(deleteGroup(admin, desk)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("hide_pii"),
    });
    expect(await maskedFor(noor)).toEqual(["email"]);
    await deletePolicy(admin, made.id);
    await deleteGroup(admin, desk);
  });

  it("goes and comes back with the object it is set on", async () => {
    await createPolicy(admin, customers.id, mask());
    await dropObject(admin, customers.id, { force: false });
    await restoreObject(admin, customers.id);
    expect(await maskedFor(noor)).toEqual(["email"]);
    const { prisma } = await db();
    expect(await prisma.attributePolicy.count()).toBe(1);
  });
});
