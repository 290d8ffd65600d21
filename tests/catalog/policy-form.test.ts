import { describe, expect, it } from "vitest";
import { argumentText, formatArguments, formOf, policyForm } from "@/components/catalog/policy-form";

describe("arguments as they are typed", () => {
  it.each<[string, object[]]>([
    ["", []],
    ["  ", []],
    ["region", [{ alias: "region" }]],
    ["region , 'EU'", [{ alias: "region" }, { constant: "EU" }]],
    ["'it''s, so', a_1", [{ constant: "it's, so" }, { alias: "a_1" }]],
    ["''", [{ constant: "" }]],
  ])("%s", (text, expected) => {
    expect(argumentText.parse(text)).toEqual(expected);
    expect(argumentText.parse(formatArguments(expected as never))).toEqual(expected);
  });

  it.each(["region,", ",region", "a b", "'open", "1", 'a, "b"', "a,,b"])("refuses %s", (text) => {
    expect(argumentText.safeParse(text).success).toBe(false);
  });
});

const person = { id: "usr_1", kind: "user" as const, name: "Noor", handle: "noor@x", isActive: true };
const redact = { id: "fun_1", kind: "function" as const, name: "redact", fullName: "main.sales.redact" };
const filled = {
  ...formOf(undefined),
  name: "hide_pii",
  function: redact,
  to: [person],
  match: "secret: hasTagValue('pii', 'a:b')",
  onColumn: "secret",
  using: "'***'",
};

describe("the form of a policy", () => {
  it("is sent as the catalogue takes it", () => {
    expect(policyForm.parse(filled)).toEqual({
      name: "hide_pii",
      to: ["usr_1"],
      except: [],
      comment: "",
      definition: {
        type: "column_mask",
        when: null,
        match: [{ alias: "secret", condition: "hasTagValue('pii', 'a:b')" }],
        functionId: "fun_1",
        onColumn: "secret",
        using: [{ constant: "***" }],
      },
    });
  });

  it("forgets the masked column of what has become a row filter", () => {
    const sent = policyForm.parse({ ...filled, type: "row_filter", using: "secret" });
    expect(sent.definition).toMatchObject({ type: "row_filter", onColumn: null });
  });

  it.each<[string, object]>([
    ["function", { function: null }],
    ["to", { to: [] }],
    ["match", { match: "secret: hasTag(pii)" }],
    ["match", { match: "secret" }],
    ["onColumn", { onColumn: "" }],
    ["onColumn", { onColumn: "other" }],
    ["using", { using: "other" }],
    ["when", { when: "nonsense" }],
    ["name", { name: "a b" }],
  ])("says what is wrong at %s, given %j", (field, more) => {
    const issues = policyForm.safeParse({ ...filled, ...more }).error?.issues ?? [];
    expect(issues.map(({ path }) => path[0])).toContain(field);
    expect(issues.every(({ message }) => message.length > 0)).toBe(true);
  });
});
