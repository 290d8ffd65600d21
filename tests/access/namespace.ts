import type { Kind, Privilege, Question } from "@/lib/access";
import { decide, type Scope } from "@/lib/access/decide";
import { Policy } from "@/lib/access/policy";
import { maskOf } from "@/lib/access/privileges";

/** A small namespace in memory: catalog `c` with schema `s` and table `t`, owned by nobody who is asked. */
export class Namespace {
  readonly policy = new Policy();
  private readonly masks = new Map<string, Map<string, number>>();

  constructor() {
    this.policy.setPrincipal("ana", { isActive: true, isAdmin: false });
    this.policy.setPrincipal("ben", { isActive: true, isAdmin: false });
    this.policy.setPrincipal("root", { isActive: true, isAdmin: true });
    this.add("metastore", "metastore", null, "admins");
    this.add("c", "catalog", "metastore").add("s", "schema", "c").add("t", "table", "s");
  }

  add(id: string, kind: Kind, parentId: string | null, ownerId = "someone"): this {
    this.policy.setSecurable({ id, kind, name: id, parentId, ownerId });
    return this;
  }

  own(id: string, ownerId: string): this {
    const node = this.policy.node(id);
    return node ? this.add(id, node.kind, node.parent?.id ?? null, ownerId) : this;
  }

  move(id: string, to: string): this {
    const node = this.policy.node(id);
    return node ? this.add(id, node.kind, to, node.ownerId) : this;
  }

  grant(who: string, on: string, ...list: Privilege[]): this {
    return this.set(who, on, (this.masks.get(on)?.get(who) ?? 0) | maskOf(list));
  }

  revoke(who: string, on: string, ...list: Privilege[]): this {
    return this.set(who, on, (this.masks.get(on)?.get(who) ?? 0) & ~maskOf(list));
  }

  private set(who: string, on: string, mask: number): this {
    const masks = this.masks.get(on) ?? new Map<string, number>();
    if (mask) masks.set(who, mask);
    else masks.delete(who);
    this.masks.set(on, masks);
    this.policy.setGrants(on, masks);
    return this;
  }

  may(who: string, question: Question, on: string, scope?: Scope): boolean {
    const node = this.policy.node(on);
    return (
      node !== undefined &&
      decide(this.policy, { principalId: who, ...(scope ? { scope } : {}) }, question, node)
    );
  }

  /** All that is answered yes, of these questions. */
  which(who: string, questions: readonly Question[], on: string, scope?: Scope): Question[] {
    return questions.filter((question) => this.may(who, question, on, scope));
  }
}

/** What a key is narrowed to. */
export const scope = (list: readonly Privilege[] | null, things: readonly string[] | null = null): Scope => ({
  privileges: list && maskOf(list),
  securables: things && new Set(things),
});

/** Every combination of true and false for these facts. */
export function combinations<K extends string>(facts: readonly K[]): Record<K, boolean>[] {
  return Array.from(
    { length: 2 ** facts.length },
    (_, number) =>
      Object.fromEntries(facts.map((fact, bit) => [fact, (number & (1 << bit)) !== 0])) as Record<K, boolean>,
  );
}
