import type { StoredKind } from "@/lib/access";

interface Asked {
  principal?: string | undefined;
  privilege?: string | undefined;
  object?: string | undefined;
  kind?: StoredKind | undefined;
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, value);
  return params.size > 0 ? `${path}?${params}` : path;
}

/** The page that answers whether somebody may do something with an object. */
export const explainPath = (asked: Asked) =>
  withQuery("/access/explain", { ...asked, object: asked.object || undefined });

/** The dialog that asks for rights on an object, filled in; it opens without a name as well. */
export const requestPath = (name: string, kind?: StoredKind, privilege?: string) =>
  withQuery("/access/requests", { new: name, kind, privilege });

/** The same for a model by the name calls use: it is registered under it unless it was moved. */
export const requestModelPath = (called: string) =>
  requestPath(`main.default.${called.split("@")[0]}`, "model", "EXECUTE");
