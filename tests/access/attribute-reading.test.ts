import { describe, expect, it } from "vitest";
import { type AttributedTable, type AttributeRule, inheritTags, resolveReading } from "@/lib/access";
import { Random } from "./model/random";

const column = (name: string, ...tags: string[]) => ({
  name,
  tags: new Map(tags.map((tag) => tag.split("=") as [string, string])),
});
const customers: AttributedTable = {
  pathIds: new Set(["tbl", "sch", "cat", "metastore"]),
  tags: new Map([["domain", "sales"]]),
  columns: [
    column("id"),
    column("email", "pii=email"),
    column("phone", "pii=phone"),
    column("region", "geo=region"),
  ],
};
const rule = (more: Partial<AttributeRule>): AttributeRule => ({
  id: "p1",
  name: "hide_pii",
  securableId: "cat",
  toIds: ["all_users"],
  exceptIds: [],
  type: "column_mask",
  when: null,
  match: [{ alias: "secret", condition: "hasTag('pii')" }],
  functionId: "redact",
  onColumn: "secret",
  using: [],
  ...more,
});
const filter = (more: Partial<AttributeRule> = {}): AttributeRule =>
  rule({
    id: "p2",
    name: "own_region",
    type: "row_filter",
    onColumn: null,
    match: [{ alias: "region", condition: "hasTagValue('geo', 'region')" }],
    functionId: "in_region",
    using: [{ alias: "region" }, { constant: "EU" }],
    ...more,
  });
const noor = new Set(["noor", "support", "all_users"]);
const read = (rules: AttributeRule[], closure = noor, table = customers, gone: string[] = []) => {
  const { filters, masks, refusals } = resolveReading(rules, table, closure, (id) => !gone.includes(id));
  return { filters, masks: Object.fromEntries(masks), refusals };
};

describe("what stands between a table and its reader", () => {
  it("masks every column that matches, each as the function's first argument", () => {
    expect(read([rule({ using: [{ constant: "***" }, { alias: "secret" }] })])).toEqual({
      filters: [],
      masks: {
        email: {
          policyIds: ["p1"],
          functionId: "redact",
          arguments: [{ column: "email" }, { constant: "***" }, { column: "email" }],
        },
        phone: {
          policyIds: ["p1"],
          functionId: "redact",
          arguments: [{ column: "phone" }, { constant: "***" }, { column: "phone" }],
        },
      },
      refusals: [],
    });
  });

  it("filters rows with the columns that match", () => {
    expect(read([filter()]).filters).toEqual([
      { policyIds: ["p2"], functionId: "in_region", arguments: [{ column: "region" }, { constant: "EU" }] },
    ]);
  });

  it.each<[string, Partial<AttributeRule>, boolean]>([
    ["one of their groups is meant", { toIds: ["support"] }, true],
    ["they are meant themselves", { toIds: ["noor"] }, true],
    ["others are meant", { toIds: ["mira", "legal"] }, false],
    ["they are excepted", { exceptIds: ["noor"] }, false],
    ["a group of theirs is excepted", { exceptIds: ["support"] }, false],
    [
      "they are meant by name and their group is excepted",
      { toIds: ["noor"], exceptIds: ["support"] },
      false,
    ],
    ["others are excepted", { exceptIds: ["legal"] }, true],
    ["nobody is meant", { toIds: [] }, false],
    ["it is set on the table", { securableId: "tbl" }, true],
    ["it is set on another schema", { securableId: "sch2" }, false],
    ["the table's tags are as it wants", { when: "hasTagValue('domain', 'sales')" }, true],
    ["the table's tags are others", { when: "hasTagValue('domain', 'people')" }, false],
    ["the table's tags are a column's", { when: "hasTag('pii')" }, false],
    [
      "one of its columns is not there",
      {
        match: [
          { alias: "secret", condition: "hasTag('pii')" },
          { alias: "key", condition: "hasTag('primary')" },
        ],
      },
      false,
    ],
    ["a column's tag is the table's", { match: [{ alias: "secret", condition: "hasTag('domain')" }] }, false],
  ])("holds for a reader where %s: %j is %s", (_, more, holds) => {
    expect(Object.keys(read([rule(more)]).masks)).toEqual(holds ? ["email", "phone"] : []);
  });

  it("adds filters up, and counts the same one once", () => {
    const { filters, refusals } = read([
      filter(),
      filter({ id: "p3", name: "recent", functionId: "is_recent", using: [] }),
      filter({ id: "p4", name: "again", securableId: "tbl" }),
    ]);
    expect(filters.map(({ functionId, policyIds }) => [functionId, policyIds])).toEqual([
      ["in_region", ["p2", "p4"]],
      ["is_recent", ["p3"]],
    ]);
    expect(refusals).toEqual([]);
  });

  it("is nothing at all where two masks of a column differ, and one where they agree", () => {
    const other = rule({ id: "p5", name: "hash_pii", functionId: "hash" });
    expect(read([rule({}), other]).refusals).toEqual([
      "The policies hide_pii and hash_pii mask email in different ways.",
      "The policies hide_pii and hash_pii mask phone in different ways.",
    ]);
    // For whom only one of them holds there is no quarrel.
    expect(read([rule({}), { ...other, toIds: ["legal"] }]).refusals).toEqual([]);
    const agreeing = read([rule({}), rule({ id: "p6", securableId: "sch" })]);
    expect(agreeing.refusals).toEqual([]);
    expect(agreeing.masks.email?.policyIds).toEqual(["p1", "p6"]);
  });

  it("is nothing at all where a function is gone or an argument could be several columns", () => {
    expect(read([rule({})], noor, customers, ["redact"]).refusals).toEqual([
      "The function that the policy hide_pii applies is not there.",
    ]);
    expect(read([rule({})], new Set(["mira"]), customers, ["redact"]).refusals).toEqual([]);
    const unclear = filter({
      match: [{ alias: "region", condition: "hasTag('pii')" }],
    });
    expect(read([unclear]).refusals).toEqual([
      "The policy own_region needs one column as region and finds email, phone.",
    ]);
  });

  it("follows the tags: a column that loses its tag is open again, one that gains it is masked", () => {
    const without = { ...customers, columns: [column("email"), column("id", "pii=id")] };
    expect(Object.keys(read([rule({})], noor, without).masks)).toEqual(["id"]);
  });

  it("takes the nearest of inherited tags", () => {
    const near = new Map([["domain", "sales"]]);
    const far = new Map([
      ["domain", "people"],
      ["tier", "gold"],
    ]);
    expect(Object.fromEntries(inheritTags([near, far]))).toEqual({ domain: "sales", tier: "gold" });
  });
});

/** The same question answered cell by cell, straight from the words of the rules. */
function cellByCell(rules: AttributeRule[], table: AttributedTable, closure: Set<string>) {
  const tagOf = (condition: string) => /'(\w+)'/.exec(condition)?.[1] ?? "";
  const meant = rules
    .filter((each) => table.pathIds.has(each.securableId))
    .filter((each) => each.toIds.some((id) => closure.has(id)))
    .filter((each) => each.exceptIds.every((id) => !closure.has(id)))
    .filter((each) => each.when === null || table.tags.has(tagOf(each.when)))
    .filter((each) =>
      each.match.every(({ condition }) => table.columns.some(({ tags }) => tags.has(tagOf(condition)))),
    );
  const maskedBy = (name: string) => {
    const tags = table.columns.find((each) => each.name === name)?.tags;
    const functions = meant
      .filter((each) => each.type === "column_mask")
      .filter((each) => tags?.has(tagOf(each.match[0]?.condition ?? "")))
      .map((each) => each.functionId);
    return new Set(functions);
  };
  const columns = table.columns.map(({ name }) => [name, maskedBy(name)] as const);
  return {
    filters: new Set(meant.filter((each) => each.type === "row_filter").map((each) => each.functionId)),
    masks: new Map(columns.filter(([, functions]) => functions.size > 0)),
    isRefused: columns.some(([, functions]) => functions.size > 1),
  };
}

it("agrees with an answer found cell by cell, in 3,000 random worlds", () => {
  const random = new Random(29);
  const some = <T>(all: readonly T[], chance: number) => all.filter(() => random.chance(chance));
  const one = <T>(all: readonly T[]) => random.pick(all);
  const tags = ["a", "b", "c"];
  const principals = ["noor", "support", "legal", "all_users"];
  let refused = 0;
  let masked = 0;
  for (let world = 0; world < 3_000; world += 1) {
    const table: AttributedTable = {
      pathIds: new Set(["tbl", "sch", "cat"]),
      tags: new Map(some(tags, 0.5).map((tag) => [tag, ""])),
      columns: ["x", "y", "z"].map((name) => ({
        name,
        tags: new Map(some(tags, 0.4).map((tag) => [tag, ""])),
      })),
    };
    const rules = Array.from({ length: 1 + random.below(5) }, (_, i): AttributeRule => {
      const isMask = random.chance(0.6);
      const match = [{ alias: "it", condition: `hasTag('${one(tags)}')` }];
      return {
        id: `p${i}`,
        name: `p${i}`,
        securableId: one(["tbl", "sch", "cat", "elsewhere"]),
        toIds: some(principals, 0.4),
        exceptIds: some(principals, 0.15),
        type: isMask ? "column_mask" : "row_filter",
        when: random.chance(0.3) ? `hasTag('${one(tags)}')` : null,
        match: isMask || random.chance(0.5) ? match : [],
        functionId: one(["f", "g"]),
        onColumn: isMask ? "it" : null,
        using: [],
      };
    });
    const closure = new Set([...some(principals.slice(0, 3), 0.5), "all_users"]);
    const wanted = cellByCell(rules, table, closure);
    const found = resolveReading(rules, table, closure, () => true);
    expect(new Set(found.filters.map(({ functionId }) => functionId))).toEqual(wanted.filters);
    expect(found.refusals.length > 0).toBe(wanted.isRefused);
    if (wanted.isRefused) refused += 1;
    else {
      const masks = [...found.masks].map(([name, { functionId }]) => [name, new Set([functionId])] as const);
      expect(new Map(masks)).toEqual(wanted.masks);
      masked += masks.length;
    }
    // In whatever order the policies were read.
    expect(resolveReading([...rules].reverse(), table, closure, () => true)).toEqual(found);
  }
  expect(refused).toBeGreaterThan(50);
  expect(masked).toBeGreaterThan(500);
});
