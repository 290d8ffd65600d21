import { isSchemaKind, type Kind, type Privilege } from "@/lib/access";
import { givable } from "./oracle";
import type { Random } from "./random";
import { emptyWorld, happen, isThere, type Step, type Thing, type Told, type World } from "./world";

const people = ["ana", "ben", "cleo", "dora"];
const groups = ["red", "green", "blue", "grey"];
const everybody = [...people, ...groups, "all_users", "admins"];
const kindsDrawn: readonly Kind[] = [
  "table",
  "table",
  "view",
  "volume",
  "function",
  "model",
  "prompt",
  "index",
  "endpoint",
  "evaluation",
  "agent",
];
const ownThings: readonly Kind[] = ["playground", "snapshot", "key", "session"];
/** What most rights hang on is drawn more often. */
const heavy: readonly Privilege[] = [
  "USE CATALOG",
  "USE SCHEMA",
  "USE CATALOG",
  "USE SCHEMA",
  "ALL PRIVILEGES",
  "MANAGE",
  "BROWSE",
  "SELECT",
  "MODIFY",
  "EXECUTE",
  "EXTERNAL USE SCHEMA",
];

const metastore = {
  do: "create",
  id: "metastore",
  kind: "metastore",
  parent: null,
  owner: "admins",
} as const;

/** Draws a step after another for a world, and does it: revocations are drawn from the grants there are. */
export class Story {
  readonly world: World = emptyWorld();
  readonly steps: Step[] = [];
  private made = 0;

  constructor(private readonly random: Random) {}

  /** The world before anything is drawn, as steps. */
  begin(tell: (changes: Told[]) => void): void {
    const first: Step[] = [
      { ...metastore, name: "metastore" },
      ...people.map((id, index): Step => ({ do: "person", id, active: true, admin: index === 3 })),
      ...people.map(
        (id): Step => ({
          do: "create",
          id: `user-${id}`,
          kind: "user",
          name: id,
          parent: "metastore",
          owner: id,
        }),
      ),
    ];
    for (const step of first) this.happened(step, tell);
    for (const kind of ["catalog", "schema", "table"] as const) this.happened(this.creation(kind), tell);
  }

  next(tell: (changes: Told[]) => void): Step {
    const step = this.draw();
    this.happened(step, tell);
    return step;
  }

  private happened(step: Step, tell: (changes: Told[]) => void): void {
    this.steps.push(step);
    tell(happen(this.world, step));
  }

  private there(...kinds: Kind[]): Thing[] {
    const things = [...this.world.things.values()];
    return things.filter(
      (thing) => (kinds.length === 0 || kinds.includes(thing.kind)) && isThere(this.world, thing.id),
    );
  }

  private creation(kind: Kind, again?: Thing): Step {
    const { random } = this;
    const above: Kind = isSchemaKind(kind) ? "schema" : kind === "schema" ? "catalog" : "metastore";
    const parents = this.there(above);
    if (parents.length === 0) return this.creation(above);
    this.made += 1;
    return {
      do: "create",
      id: `${kind}-${this.made}`,
      kind,
      name: again?.name ?? random.pick(["a", "b", "c", "d", "e", "f", "g"]),
      parent: again?.parent ?? random.pick(parents).id,
      owner: random.pick(ownThings.includes(kind) ? people : everybody),
    };
  }

  private draw(): Step {
    const { random, world } = this;
    const roll = random.below(100);
    if (roll < 34) return this.grant();
    if (roll < 48)
      return world.grants.length > 0 ? { do: "revoke", ...random.pick(world.grants) } : this.grant();
    if (roll < 58) return this.create();
    if (roll < 63) return this.move();
    if (roll < 69) return this.drop();
    if (roll < 74) return { do: "own", id: random.pick(this.there()).id, who: random.pick(everybody) };
    if (roll < 83) return this.joinOrLeave();
    if (roll < 91) return this.person();
    if (roll < 93)
      return { do: "rename", id: random.pick(this.there()).id, name: random.pick(["a", "b", "h"]) };
    return this.key();
  }

  private grant(): Step {
    const { random } = this;
    const on = random.pick(this.there().filter(({ kind }) => givable(kind).length > 0));
    const possible = givable(on.kind);
    const wanted = heavy.filter((each) => possible.includes(each));
    const from = wanted.length > 0 && random.chance(0.7) ? wanted : possible;
    return { do: "grant", who: random.pick(everybody.slice(0, 9)), privilege: random.pick(from), on: on.id };
  }

  private create(): Step {
    const { random, world } = this;
    const dropped = [...world.things.values()].filter((thing) => thing.dropped);
    if (dropped.length > 0 && random.chance(0.4)) {
      const again = random.pick(dropped);
      return this.creation(again.kind, again);
    }
    const roll = random.below(10);
    if (roll < 1) return this.creation("catalog");
    if (roll < 3) return this.creation("schema");
    if (roll < 4) return this.creation("connection");
    if (roll < 5) return this.creation(random.pick(ownThings));
    return this.creation(random.pick(kindsDrawn));
  }

  private move(): Step {
    const { random } = this;
    const movable = this.there().filter(({ kind }) => kind === "schema" || isSchemaKind(kind));
    if (movable.length === 0) return this.create();
    const thing = random.pick(movable);
    const places = this.there(thing.kind === "schema" ? "catalog" : "schema");
    return { do: "move", id: thing.id, to: random.pick(places).id };
  }

  private drop(): Step {
    const { random, world } = this;
    const dropped = [...world.things.values()].filter((thing) => thing.dropped);
    if (dropped.length > 0 && random.chance(0.35)) return { do: "restore", id: random.pick(dropped).id };
    const droppable = this.there().filter(({ kind }) => !["metastore", "user"].includes(kind));
    return droppable.length > 0 ? { do: "drop", id: random.pick(droppable).id } : this.create();
  }

  private joinOrLeave(): Step {
    const { random, world } = this;
    if (world.members.length > 0 && random.chance(0.35))
      return { do: "leave", ...random.pick(world.members) };
    const member = random.pick([...people, ...people, ...groups, "all_users", "admins"]);
    return { do: "join", member, group: random.pick(groups), evenInCircle: random.chance(0.2) };
  }

  private person(): Step {
    const { random, world } = this;
    const id = random.pick(people);
    if (random.chance(0.06)) return { do: "remove person", id };
    const before = world.people.get(id) ?? { active: false, admin: false };
    return random.chance(0.6)
      ? { do: "person", id, active: !before.active, admin: before.admin }
      : { do: "person", id, active: before.active, admin: !before.admin };
  }

  private key(): Step {
    const { random } = this;
    const things = this.there();
    const few = <T>(from: readonly T[]) =>
      Array.from({ length: 1 + random.below(2) }, () => random.pick(from));
    return {
      do: "key",
      id: random.pick(["key-x", "key-y"]),
      key: {
        owner: random.pick(people),
        privileges: random.chance(0.7) ? few(random.chance(0.7) ? heavy : givable("catalog")) : null,
        things: random.chance(0.6) ? few(things).map(({ id }) => id) : null,
      },
    };
  }
}
