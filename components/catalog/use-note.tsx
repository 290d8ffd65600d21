import type { CatalogObject } from "@/lib/catalog";
import { usesOf } from "./words";

/** What using an object needs: on its catalog, on its schema and on itself. */
export function UseNote({ object }: { object: Pick<CatalogObject, "kind" | "path"> }) {
  const use = usesOf[object.kind];
  const [catalog, schema] = object.path;
  if (!use || !catalog || !schema) return null;
  return (
    <>
      {use.doing} needs USE CATALOG on {catalog.fullName}, USE SCHEMA on {schema.fullName} and {use.privilege}
      .
    </>
  );
}
