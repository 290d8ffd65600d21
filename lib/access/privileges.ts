import { isSchemaKind, type Kind, type SchemaKind, type StoredKind, schemaKinds } from "./kinds";

/** Unity Catalog's privileges, and those of the kinds that it does not have. The order is stored: only append. */
export const privileges = [
  "ALL PRIVILEGES",
  "MANAGE",
  "BROWSE",
  "APPLY TAG",
  "USE CATALOG",
  "USE SCHEMA",
  "CREATE CATALOG",
  "CREATE SCHEMA",
  "CREATE TABLE",
  "CREATE VOLUME",
  "CREATE FUNCTION",
  "CREATE MODEL",
  "CREATE PROMPT",
  "CREATE INDEX",
  "CREATE ENDPOINT",
  "CREATE EVALUATION",
  "CREATE AGENT",
  "CREATE CONNECTION",
  "USE CONNECTION",
  "SELECT",
  "MODIFY",
  "EXECUTE",
  "READ VOLUME",
  "WRITE VOLUME",
  "EXTERNAL USE SCHEMA",
  "REVIEW",
] as const;

export type Privilege = (typeof privileges)[number];

const numbers = new Map<string, number>(privileges.map((privilege, index) => [privilege, index]));

export function isPrivilege(text: string): text is Privilege {
  return numbers.has(text);
}

/** The privilege as one bit of a mask. */
export function bitOf(privilege: Privilege): number {
  return 1 << (numbers.get(privilege) ?? 0);
}

export function maskOf(list: readonly Privilege[]): number {
  let mask = 0;
  for (const privilege of list) mask |= bitOf(privilege);
  return mask;
}

/** The privileges of a mask, in the order of `privileges`. */
export function privilegesOf(mask: number): Privilege[] {
  return privileges.filter((privilege) => mask & bitOf(privilege));
}

const everyKind = ["MANAGE", "APPLY TAG"] as const;

const creations: Record<SchemaKind, Privilege> = {
  table: "CREATE TABLE",
  view: "CREATE TABLE",
  volume: "CREATE VOLUME",
  function: "CREATE FUNCTION",
  model: "CREATE MODEL",
  prompt: "CREATE PROMPT",
  index: "CREATE INDEX",
  endpoint: "CREATE ENDPOINT",
  evaluation: "CREATE EVALUATION",
  agent: "CREATE AGENT",
};

/** What making one of that kind needs on its parent. */
export function creationPrivilege(kind: StoredKind): Privilege {
  if (kind === "schema") return "CREATE SCHEMA";
  if (kind === "connection") return "CREATE CONNECTION";
  return isSchemaKind(kind) ? creations[kind] : "CREATE CATALOG";
}

const uses: Record<SchemaKind, readonly Privilege[]> = {
  table: ["SELECT", "MODIFY"],
  view: ["SELECT", "MODIFY"],
  volume: ["READ VOLUME", "WRITE VOLUME"],
  function: ["EXECUTE"],
  model: ["EXECUTE"],
  prompt: ["EXECUTE", "MODIFY"],
  index: ["EXECUTE"],
  endpoint: ["EXECUTE"],
  evaluation: ["REVIEW"],
  agent: ["EXECUTE"],
};

const inSchema = [...new Set([...Object.values(creations), ...Object.values(uses).flat()])];

const grantable: Record<Kind, number> = {
  metastore: maskOf(["ALL PRIVILEGES", ...everyKind, "CREATE CATALOG", "CREATE CONNECTION"]),
  catalog: maskOf([
    "ALL PRIVILEGES",
    ...everyKind,
    "BROWSE",
    "USE CATALOG",
    "USE SCHEMA",
    "CREATE SCHEMA",
    ...inSchema,
  ]),
  schema: maskOf(["ALL PRIVILEGES", ...everyKind, "USE SCHEMA", "EXTERNAL USE SCHEMA", ...inSchema]),
  connection: maskOf(["ALL PRIVILEGES", ...everyKind, "USE CONNECTION"]),
  playground: maskOf(["SELECT", "MODIFY"]),
  snapshot: 0,
  key: 0,
  session: 0,
  user: 0,
  "audit-search": 0,
  ...(Object.fromEntries(
    schemaKinds.map((kind) => [kind, maskOf(["ALL PRIVILEGES", ...everyKind, ...uses[kind]])]),
  ) as Record<SchemaKind, number>),
};

/** What can be granted on an object of that kind. */
export function grantablePrivileges(kind: Kind): Privilege[] {
  return privilegesOf(grantable[kind]);
}

const browse = bitOf("BROWSE");

/** The mask of what has a meaning on an object of that kind, be it granted there or above. */
export function applicableMask(kind: Kind): number {
  const isBelowCatalog = kind === "schema" || isSchemaKind(kind);
  return isBelowCatalog ? grantable[kind] | browse : grantable[kind];
}

/** Never part of ALL PRIVILEGES nor of anything else: each is granted by its own name. */
const neverImplied = maskOf(["MANAGE", "EXTERNAL USE SCHEMA"]);
const all = bitOf("ALL PRIVILEGES");
/** Held only where it was granted. */
const stays = maskOf([
  "USE CATALOG",
  "CREATE SCHEMA",
  "CREATE CATALOG",
  "CREATE CONNECTION",
  "EXTERNAL USE SCHEMA",
]);

/**
 * What a mask granted on an object of kind `at` means on one of kind `on` in it, or on itself: ALL PRIVILEGES
 * becomes everything that could have been granted there but MANAGE and EXTERNAL USE SCHEMA. Nothing granted
 * on the metastore means anything below it.
 */
export function reach(mask: number, at: Kind, on: Kind): number {
  if (at === on) return expanded(mask, at) & grantable[on];
  return at === "metastore" ? 0 : expanded(mask, at) & applicableMask(on) & ~stays;
}

function expanded(mask: number, at: Kind): number {
  return mask & all ? mask | (grantable[at] & ~neverImplied) : mask;
}

/** Whether a privilege granted on a container means anything on objects of that kind in it. */
export function reachesDown(privilege: Privilege, at: Kind, on: Kind): boolean {
  return reach(bitOf(privilege), at, on) !== 0;
}

export interface PrivilegeHelp {
  /** One line for the grant dialog. */
  text: string;
  group: "Read" | "Write" | "Administer";
}

/** What each privilege allows, in the words of the grant dialog. */
export const privilegeHelp: Record<Privilege, PrivilegeHelp> = {
  "ALL PRIVILEGES": { text: "All but MANAGE and EXTERNAL USE SCHEMA", group: "Administer" },
  MANAGE: { text: "Grant, rename, move, drop", group: "Administer" },
  BROWSE: { text: "See names and lineage, ask for access", group: "Read" },
  "APPLY TAG": { text: "Set and remove tags", group: "Write" },
  "USE CATALOG": { text: "Needed for anything inside", group: "Read" },
  "USE SCHEMA": { text: "Needed for anything inside", group: "Read" },
  "CREATE CATALOG": { text: "Make catalogs", group: "Administer" },
  "CREATE SCHEMA": { text: "Make schemas", group: "Write" },
  "CREATE TABLE": { text: "Make tables and views", group: "Write" },
  "CREATE VOLUME": { text: "Make volumes", group: "Write" },
  "CREATE FUNCTION": { text: "Make functions", group: "Write" },
  "CREATE MODEL": { text: "Register models", group: "Write" },
  "CREATE PROMPT": { text: "Make prompts", group: "Write" },
  "CREATE INDEX": { text: "Make indexes", group: "Write" },
  "CREATE ENDPOINT": { text: "Make endpoints", group: "Write" },
  "CREATE EVALUATION": { text: "Make evaluations", group: "Write" },
  "CREATE AGENT": { text: "Make agents", group: "Write" },
  "CREATE CONNECTION": { text: "Connect upstreams", group: "Administer" },
  "USE CONNECTION": { text: "Let an endpoint use it", group: "Read" },
  SELECT: { text: "Read rows and profile", group: "Read" },
  MODIFY: { text: "Insert, update, delete; save versions", group: "Write" },
  EXECUTE: { text: "Call, load, search", group: "Read" },
  "READ VOLUME": { text: "Read files", group: "Read" },
  "WRITE VOLUME": { text: "Add, change, delete files", group: "Write" },
  "EXTERNAL USE SCHEMA": { text: "Storage credentials for other engines", group: "Administer" },
  REVIEW: { text: "Label in its queues", group: "Read" },
};
