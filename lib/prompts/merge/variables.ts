import type { PromptVariable } from "../content";
import { type Conflicts, each, mergeWhole, noteConflict, type Three, undisputed } from "./merging";
import { mergeNames } from "./names";

/** The type and the default belong together: either changed alone may not fit the other. */
const typed = ({ type, default: value }: PromptVariable) =>
  value === undefined ? { type } : { type, default: value };

function mergeVariable(
  name: string,
  three: Three<PromptVariable | undefined>,
  conflicts: Conflicts,
): PromptVariable | undefined {
  const settled = undisputed(three);
  if (settled) return settled.value;
  const { base, theirs, mine } = three;
  if (!base || !theirs || !mine) {
    noteConflict(conflicts, `variables.${name}`, three);
    return mine;
  }
  const all = { base, theirs, mine };
  return {
    name,
    ...mergeWhole(`variables.${name}.type`, each(all, typed), conflicts),
    description: mergeWhole(
      `variables.${name}.description`,
      each(all, ({ description }) => description),
      conflicts,
    ),
  };
}

/** Merges declarations by name. */
export function mergeVariables(three: Three<PromptVariable[]>, conflicts: Conflicts): PromptVariable[] {
  const settled = undisputed(three);
  if (settled) return settled.value;
  const named = each(three, (list) => new Map(list.map((variable) => [variable.name, variable])));
  // Also what one side took out and the other changed, of which mine is kept.
  const order = [
    ...new Set([
      ...mergeNames(each(three, (list) => list.map(({ name }) => name))),
      ...named.mine.keys(),
      ...named.theirs.keys(),
    ]),
  ];
  return order.flatMap(
    (name) =>
      mergeVariable(
        name,
        each(named, (map) => map.get(name)),
        conflicts,
      ) ?? [],
  );
}
