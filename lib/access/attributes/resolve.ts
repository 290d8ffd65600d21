import { parseTagCondition, type TagCondition, type Tags, tagsMatch } from "./condition";
import type { PolicyDefinition } from "./definition";

/** An attribute-based policy as it is decided by. */
export interface AttributeRule extends PolicyDefinition {
  id: string;
  name: string;
  /** The catalog, schema or table below which it holds. */
  securableId: string;
  toIds: readonly string[];
  exceptIds: readonly string[];
}

/** A table as policies see it. */
export interface AttributedTable {
  /** Itself and everything it lies in. */
  pathIds: ReadonlySet<string>;
  /** Its own tags over those of its schema over those of its catalog. */
  tags: Tags;
  /** In their order, each with its own tags only. */
  columns: readonly { name: string; tags: Tags }[];
}

/** Given to a function: the value of a column, or a text. */
export type AppliedArgument = { column: string } | { constant: string };

/** A function that stands between a table and its reader. */
export interface Applied {
  /** Policies that ask for it. */
  policyIds: readonly string[];
  functionId: string;
  arguments: readonly AppliedArgument[];
}

export interface Reading {
  /** Of each row, all of them have to be true. */
  filters: readonly Applied[];
  /** By column; the first argument is the column itself. */
  masks: ReadonlyMap<string, Applied>;
  /** Why nothing of the table can be read; empty when it can. */
  refusals: readonly string[];
}

const read = new Map<string, TagCondition>();
const mostRead = 5_000;

/** Conditions are few and asked again and again. */
function conditionOf(text: string): TagCondition {
  const known = read.get(text);
  if (known) return known;
  if (read.size >= mostRead) read.clear();
  const condition = parseTagCondition(text);
  read.set(text, condition);
  return condition;
}

/** Whether the policy is meant for somebody who is in these groups: exceptions win. */
function concerns({ toIds, exceptIds }: AttributeRule, closure: ReadonlySet<string>): boolean {
  return toIds.some((id) => closure.has(id)) && !exceptIds.some((id) => closure.has(id));
}

/** The columns under each alias, or null where the policy does not hold on this table. */
function matchesOf(rule: AttributeRule, table: AttributedTable): Map<string, string[]> | null {
  if (!table.pathIds.has(rule.securableId)) return null;
  if (rule.when !== null && !tagsMatch(conditionOf(rule.when), table.tags)) return null;
  const matches = new Map<string, string[]>();
  for (const { alias, condition } of rule.match) {
    const wanted = conditionOf(condition);
    const columns = table.columns.filter(({ tags }) => tagsMatch(wanted, tags)).map(({ name }) => name);
    if (columns.length === 0) return null;
    matches.set(alias, columns);
  }
  return matches;
}

const isSame = (a: Applied, b: Applied) =>
  a.functionId === b.functionId && JSON.stringify(a.arguments) === JSON.stringify(b.arguments);

const joined = (a: Applied, b: Applied): Applied => ({ ...a, policyIds: [...a.policyIds, ...b.policyIds] });

class Resolver {
  readonly filters: Applied[] = [];
  readonly masks = new Map<string, Applied>();
  readonly refusals: string[] = [];
  private readonly names = new Map<string, string>();

  constructor(private readonly isThere: (functionId: string) => boolean) {}

  add(rule: AttributeRule, matches: Map<string, string[]>): void {
    this.names.set(rule.id, rule.name);
    if (!this.isThere(rule.functionId)) {
      this.refusals.push(`The function that the policy ${rule.name} applies is not there.`);
      return;
    }
    if (rule.type === "row_filter") this.filter(rule, matches);
    else for (const column of matches.get(rule.onColumn ?? "") ?? []) this.mask(rule, matches, column);
  }

  private argumentsOf(
    rule: AttributeRule,
    matches: Map<string, string[]>,
    masked?: string,
  ): AppliedArgument[] {
    return rule.using.flatMap((each): AppliedArgument[] => {
      if ("constant" in each) return [each];
      if (masked !== undefined && each.alias === rule.onColumn) return [{ column: masked }];
      const [column, another] = matches.get(each.alias) ?? [];
      if (column === undefined || another !== undefined) {
        this.refusals.push(
          `The policy ${rule.name} needs one column as ${each.alias} and finds ${[...(matches.get(each.alias) ?? [])].join(", ") || "none"}.`,
        );
      }
      return column === undefined ? [] : [{ column }];
    });
  }

  private filter(rule: AttributeRule, matches: Map<string, string[]>): void {
    const applied = {
      policyIds: [rule.id],
      functionId: rule.functionId,
      arguments: this.argumentsOf(rule, matches),
    };
    const same = this.filters.findIndex((each) => isSame(each, applied));
    const known = this.filters[same];
    if (known) this.filters[same] = joined(known, applied);
    else this.filters.push(applied);
  }

  private mask(rule: AttributeRule, matches: Map<string, string[]>, column: string): void {
    const applied = {
      policyIds: [rule.id],
      functionId: rule.functionId,
      arguments: [{ column }, ...this.argumentsOf(rule, matches, column)],
    };
    const known = this.masks.get(column);
    if (known && !isSame(known, applied)) {
      const others = known.policyIds.map((id) => this.names.get(id)).join(", ");
      this.refusals.push(`The policies ${others} and ${rule.name} mask ${column} in different ways.`);
      return;
    }
    this.masks.set(column, known ? joined(known, applied) : applied);
  }
}

/**
 * What stands between a table and somebody who may read it. Ownership exempts nobody: only a policy's own
 * exceptions do. Row filters add up, as each can only take rows away; two masks that differ, an argument
 * that could be several columns, and a function that is gone make the table unreadable rather than open.
 *
 * @param rules all policies on the table and on what it lies in, in any order
 * @param closure the reader and every group they are in
 * @param isThere whether a function can be called
 */
export function resolveReading(
  rules: readonly AttributeRule[],
  table: AttributedTable,
  closure: ReadonlySet<string>,
  isThere: (functionId: string) => boolean,
): Reading {
  const resolver = new Resolver(isThere);
  const ordered = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const rule of ordered) {
    if (!concerns(rule, closure)) continue;
    const matches = matchesOf(rule, table);
    if (matches) resolver.add(rule, matches);
  }
  const { filters, masks, refusals } = resolver;
  return { filters, masks, refusals: [...new Set(refusals)] };
}

/** Tags of a path, the object's own first: what is nearer wins. */
export function inheritTags(fromNearest: readonly Tags[]): Tags {
  return new Map([...fromNearest].reverse().flatMap((tags) => [...tags]));
}
