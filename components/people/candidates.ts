import type { Group, GroupSummary, ServicePrincipal, User } from "@/lib/auth";

export interface Candidate {
  id: string;
  kind: "person" | "robot" | "people";
  name: string;
  detail: string;
  /** Why it cannot be chosen. */
  disabledReason?: string;
}

interface There {
  users: readonly User[];
  services: readonly ServicePrincipal[];
  groups: readonly GroupSummary[];
}

/** Who could be put into a group: everybody and everything, with the reason where it cannot. */
export function candidatesFor(group: Group, { users, services, groups }: There): Candidate[] {
  const within = new Set(group.members.map(({ id }) => id));
  const above = new Set(group.memberOf.map(({ id }) => id));
  const already = (id: string) => (within.has(id) ? "is in it already" : undefined);
  return [
    ...groups
      .filter(({ id }) => id !== group.id)
      .map(
        ({ id, name, description }): Candidate => ({
          id,
          kind: "people",
          name,
          detail: description || "group",
          disabledReason: above.has(id) ? `${group.name} is in it` : already(id),
        }),
      ),
    ...users.map(
      ({ id, name, email }): Candidate => ({
        id,
        kind: "person",
        name: name || email,
        detail: email,
        disabledReason: already(id),
      }),
    ),
    ...services.map(
      ({ id, name }): Candidate => ({
        id,
        kind: "robot",
        name,
        detail: "service principal",
        disabledReason: already(id),
      }),
    ),
  ];
}

const mostShown = 100;

/** Those that match what was typed; `more` were left out. */
export function matchingCandidates(
  candidates: readonly Candidate[],
  q: string,
): { shown: Candidate[]; more: number } {
  const needle = q.trim().toLowerCase();
  const found = candidates.filter(({ name, detail }) => `${name} ${detail}`.toLowerCase().includes(needle));
  return { shown: found.slice(0, mostShown), more: Math.max(0, found.length - mostShown) };
}
