import type { GrantEntry } from "@/lib/catalog";

/** What one principal was granted in one place. */
export interface GrantRow {
  principal: GrantEntry["principal"];
  privileges: GrantEntry["privilege"][];
  at: GrantEntry["at"];
  isInherited: boolean;
  /** Whoever granted the first of them, and when. */
  grantedBy: GrantEntry["grantedBy"];
  grantedAt: string;
}

/** Grants put together by principal and place, inherited ones from the outside in before those on the object. */
export function grantRows(entries: readonly GrantEntry[]): GrantRow[] {
  const rows = new Map<string, GrantRow>();
  for (const { principal, privilege, at, isInherited, grantedBy, grantedAt } of entries) {
    const key = `${principal.id} ${at.id}`;
    const row = rows.get(key);
    if (row) row.privileges.push(privilege);
    else rows.set(key, { principal, privileges: [privilege], at, isInherited, grantedBy, grantedAt });
  }
  const depth = ({ isInherited, at }: GrantRow) => (isInherited ? at.fullName.split(".").length : Infinity);
  return [...rows.values()].sort((a, b) => {
    const [from, to] = [depth(a), depth(b)];
    return from === to ? 0 : from - to;
  });
}
