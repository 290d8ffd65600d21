import { isSchemaKind } from "@/lib/access";
import type { ObjectRef, PrincipalRef } from "@/lib/catalog";

/** The parts of a full name: of an object in a schema only the last may hold dots. */
export function nameParts({ kind, fullName }: Pick<ObjectRef, "kind" | "fullName">): string[] {
  if (kind === "catalog" || kind === "connection") return [fullName];
  const parts = fullName.split(".");
  return isSchemaKind(kind) ? [...parts.slice(0, 2), parts.slice(2).join(".")] : parts;
}

/** The page of an object. */
export function catalogPath(object: Pick<ObjectRef, "kind" | "fullName">, tab?: string): string {
  if (object.kind === "metastore") return "/catalog";
  const query = new URLSearchParams();
  // A connection lies beside the catalogs and may be called like a full name.
  if (object.kind === "connection") query.set("kind", "connection");
  if (tab) query.set("tab", tab);
  const path = `/catalog/${nameParts(object).map(encodeURIComponent).join("/")}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The page of whoever holds a right; the built-in groups have none. */
export function principalPath({ id, kind }: Pick<PrincipalRef, "id" | "kind">): string | undefined {
  if (id === "all_users" || id === "admins") return undefined;
  const place = { user: "/people", group: "/people/groups", service_principal: "/people/service-principals" };
  return `${place[kind]}/${encodeURIComponent(id)}`;
}
