import { amount, type CheckMember, type Finding, type Keywords, memberPath } from "./finding";
import { isRecord } from "./keywords";

interface ObjectChecks {
  member: CheckMember;
  matches: (pattern: string, key: string) => boolean;
}

const names = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const entries = (value: unknown) => Object.entries(isRecord(value) ? value : {});

/** What a schema's object keywords say of an object. */
export function objectProblems(
  schema: Keywords,
  object: Record<string, unknown>,
  path: string,
  finding: Finding,
  { member, matches }: ObjectChecks,
): void {
  const say = (why: string) => finding.problems.push({ path, why });
  const has = (key: unknown) => typeof key === "string" && Object.hasOwn(object, key);
  const keys = Object.keys(object);
  const { minProperties, maxProperties, additionalProperties, propertyNames } = schema;
  const missing = names(schema.required).filter((key) => !has(key));
  for (const key of missing) say(`lacks ${JSON.stringify(key)}`);
  if (typeof minProperties === "number" && keys.length < minProperties)
    say(`has ${amount(keys.length, "member")}, at least ${minProperties} are asked for`);
  if (typeof maxProperties === "number" && keys.length > maxProperties)
    say(`has ${amount(keys.length, "member")}, at most ${maxProperties} are allowed`);
  for (const [key, needed] of entries(schema.dependentRequired ?? schema.dependencies))
    for (const other of has(key) ? names(needed) : [])
      if (!has(other)) say(`lacks ${JSON.stringify(other)}, which ${JSON.stringify(key)} asks for`);

  const properties = isRecord(schema.properties) ? schema.properties : {};
  const patterns = entries(schema.patternProperties);
  for (const [key, value] of Object.entries(object)) {
    const at = memberPath(path, key);
    const by = patterns.filter(([pattern]) => matches(pattern, key)).map(([, below]) => below);
    if (Object.hasOwn(properties, key)) by.push(properties[key]);
    if (by.length === 0 && additionalProperties !== undefined) {
      if (additionalProperties === false) {
        finding.problems.push({ path: at, why: "is not a member that the schema knows" });
        finding.keys.add(key);
      } else by.push(additionalProperties);
    }
    for (const below of by) {
      finding.keys.add(key);
      finding.problems.push(...member(below, value, at));
    }
    if (propertyNames !== undefined && member(propertyNames, key, at).length > 0)
      finding.problems.push({ path: at, why: "has a name that the schema does not allow" });
  }
}
