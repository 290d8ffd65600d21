import type { StoredKind } from "./kinds";
import { nameKey, partsOf } from "./names";
import { metastoreId, type Policy, type PolicyNode } from "./policy";

interface NameIndex {
  epoch: bigint;
  size: number;
  byKey: ReadonlyMap<string, PolicyNode>;
}

const indexes = new WeakMap<PolicyNode, NameIndex>();

/** The live child of that name; case and form do not count. */
function childNamed(policy: Policy, parent: PolicyNode, name: string): PolicyNode | undefined {
  const { size } = parent.children;
  let index = indexes.get(parent);
  if (index?.epoch !== policy.epoch || index.size !== size) {
    const byKey = new Map([...parent.children].map((child) => [nameKey(child.name), child]));
    index = { epoch: policy.epoch, size, byKey };
    indexes.set(parent, index);
  }
  return index.byKey.get(nameKey(name));
}

/** What lies at a full name, read as a name of that kind; it may be of another kind. */
export function nodeAtName(policy: Policy, kind: StoredKind, fullName: string): PolicyNode | undefined {
  let at = policy.node(metastoreId);
  for (const part of partsOf(kind, fullName) ?? [""]) at = at && childNamed(policy, at, part);
  return at;
}

/** Full names of objects in a schema, of schemas, of catalogs, then of connections. */
const anyKind: readonly StoredKind[] = ["table", "schema", "catalog", "connection"];

/** The live object of a full name, whoever asks; without a kind whatever bears the name. Null when there is none. */
export function nodeByName(policy: Policy, fullName: string, kind?: StoredKind): PolicyNode | null {
  for (const each of kind ? [kind] : anyKind) {
    const at = nodeAtName(policy, each, fullName);
    if (!at) continue;
    if (kind === undefined || at.kind === kind || (kind === "table" && at.kind === "view")) return at;
  }
  return null;
}
