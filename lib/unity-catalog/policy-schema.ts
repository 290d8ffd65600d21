import { z } from "zod";

const text = z.string().min(1).max(1_000);
const names = z.array(text).max(100);

/** A constant arrives as a literal in the SQL of Unity Catalog's clients, or as it is. */
const argument = z.union([
  z.strictObject({ alias: text }),
  z.strictObject({ constant: z.string().max(1_000) }),
]);
const policyType = z.enum(["POLICY_TYPE_ROW_FILTER", "POLICY_TYPE_COLUMN_MASK"]);
const onType = z
  .string()
  .transform((type) => type.toLowerCase())
  .pipe(z.enum(["catalog", "schema", "table"], "Policies are set on catalogs, schemas and tables."));

/** What can be said of a policy; for a change only what changes. */
const body = {
  name: text.optional(),
  comment: z.string().max(4_000).nullish(),
  to_principals: names.optional(),
  except_principals: names.nullish(),
  for_securable_type: z.enum(["TABLE"], "Policies hold for tables.").optional(),
  policy_type: policyType.optional(),
  when_condition: z.string().nullish(),
  match_columns: z.array(z.strictObject({ alias: text, condition: z.string() })).nullish(),
  row_filter: z.strictObject({ function_name: text, using: z.array(argument).nullish() }).nullish(),
  column_mask: z
    .strictObject({ function_name: text, on_column: text, using: z.array(argument).nullish() })
    .nullish(),
};

export const policyCreationInfo = z.strictObject({
  ...body,
  name: text,
  to_principals: names.min(1),
  for_securable_type: z.enum(["TABLE"], "Policies hold for tables."),
  policy_type: policyType,
  on_securable_type: onType,
  on_securable_fullname: text,
});
export type PolicyCreationInfo = z.output<typeof policyCreationInfo>;

export const policyUpdateInfo = z.strictObject({
  ...body,
  on_securable_type: onType.optional(),
  on_securable_fullname: text.optional(),
});
export type PolicyUpdateInfo = z.output<typeof policyUpdateInfo>;

export const policyPage = z.strictObject({
  include_inherited: z.enum(["true", "false", "True", "False"]).optional(),
  max_results: z.coerce.number().int().min(0).max(1_000).optional(),
  page_token: z.string().max(2_000).optional(),
});

/** Fields of a change, with commas; none or `*` are those that the body names. */
export const policyUpdateQuery = z.strictObject({ update_mask: z.string().max(1_000).optional() });

/** Where policies stand, and of one its name. */
export type PolicyPath = {
  on_securable_type: string;
  on_securable_fullname: string;
};

export const readPolicyType = onType;
