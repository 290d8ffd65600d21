import { isRecord, isSchema, type Schema } from "./keywords";

/** Where a reference within one schema leads: `#`, a JSON pointer, an anchor or an `$id` of its own. */
export class References {
  readonly #named = new Map<string, Schema>();
  readonly #root: Schema;

  constructor(root: Schema) {
    this.#root = root;
    this.#collect(root);
  }

  /** Undefined where it leads nowhere within the schema. */
  find(reference: string): Schema | undefined {
    const [document = "", fragment = ""] = reference.split("#", 2);
    const base = document === "" ? this.#root : this.#named.get(document);
    if (base === undefined || fragment === "") return base;
    if (fragment.startsWith("/")) return at(base, fragment);
    return this.#named.get(`#${fragment}`);
  }

  #collect(node: unknown): void {
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (Array.isArray(next)) open.push(...next);
      if (!isRecord(next)) continue;
      const { $id, $anchor, $dynamicAnchor } = next;
      if (typeof $id === "string") this.#named.set($id, next);
      for (const name of [$anchor, $dynamicAnchor])
        if (typeof name === "string") this.#named.set(`#${name}`, next);
      open.push(...Object.values(next));
    }
  }
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    // A lone percent sign stands for itself.
    return token;
  }
}

function at(base: Schema, pointer: string): Schema | undefined {
  let node: unknown = base;
  for (const token of pointer.slice(1).split("/")) {
    const key = decoded(token).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(node)) node = node[Number(key)];
    else node = isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return isSchema(node) ? node : undefined;
}
