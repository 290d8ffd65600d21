import type { RegisteredSummary, RegistryFilter } from "./schema";

/** Whether a model belongs in a catalogue that is narrowed to `filter`. */
export function matchesFilter(model: RegisteredSummary, filter: RegistryFilter): boolean {
  const { task, origin, state, runs, alias, tag } = filter;
  const { latest } = model;
  return (
    (task === undefined || latest?.task === task) &&
    (origin === undefined || latest?.origin === origin) &&
    (state === undefined || isIn(model, state)) &&
    (runs === undefined || latest?.runs[runs] === true) &&
    (alias === undefined || model.aliases.some((one) => one.alias === alias)) &&
    (tag === undefined || hasTag(model, tag)) &&
    hasWords(model, filter.q ?? "")
  );
}

function isIn(model: RegisteredSummary, state: NonNullable<RegistryFilter["state"]>): boolean {
  const isDeprecated = model.isDeprecated || model.latest?.deprecation?.isInForce === true;
  if (state === "deprecated") return isDeprecated;
  if (state === "pending") return model.pending > 0;
  return model.latest?.state === state && !(state === "ready" && isDeprecated);
}

/** A value may hold colons itself; a key cannot. */
function hasTag({ tags }: RegisteredSummary, wanted: string): boolean {
  const colon = wanted.indexOf(":");
  const key = colon < 0 ? wanted : wanted.slice(0, colon);
  return Object.hasOwn(tags, key) && (colon < 0 || tags[key] === wanted.slice(colon + 1));
}

/** Every word somewhere in name, description, licence, owner, aliases or tags. */
function hasWords(model: RegisteredSummary, q: string): boolean {
  const { name, description, latest, owner, aliases, tags } = model;
  const text = [
    name,
    description,
    latest?.license ?? "",
    owner?.name ?? "",
    ...aliases.map(({ alias }) => alias),
    ...Object.entries(tags).flat(),
  ]
    .join("\n")
    .toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
