import "server-only";
import { nameKey } from "@/lib/access";
import { type Policy, type PolicyNode, pathOf } from "@/lib/access/server";
import { single } from "@/lib/core/server";

/** A live prompt and what it is sorted by. */
export interface DirectoryEntry {
  /** `catalog.schema.name` in the form in which names are compared. */
  key: string;
  node: PolicyNode;
}

interface Directory {
  policy: Policy;
  epoch: bigint;
  entries: readonly DirectoryEntry[];
}

const holder = () => single("prompts.directory", () => ({ directory: null as Directory | null }));

function keyOf(node: PolicyNode, keys: Map<string, string>): string {
  const parts = pathOf(node).filter(({ kind }) => kind !== "metastore");
  return parts
    .map(({ name }) => {
      const key = keys.get(name) ?? nameKey(name);
      keys.set(name, key);
      return key;
    })
    .reverse()
    .join(".");
}

/** All prompts of a policy by full name; sorted once for each epoch. */
function entriesOf(policy: Policy): readonly DirectoryEntry[] {
  const own = holder();
  const { epoch } = policy;
  if (own.directory?.policy === policy && own.directory.epoch === epoch) return own.directory.entries;
  const keys = new Map<string, string>();
  const entries: DirectoryEntry[] = [];
  for (const node of policy.allNodes()) {
    if (node.kind === "prompt") entries.push({ key: keyOf(node, keys), node });
  }
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  own.directory = { policy, epoch, entries };
  return entries;
}

/** The prompts that come after a key, or all. */
export function* promptsAfter(policy: Policy, after: string | undefined): Iterable<DirectoryEntry> {
  const entries = entriesOf(policy);
  let low = 0;
  let high = after === undefined ? 0 : entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.key ?? "") <= (after ?? "")) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry) yield entry;
  }
}
