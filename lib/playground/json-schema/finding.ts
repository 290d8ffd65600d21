export interface SchemaMismatch {
  /** Such as `items[2].name`; empty for the whole value. */
  path: string;
  why: string;
}

/** What one schema said of one value. The sets hold the members that it covered, for `unevaluated…`. */
export interface Finding {
  problems: SchemaMismatch[];
  keys: Set<string>;
  items: Set<number>;
}

export type Keywords = Record<string, unknown>;
/** Checks a member of the value at hand. */
export type CheckMember = (schema: unknown, value: unknown, path: string) => SchemaMismatch[];

export const amount = (count: unknown, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The name of a member of what stands at `path`. */
export function memberPath(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
