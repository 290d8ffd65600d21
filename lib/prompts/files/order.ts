import { nameKey } from "@/lib/access";
import { referencesOf } from "../template/references";
import type { PromptDocument } from "./document";

/** Each after those that it includes. Those of a cycle come in the order given; they are refused one by one. */
export function inOrder<Item>(items: readonly Item[], documentOf: (item: Item) => PromptDocument): Item[] {
  const byName = new Map(items.map((item) => [nameKey(documentOf(item).fullName), item]));
  const ordered = new Set<Item>();
  const begun = new Set<Item>();
  // Without recursion: a chain can be as long as there are files.
  const stack: { item: Item; ready: boolean }[] = [...items]
    .reverse()
    .map((item) => ({ item, ready: false }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { item, ready } = next;
    if (ready) ordered.add(item);
    if (ready || begun.has(item)) continue;
    begun.add(item);
    stack.push({ item, ready: true });
    for (const { fullName } of referencesOf(documentOf(item).content)) {
      const included = byName.get(nameKey(fullName));
      if (included !== undefined) stack.push({ item: included, ready: false });
    }
  }
  return [...ordered];
}
