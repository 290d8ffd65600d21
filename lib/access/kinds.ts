/** What rights are held on: the objects of the namespace, and what belongs to one person. */
export const kinds = [
  "metastore",
  "catalog",
  "schema",
  "table",
  "view",
  "volume",
  "function",
  "model",
  "prompt",
  "index",
  "endpoint",
  "connection",
  "evaluation",
  "agent",
  "playground",
  "snapshot",
  "key",
  "session",
  "user",
  "audit-search",
] as const;

export type Kind = (typeof kinds)[number];

/** Objects that live in a schema and are named `catalog.schema.name`. */
export const schemaKinds = [
  "table",
  "view",
  "volume",
  "function",
  "model",
  "prompt",
  "index",
  "endpoint",
  "evaluation",
  "agent",
] as const satisfies readonly Kind[];

export type SchemaKind = (typeof schemaKinds)[number];

/** What belongs to one person and has no row in the namespace. */
const personalKinds: readonly Kind[] = ["playground", "snapshot", "key", "session", "user", "audit-search"];

export function isPersonal(kind: Kind): boolean {
  return personalKinds.includes(kind);
}

/** Kinds that have a row of their own and can be granted on. */
export const storedKinds = ["metastore", "catalog", "schema", "connection", ...schemaKinds] as const;

export type StoredKind = (typeof storedKinds)[number];

export function isSchemaKind(kind: string): kind is SchemaKind {
  return (schemaKinds as readonly string[]).includes(kind);
}

/** The kinds from one up to the metastore, itself first. */
export function pathKinds(kind: Kind): readonly Kind[] {
  if (kind === "metastore") return [kind];
  if (kind === "schema") return ["schema", "catalog", "metastore"];
  return isSchemaKind(kind) ? [kind, "schema", "catalog", "metastore"] : [kind, "metastore"];
}

const nouns: Partial<Record<Kind, string>> = {
  metastore: "workbench",
  playground: "playground session",
  snapshot: "shared snapshot",
  user: "account",
  "audit-search": "saved search",
};

/** The word for one of them in a sentence. */
export function kindNoun(kind: Kind): string {
  return nouns[kind] ?? kind;
}
