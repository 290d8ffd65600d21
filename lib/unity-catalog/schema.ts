import { z } from "zod";
import { isPrivilege, type Privilege, type StoredKind } from "@/lib/access";
import { tableColumns } from "@/lib/catalog";

const name = z.string().min(1).max(255);
const comment = z.string().max(65_536);
const properties = z.record(z.string(), z.string());
const url = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[a-z][a-z0-9+.-]*:\S+$/i, "Write a location as a URL, such as s3://bucket/path.");

/** A page of a list; an empty or absent token is the first. */
const page = {
  max_results: z.coerce.number().int().min(0).max(1_000).optional(),
  page_token: z.string().max(2_000).optional(),
};

export const catalogPage = z.strictObject({ ...page, include_browse: z.enum(["true", "false"]).optional() });
export const schemaPage = z.strictObject({ ...catalogPage.shape, catalog_name: name });
export const objectPage = z.strictObject({
  ...schemaPage.shape,
  schema_name: name,
  omit_columns: z.enum(["true", "false"]).optional(),
  omit_properties: z.enum(["true", "false"]).optional(),
});
export const versionPage = z.strictObject(page);
export type ObjectPage = z.output<typeof objectPage>;

export const catalogCreation = z.strictObject({
  name,
  comment: comment.nullish(),
  properties: properties.nullish(),
});
export const catalogUpdate = z.strictObject({
  new_name: name.nullish(),
  comment: comment.nullish(),
  properties: properties.nullish(),
  /** E-mail address, application id or group name. */
  owner: z.string().min(1).max(320).nullish(),
});
export type ContainerUpdate = z.output<typeof catalogUpdate>;

export const schemaCreation = z.strictObject({ ...catalogCreation.shape, catalog_name: name });

const placed = { name, catalog_name: name, schema_name: name, comment: comment.nullish() };

/** What is kept of a table beside its name. */
export const tableDetails = z.strictObject({
  table_type: z.enum(["MANAGED", "EXTERNAL"]),
  data_source_format: z.enum(["DELTA", "ICEBERG", "CSV", "JSON", "AVRO", "PARQUET", "ORC", "TEXT"]).nullish(),
  columns: tableColumns,
  storage_location: url.nullish(),
});
export const tableCreation = z
  .strictObject({ ...placed, ...tableDetails.shape, properties: properties.nullish() })
  .refine(({ table_type, storage_location }) => table_type === "MANAGED" || storage_location, {
    path: ["storage_location"],
    message: "An external table needs its location.",
  });

export const volumeDetails = z.strictObject({
  volume_type: z.enum(["MANAGED", "EXTERNAL"]),
  storage_location: url.nullish(),
});
export const volumeCreation = z
  .strictObject({ ...placed, ...volumeDetails.shape })
  .refine(({ volume_type, storage_location }) => volume_type === "MANAGED" || storage_location, {
    path: ["storage_location"],
    message: "An external volume needs its location.",
  });
export const volumeUpdate = z.strictObject({ new_name: name.nullish(), comment: comment.nullish() });

export const modelCreation = z.strictObject({ ...placed });
export const modelUpdate = z.strictObject({
  ...volumeUpdate.shape,
  /** E-mail address, application id or group name. */
  owner: z.string().min(1).max(320).nullish(),
});
export const modelVersionCreation = z.strictObject({
  model_name: name,
  catalog_name: name,
  schema_name: name,
  /** The name by which calls reach it. */
  source: z.string().min(1).max(300),
});

const parameter = z.strictObject({
  name,
  type_text: z.string().max(10_000).nullish(),
  type_json: z.string().max(100_000).nullish(),
  type_name: z.string().regex(/^[A-Z_]{1,40}$/),
  type_precision: z.number().int().nullish(),
  type_scale: z.number().int().nullish(),
  type_interval_type: z.string().max(100).nullish(),
  position: z.number().int().min(0),
  parameter_mode: z.enum(["IN"]).nullish(),
  parameter_type: z.enum(["PARAM", "COLUMN"]).nullish(),
  parameter_default: z.string().max(10_000).nullish(),
  comment: comment.nullish(),
});
const parameters = z.strictObject({ parameters: z.array(parameter).max(1_000).nullish() });

export const functionDetails = z.strictObject({
  input_params: parameters,
  data_type: z.string().regex(/^[A-Z_]{1,40}$/),
  full_data_type: z.string().max(10_000),
  return_params: parameters.nullish(),
  routine_body: z.enum(["SQL", "EXTERNAL"]),
  routine_definition: z.string().max(1_000_000),
  parameter_style: z.enum(["S"]),
  is_deterministic: z.boolean(),
  sql_data_access: z.enum(["CONTAINS_SQL", "READS_SQL_DATA", "NO_SQL"]),
  is_null_call: z.boolean(),
  security_type: z.enum(["DEFINER"]),
  specific_name: name,
  external_language: z.string().max(100).nullish(),
});
export const functionCreation = z.strictObject({
  function_info: z.strictObject({
    ...placed,
    ...functionDetails.shape,
    properties: z.string().max(65_536).nullish(),
  }),
});

export const deletion = z.strictObject({
  /** Also what is in it. */
  force: z.enum(["true", "false", "True", "False"]).optional(),
});

/** The names of Unity Catalog for what has rights here. */
export const securableTypes = {
  metastore: "metastore",
  catalog: "catalog",
  schema: "schema",
  table: "table",
  volume: "volume",
  function: "function",
  registered_model: "model",
  connection: "connection",
} as const satisfies Record<string, StoredKind>;

export const securableType = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(
    z.enum([
      "metastore",
      "catalog",
      "schema",
      "table",
      "volume",
      "function",
      "registered_model",
      "connection",
    ]),
  );

/** With spaces or underscores. */
const privilege = z
  .string()
  .transform((text) => text.replaceAll("_", " ").toUpperCase())
  .refine(isPrivilege, "This is no privilege.") as unknown as z.ZodType<Privilege, string>;

export const permissionChanges = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        principal: z.string().min(1).max(320),
        add: z.array(privilege).max(30).nullish(),
        remove: z.array(privilege).max(30).nullish(),
      }),
    )
    .min(1)
    .max(100),
});
export type PermissionChanges = z.output<typeof permissionChanges>;

export const permissionQuery = z.strictObject({ ...page, principal: z.string().min(1).max(320).optional() });
