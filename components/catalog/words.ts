import type { Kind } from "@/components/ui/kind-icon";
import { kindNoun, type StoredKind } from "@/lib/access";

/** The icon of a kind; the whole is drawn as its catalogs are. */
export const iconOf = (kind: StoredKind): Kind => (kind === "metastore" ? "catalog" : kind);

const plurals: Partial<Record<StoredKind, string>> = { index: "indexes" };

/** "1 model", "3 indexes" */
export function kindCount(kind: StoredKind, count: number): string {
  const noun = count === 1 ? kindNoun(kind) : (plurals[kind] ?? `${kindNoun(kind)}s`);
  return `${count.toLocaleString("en-US")} ${noun}`;
}

/** "1 person", "12 people" */
export const peopleCount = (count: number) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "person" : "people"}`;

const verbs: Record<string, string> = {
  SELECT: "read",
  MODIFY: "write",
  EXECUTE: "call it",
  BROWSE: "see it",
  MANAGE: "manage it",
  REVIEW: "review",
  "APPLY TAG": "tag it",
  "READ VOLUME": "read files",
  "WRITE VOLUME": "write files",
  "USE CONNECTION": "use it",
  "USE CATALOG": "go into it",
  "USE SCHEMA": "go into it",
};

/** What somebody can do with these privileges. */
export function verbOf(privileges: readonly string[]): string {
  const [only] = privileges;
  return (privileges.length === 1 && only !== undefined && verbs[only]) || "use it";
}

/** What one needs to use an object of a kind, in the words of its sentence. */
export const usesOf: Partial<Record<StoredKind, { doing: string; privilege: string }>> = {
  table: { doing: "Reading", privilege: "SELECT" },
  view: { doing: "Reading", privilege: "SELECT" },
  volume: { doing: "Reading", privilege: "READ VOLUME" },
  function: { doing: "Calling", privilege: "EXECUTE" },
  model: { doing: "Calling", privilege: "EXECUTE" },
  prompt: { doing: "Using", privilege: "EXECUTE" },
  index: { doing: "Searching", privilege: "EXECUTE" },
  endpoint: { doing: "Calling", privilege: "EXECUTE" },
  agent: { doing: "Calling", privilege: "EXECUTE" },
  evaluation: { doing: "Reviewing", privilege: "REVIEW" },
};

/** "SELECT", or how many. */
export const privilegesWord = (privileges: readonly string[]) =>
  privileges.length === 1 ? String(privileges[0]) : `${privileges.length} privileges`;
