import { canonical } from "./equal";
import type { CheckMember, Finding, Keywords } from "./finding";

/** What a schema's array keywords say of a list. */
export function arrayProblems(
  schema: Keywords,
  list: unknown[],
  path: string,
  finding: Finding,
  member: CheckMember,
): void {
  const say = (why: string) => finding.problems.push({ path, why });
  const entries = `${list.length} ${list.length === 1 ? "entry" : "entries"}`;
  const { minItems, maxItems, contains } = schema;
  if (typeof minItems === "number" && list.length < minItems)
    say(`has ${entries}, at least ${minItems} are asked for`);
  if (typeof maxItems === "number" && list.length > maxItems)
    say(`has ${entries}, at most ${maxItems} are allowed`);
  if (schema.uniqueItems === true && new Set(list.map(canonical)).size < list.length)
    say("holds the same entry twice");

  // Draft 7 writes the schemas of single places in `items` and that of the others in `additionalItems`.
  const old = Array.isArray(schema.items);
  const prefix = [schema.prefixItems ?? (old ? schema.items : [])].flat();
  const rest = old ? schema.additionalItems : schema.items;
  list.forEach((item, index) => {
    const below = index < prefix.length ? prefix[index] : rest;
    if (below === undefined) return;
    finding.items.add(index);
    finding.problems.push(...member(below, item, `${path}[${index}]`));
  });

  if (contains === undefined) return;
  const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema;
  const held = list.flatMap((item, index) => (member(contains, item, path).length === 0 ? [index] : []));
  for (const index of held) finding.items.add(index);
  if (held.length < Number(minContains))
    say(`holds ${held.length} of the entries asked for, not ${minContains}`);
  if (held.length > Number(maxContains))
    say(`holds ${held.length} of the entries asked for, not ${maxContains}`);
}
