import type { AttributePolicy, CatalogObject } from "@/lib/catalog";

type Argument = { column: string } | { constant: string };

/** Kinds that policies are set on, and views, which are read through them. */
export function hasPolicies({ kind, may }: CatalogObject): boolean {
  if (kind === "table" || kind === "view") return true;
  return (kind === "catalog" || kind === "schema") && may.manage;
}

export const policyTypes = { row_filter: "row filter", column_mask: "column mask" } as const;

/** "columns with hasTag('pii')", or what a row filter is given. */
export function policySubject({ definition }: AttributePolicy): string {
  const { type, match, onColumn, when } = definition;
  const masked = match.find(({ alias }) => alias === onColumn)?.condition;
  const what =
    type === "column_mask"
      ? `columns with ${masked}`
      : match.length === 0
        ? "every table"
        : `tables whose columns have ${match.map(({ condition }) => condition).join(", ")}`;
  return when === null ? what : `${what}, on tables with ${when}`;
}

/** How a function is called: `redact(email, '***')`. */
export function callText(name: string, given: readonly Argument[]): string {
  const words = given.map((each) =>
    "column" in each ? each.column : `'${each.constant.replaceAll("'", "''")}'`,
  );
  return `${name}(${words.join(", ")})`;
}
