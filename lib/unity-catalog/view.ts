import "server-only";
import type { CatalogObject } from "@/lib/catalog";

const ms = (instant: string) => Date.parse(instant);

/** What every securable shows. */
function basis({ name, comment, owner, createdAt, createdBy, updatedAt, updatedBy }: CatalogObject) {
  return {
    name,
    comment: comment === "" ? null : comment,
    owner: owner.handle,
    created_at: ms(createdAt),
    created_by: createdBy?.handle ?? null,
    updated_at: ms(updatedAt),
    updated_by: updatedBy?.handle ?? null,
  };
}

const placeOf = ({ path }: CatalogObject) => ({
  catalog_name: path[0]?.name ?? "",
  schema_name: path[1]?.name ?? "",
});

export const toCatalog = (object: CatalogObject) => ({
  ...basis(object),
  properties: object.properties,
  full_name: object.fullName,
  id: object.id,
});

export const toSchema = (object: CatalogObject) => ({
  ...basis(object),
  properties: object.properties,
  catalog_name: placeOf(object).catalog_name,
  full_name: object.fullName,
  schema_id: object.id,
});

export const toTable = (object: CatalogObject) => ({
  table_type: "MANAGED",
  columns: [],
  ...object.details,
  ...basis(object),
  ...placeOf(object),
  properties: object.properties,
  full_name: object.fullName,
  table_id: object.id,
});

export const toVolume = (object: CatalogObject) => ({
  volume_type: "MANAGED",
  ...object.details,
  ...basis(object),
  ...placeOf(object),
  full_name: object.fullName,
  volume_id: object.id,
});

export const toFunction = (object: CatalogObject) => ({
  ...object.details,
  ...basis(object),
  ...placeOf(object),
  properties: JSON.stringify(object.properties),
  full_name: object.fullName,
  function_id: object.id,
});

export const toRegisteredModel = (object: CatalogObject) => ({
  ...basis(object),
  ...placeOf(object),
  full_name: object.fullName,
  id: object.id,
});
