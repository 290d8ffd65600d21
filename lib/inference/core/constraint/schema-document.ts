import { refusal } from "./budget";

const MOST_DEPTH = 100;
const MOST_NODES = 50_000;
const MOST_CHARACTERS = 1_000_000;

/** A schema within the document. */
export interface SchemaNode {
  pointer: string;
  value: boolean | Readonly<Record<string, unknown>>;
}

export const anyNode: SchemaNode = { pointer: "", value: true };

/** The whole JSON Schema that a caller sent; nodes are found by JSON pointer. */
export class SchemaDocument {
  readonly #root: unknown;
  readonly #nodes = new Map<string, SchemaNode>();

  /** @throws AppError `invalid` when it is not JSON or too large. */
  constructor(root: unknown) {
    requireSmall(root);
    this.#root = root;
  }

  get root(): SchemaNode {
    return this.node("", this.#root);
  }

  /** @throws AppError `invalid` when the value is no schema. */
  node(pointer: string, value: unknown): SchemaNode {
    const known = this.#nodes.get(pointer);
    if (known) return known;
    if (typeof value !== "boolean" && !isRecord(value))
      throw refusal("must be a schema: an object, true or false.", pointer);
    const node = { pointer, value };
    this.#nodes.set(pointer, node);
    return node;
  }

  /** A node below another. */
  below(node: SchemaNode, ...path: (string | number)[]): SchemaNode {
    let value: unknown = node.value;
    for (const key of path) value = memberOf(value, String(key));
    return this.node(node.pointer + path.map((key) => `/${escapePointer(String(key))}`).join(""), value);
  }

  /** @throws AppError `invalid` when the reference leads outside the document or nowhere. */
  referenced(ref: unknown, pointer: string): SchemaNode {
    if (typeof ref !== "string" || !/^#(\/|$)/.test(ref))
      throw refusal("$ref: only references within the schema, such as #/$defs/name, are supported.", pointer);
    let value = this.#root;
    const keys = ref.slice(1).split("/").slice(1).map(unescapePointer);
    for (const key of keys) value = memberOf(value, key);
    if (value === undefined) throw refusal(`$ref: ${ref} does not exist.`, pointer);
    return this.node(keys.map((key) => `/${escapePointer(key)}`).join(""), value);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescapePointer(key: string): string {
  let decoded = key;
  try {
    decoded = decodeURIComponent(key);
  } catch {
    // Not percent-encoded: taken as it is.
  }
  return decoded.replaceAll("~1", "/").replaceAll("~0", "~");
}

function requireSmall(root: unknown): void {
  let nodes = 0;
  let characters = 0;
  const open = [{ value: root, depth: 0 }];
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, depth } = at;
    if (depth > MOST_DEPTH) throw refusal(`The schema is nested more than ${MOST_DEPTH} deep.`);
    if (++nodes > MOST_NODES) throw refusal(`The schema has more than ${MOST_NODES} values.`);
    if (typeof value === "string") characters += value.length;
    else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        characters += key.length;
        open.push({ value: member, depth: depth + 1 });
        if (open.length > MOST_NODES) throw refusal(`The schema has more than ${MOST_NODES} values.`);
      }
    } else if (value !== null && typeof value !== "boolean" && !Number.isFinite(value))
      throw refusal("The schema is not JSON.");
    if (characters > MOST_CHARACTERS)
      throw refusal(`The schema has more than ${MOST_CHARACTERS} characters.`);
  }
}
