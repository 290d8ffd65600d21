import type { Question } from "@/lib/access";
import { decide, type Subject } from "@/lib/access/decide";
import { type Explanation, explain } from "@/lib/access/explain";
import { Policy, type PolicyNode } from "@/lib/access/policy";
import { bitOf, maskOf } from "@/lib/access/privileges";
import { type KeyFact, personalKinds, type Thing, type Told, type World } from "./world";

/** The engine under test, fed as the loader feeds it from rows, and asked as the services ask it. */
export class Engine {
  constructor(
    readonly policy: Policy = new Policy(),
    private readonly decideFor: typeof decide = decide,
    /** Also says why; broken engines are only asked whether. */
    private readonly explainFor: typeof explain | null = explain,
  ) {}

  told(world: World, changes: readonly Told[]): void {
    for (const { kind, id } of changes) {
      if (kind === "principal") this.setPrincipal(world, id);
      else if (kind === "group") this.setMembers(world, id);
      else if (kind === "grants") this.setGrants(world, id);
      else this.setThing(world, id);
    }
  }

  private setPrincipal(world: World, id: string): void {
    const person = world.people.get(id);
    if (person) this.policy.setPrincipal(id, { isActive: person.active, isAdmin: person.admin });
    else this.policy.removePrincipal(id);
  }

  private setMembers(world: World, group: string): void {
    const members = world.members.filter((each) => each.group === group).map(({ member }) => member);
    this.policy.setMembers(group, new Set(members));
  }

  private setGrants(world: World, on: string): void {
    const masks = new Map<string, number>();
    for (const grant of world.grants) {
      if (grant.on === on) masks.set(grant.who, (masks.get(grant.who) ?? 0) | bitOf(grant.privilege));
    }
    this.policy.setGrants(on, masks);
  }

  private setThing(world: World, id: string): void {
    const thing = world.things.get(id);
    if (!thing || personalKinds.includes(thing.kind)) return;
    const { kind, name, parent, owner } = thing;
    if (thing.dropped) this.policy.removeSecurable(id);
    else {
      this.policy.setSecurable({ id, kind, name, parentId: parent, ownerId: owner });
      this.setGrants(world, id);
    }
  }

  node({ id, kind, name, owner, dropped }: Thing): PolicyNode | undefined {
    if (!personalKinds.includes(kind)) return this.policy.node(id);
    if (dropped) return undefined;
    const parent = this.policy.node("metastore") ?? null;
    const made = { id, kind, name, parent, ownerId: owner, grants: this.policy.looseGrants(id), children };
    return made;
  }

  decide(subject: Subject, question: Question, node: PolicyNode): boolean {
    return this.decideFor(this.policy, subject, question, node);
  }

  explain(subject: Subject, question: Question, node: PolicyNode): Explanation | null {
    return this.explainFor?.(this.policy, subject, question, node) ?? null;
  }
}

const children: ReadonlySet<PolicyNode> = new Set();

/** A key as the engine is asked about it. */
export function subjectOfKey({ owner, privileges, things }: KeyFact): Subject {
  return {
    principalId: owner,
    scope: { privileges: privileges && maskOf(privileges), securables: things && new Set(things) },
  };
}
