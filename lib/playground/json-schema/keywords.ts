export type Schema = boolean | { [keyword: string]: unknown };

type Kind =
  | "schema"
  | "schemas"
  | "schema or schemas"
  | "schema map"
  | "map of schemas or names"
  | "count"
  | "number"
  | "positive"
  | "text"
  | "texts"
  | "map of texts"
  | "pattern"
  | "pattern map"
  | "flag"
  | "values"
  | "type"
  | "reference";

/** What stands behind each keyword of drafts 7 and 2020-12 that says something about a value. */
export const kinds: Record<string, Kind> = {
  $ref: "reference",
  $dynamicRef: "reference",
  $id: "text",
  $anchor: "text",
  $dynamicAnchor: "text",
  $schema: "text",
  $defs: "schema map",
  definitions: "schema map",
  allOf: "schemas",
  anyOf: "schemas",
  oneOf: "schemas",
  not: "schema",
  if: "schema",
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name.
  then: "schema",
  else: "schema",
  type: "type",
  enum: "values",
  minimum: "number",
  maximum: "number",
  exclusiveMinimum: "number",
  exclusiveMaximum: "number",
  multipleOf: "positive",
  minLength: "count",
  maxLength: "count",
  pattern: "pattern",
  format: "text",
  items: "schema or schemas",
  prefixItems: "schemas",
  additionalItems: "schema",
  unevaluatedItems: "schema",
  contains: "schema",
  minContains: "count",
  maxContains: "count",
  minItems: "count",
  maxItems: "count",
  uniqueItems: "flag",
  properties: "schema map",
  patternProperties: "pattern map",
  additionalProperties: "schema",
  unevaluatedProperties: "schema",
  propertyNames: "schema",
  required: "texts",
  minProperties: "count",
  maxProperties: "count",
  dependentRequired: "map of texts",
  dependentSchemas: "schema map",
  dependencies: "map of schemas or names",
  title: "text",
  description: "text",
};

export const typeNames = ["null", "boolean", "object", "array", "number", "string", "integer"];

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "boolean" || isRecord(value);
}
