import type { Kind, Privilege } from "@/lib/access";

/** Anything that rights are held on. */
export interface Thing {
  id: string;
  kind: Kind;
  name: string;
  parent: string | null;
  owner: string;
  dropped: boolean;
}

export interface GrantFact {
  who: string;
  privilege: Privilege;
  on: string;
}

export interface KeyFact {
  owner: string;
  privileges: readonly Privilege[] | null;
  things: readonly string[] | null;
}

/** What is true, as plain lists: the engine is told of it piece by piece, the oracle reads it. */
export interface World {
  things: Map<string, Thing>;
  grants: GrantFact[];
  members: { member: string; group: string }[];
  people: Map<string, { active: boolean; admin: boolean }>;
  keys: Map<string, KeyFact>;
}

export type Step =
  | { do: "create"; id: string; kind: Kind; name: string; parent: string | null; owner: string }
  | { do: "grant" | "revoke"; who: string; privilege: Privilege; on: string }
  | { do: "move"; id: string; to: string }
  | { do: "rename"; id: string; name: string }
  | { do: "drop" | "restore"; id: string }
  | { do: "own"; id: string; who: string }
  | { do: "join"; member: string; group: string; evenInCircle: boolean }
  | { do: "leave"; member: string; group: string }
  | { do: "person"; id: string; active: boolean; admin: boolean }
  | { do: "remove person"; id: string }
  | { do: "key"; id: string; key: KeyFact };

/** What a step has changed, in the words of the policy's change log. */
export interface Told {
  kind: "securable" | "grants" | "principal" | "group";
  id: string;
}

export const emptyWorld = (): World => ({
  things: new Map(),
  grants: [],
  members: [],
  people: new Map(),
  keys: new Map(),
});

export const personalKinds: readonly Kind[] = ["playground", "snapshot", "key", "session", "user"];

/** Neither dropped itself nor in anything that is. */
export function isThere(world: World, id: string | null): boolean {
  if (id === null) return true;
  const thing = world.things.get(id);
  return thing !== undefined && !thing.dropped && isThere(world, thing.parent);
}

const isTaken = (world: World, parent: string | null, name: string) =>
  [...world.things.values()].some(
    (thing) => !thing.dropped && thing.parent === parent && thing.name === name,
  );

export function isIn(world: World, member: string, group: string, seen = new Set<string>()): boolean {
  if (member === group) return true;
  if (seen.has(member)) return false;
  seen.add(member);
  return world.members.some((each) => each.member === member && isIn(world, each.group, group, seen));
}

/** Everything in a thing, however deep, itself first. */
function within(world: World, id: string): string[] {
  const inside = [...world.things.values()].filter(({ parent, dropped }) => parent === id && !dropped);
  return [id, ...inside.flatMap((thing) => within(world, thing.id))];
}

/** Does a step and says what it changed: nothing where it is not possible (any more). */
export function happen(world: World, step: Step): Told[] {
  switch (step.do) {
    case "create":
      return create(world, step);
    case "grant":
    case "revoke":
      return grantOrRevoke(world, step);
    case "join":
    case "leave":
      return joinOrLeave(world, step);
    case "person":
      world.people.set(step.id, { active: step.active, admin: step.admin });
      return [{ kind: "principal", id: step.id }];
    case "remove person":
      return world.people.delete(step.id) ? [{ kind: "principal", id: step.id }] : [];
    case "key":
      world.keys.set(step.id, step.key);
      return [];
    default:
      return change(world, step);
  }
}

function create(world: World, { id, kind, name, parent, owner }: Extract<Step, { do: "create" }>): Told[] {
  if (world.things.has(id) || !isThere(world, parent) || isTaken(world, parent, name)) return [];
  world.things.set(id, { id, kind, name, parent, owner, dropped: false });
  return [{ kind: "securable", id }];
}

function grantOrRevoke(world: World, step: Extract<Step, { privilege: Privilege }>): Told[] {
  if (!isThere(world, step.on)) return [];
  const { who, privilege, on } = step;
  const others = world.grants.filter(
    (grant) => grant.who !== who || grant.privilege !== privilege || grant.on !== on,
  );
  world.grants = step.do === "grant" ? [...others, { who, privilege, on }] : others;
  return [{ kind: "grants", id: on }];
}

function joinOrLeave(world: World, step: Extract<Step, { member: string }>): Told[] {
  const { member, group } = step;
  const others = world.members.filter((each) => each.member !== member || each.group !== group);
  if (step.do === "join") {
    if (isIn(world, group, member) && !step.evenInCircle) return [];
    world.members = [...others, { member, group }];
  } else world.members = others;
  return [{ kind: "group", id: group }];
}

function change(
  world: World,
  step: Extract<Step, { do: "move" | "rename" | "drop" | "restore" | "own" }>,
): Told[] {
  const thing = world.things.get(step.id);
  if (!thing) return [];
  if (step.do === "restore") {
    const { parent, name } = thing;
    if (!thing.dropped || !isThere(world, parent) || isTaken(world, parent, name)) return [];
    thing.dropped = false;
    return within(world, thing.id).map((id) => ({ kind: "securable", id }));
  }
  if (!isThere(world, step.id)) return [];
  if (step.do === "move") {
    if (!isThere(world, step.to) || isTaken(world, step.to, thing.name)) return [];
    thing.parent = step.to;
  } else if (step.do === "rename") {
    if (isTaken(world, thing.parent, step.name)) return [];
    thing.name = step.name;
  } else if (step.do === "own") thing.owner = step.who;
  else thing.dropped = true;
  return [{ kind: "securable", id: step.id }];
}
