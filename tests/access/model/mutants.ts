import type { Question } from "@/lib/access";
import type { Model } from "@/lib/access/compile";
import { decide, decideBy, type Subject } from "@/lib/access/decide";
import { administrators, Policy, type PolicyPrincipal, type SecurableFacts } from "@/lib/access/policy";
import { bitOf, maskOf, reach } from "@/lib/access/privileges";
import { type Atom, type Rule, ruleFor } from "@/lib/access/rules";
import { Engine } from "./engine";

/** An engine with one thing wrong, which the model test has to notice. */
export interface Mutant {
  name: string;
  make: () => Engine;
}

const withPolicy = (name: string, make: () => Policy): Mutant => ({
  name,
  make: () => new Engine(make(), decide, null),
});

const withModel = (name: string, change: Partial<Model>): Mutant => {
  const wrong = decideBy({ ruleFor, reach, ...change });
  return { name, make: () => new Engine(new Policy(), wrong, null) };
};

const withSubject = (name: string, change: (subject: Subject) => Subject): Mutant => ({
  name,
  make: () => {
    const wrong: typeof decide = (policy, subject, question, node) =>
      decide(policy, change(subject), question, node);
    return new Engine(new Policy(), wrong, null);
  },
});

const yes: Rule = { all: [] };
const no: Rule = { some: [] };

/** The rule with some of its conditions replaced. */
function replaced(rule: Rule | null, by: (atom: Atom) => Rule | undefined): Rule | null {
  if (!rule) return null;
  const within = (each: Rule): Rule => replaced(each, by) ?? no;
  if ("all" in rule) return { all: rule.all.map(within) };
  if ("some" in rule) return { some: rule.some.map(within) };
  return by(rule) ?? rule;
}

const isGranted = (atom: Atom, privilege: Question) => atom.is === "granted" && atom.privilege === privilege;
const dataQuestions: readonly Question[] = [
  "SELECT",
  "MODIFY",
  "EXECUTE",
  "READ VOLUME",
  "WRITE VOLUME",
  "REVIEW",
];

/** A policy that remembers who is in which groups for too long. */
class StaleClosures extends Policy {
  private readonly kept = new Map<string, ReadonlySet<string>>();

  override closureSet(principalId: string): ReadonlySet<string> {
    const known = this.kept.get(principalId) ?? super.closureSet(principalId);
    this.kept.set(principalId, known);
    return known;
  }

  protected forget(): void {
    this.kept.clear();
  }
}

class StaleAfterGroupChange extends StaleClosures {
  override setPrincipal(id: string, principal: PolicyPrincipal): void {
    super.setPrincipal(id, principal);
    this.forget();
  }

  override removePrincipal(id: string): void {
    super.removePrincipal(id);
    this.forget();
  }
}

class StaleAfterPrincipalChange extends StaleClosures {
  constructor(private readonly isNoticed: (before: PolicyPrincipal, after: PolicyPrincipal) => boolean) {
    super();
  }

  override setPrincipal(id: string, principal: PolicyPrincipal): void {
    const before = this.principal(id);
    super.setPrincipal(id, principal);
    if (!before || this.isNoticed(before, principal)) this.forget();
  }

  override removePrincipal(id: string): void {
    super.removePrincipal(id);
    this.forget();
  }

  override setMembers(groupId: string, members: ReadonlySet<string>): void {
    super.setMembers(groupId, members);
    this.forget();
  }
}

class KeepsRevoked extends Policy {
  override setGrants(id: string, grants: ReadonlyMap<string, number>): void {
    const before = this.node(id)?.grants ?? this.looseGrants(id);
    const all = new Map(before);
    for (const [who, mask] of grants) all.set(who, (all.get(who) ?? 0) | mask);
    super.setGrants(id, all);
  }
}

class KeepsRemovedPeople extends Policy {
  override removePrincipal(): void {}
}

class NestsOneLevel extends Policy {
  override closureSet(principalId: string): ReadonlySet<string> {
    const whole = super.closureSet(principalId);
    return whole.size === 0 ? whole : new Set([principalId, ...this.directGroups(principalId)]);
  }
}

class DropLeavesChildren extends Policy {
  private readonly dropped = new Set<string>();

  override node(id: string) {
    return this.dropped.has(id) ? undefined : super.node(id);
  }

  override setSecurable(facts: SecurableFacts): boolean {
    this.dropped.delete(facts.id);
    return super.setSecurable(facts);
  }

  override removeSecurable(id: string): void {
    this.dropped.add(id);
  }
}

class MoveKeepsOldParent extends Policy {
  override setSecurable(facts: SecurableFacts): boolean {
    const before = super.node(facts.id);
    return super.setSecurable(before ? { ...facts, parentId: before.parent?.id ?? null } : facts);
  }
}

class KeepsOldOwner extends Policy {
  override setSecurable(facts: SecurableFacts): boolean {
    const before = super.node(facts.id);
    return super.setSecurable(before ? { ...facts, ownerId: before.ownerId } : facts);
  }
}

/** Grants follow the name, so that a new object under an old name has them. */
class GrantsByName extends Policy {
  private readonly byName = new Map<string, ReadonlyMap<string, number>>();
  private readonly names = new Map<string, string>();

  override setSecurable(facts: SecurableFacts): boolean {
    this.names.set(facts.id, `${facts.parentId} ${facts.kind} ${facts.name}`);
    return super.setSecurable(facts);
  }

  override setGrants(id: string, grants: ReadonlyMap<string, number>): void {
    const name = this.names.get(id) ?? id;
    const isNew = !this.node(id)?.grants && grants.size === 0;
    const mine = isNew ? (this.byName.get(name) ?? grants) : grants;
    this.byName.set(name, mine);
    super.setGrants(id, mine);
  }
}

class DefaultAdministrators extends Policy {
  override closureSet(principalId: string): ReadonlySet<string> {
    const found = super.closureSet(principalId);
    return found.size === 0 ? found : new Set([...found, administrators]);
  }
}

const managing = bitOf("MANAGE");
const external = bitOf("EXTERNAL USE SCHEMA");
const all = bitOf("ALL PRIVILEGES");

export const mutants: readonly Mutant[] = [
  withPolicy("groups are stale after somebody joins or leaves", () => new StaleAfterGroupChange()),
  withPolicy(
    "groups are stale after a deactivation",
    () => new StaleAfterPrincipalChange((before, after) => before.isAdmin !== after.isAdmin),
  ),
  withPolicy(
    "groups are stale after a change of role",
    () => new StaleAfterPrincipalChange((before, after) => before.isActive !== after.isActive),
  ),
  withPolicy("revoked grants stay", () => new KeepsRevoked()),
  withPolicy("removed people stay", () => new KeepsRemovedPeople()),
  withPolicy("groups in groups do not count", () => new NestsOneLevel()),
  withPolicy("everybody is an administrator", () => new DefaultAdministrators()),
  withPolicy("a drop leaves what is inside", () => new DropLeavesChildren()),
  withPolicy("a move keeps the old container", () => new MoveKeepsOldParent()),
  withPolicy("a new owner is not noticed", () => new KeepsOldOwner()),
  withPolicy("a name made again keeps the grants of the old object", () => new GrantsByName()),
  withModel("USE CATALOG is not asked for", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        question !== "USE CATALOG" && isGranted(atom, "USE CATALOG") ? yes : undefined,
      ),
  }),
  withModel("USE SCHEMA is not asked for", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        question !== "USE SCHEMA" && isGranted(atom, "USE SCHEMA") ? yes : undefined,
      ),
  }),
  withModel("the owner has no rights", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        atom.is === "owner" && atom.of === "object" ? no : undefined,
      ),
  }),
  withModel("the owner of a container reads what is inside", {
    ruleFor: (kind, question) => {
      const rule = ruleFor(kind, question);
      if (!rule || kind === "playground" || !dataQuestions.includes(question)) return rule;
      return {
        some: [
          rule,
          { is: "owner", of: "catalog" },
          {
            all: [
              { is: "owner", of: "schema" },
              { is: "granted", privilege: "USE CATALOG", on: "catalog" },
            ],
          },
        ],
      };
    },
  }),
  withModel("an administrator reads everything", {
    ruleFor: (kind, question) => {
      const rule = ruleFor(kind, question);
      return rule && dataQuestions.includes(question)
        ? { some: [rule, { is: "owner", of: "metastore" }] }
        : rule;
    },
  }),
  withModel("ALL PRIVILEGES gives MANAGE", {
    reach: (mask, at, on) => reach(mask & all ? mask | managing : mask, at, on),
  }),
  withModel("ALL PRIVILEGES gives EXTERNAL USE SCHEMA", {
    reach: (mask, at, on) => reach(mask & all ? mask | external : mask, at, on),
  }),
  withModel("the owner of a schema has EXTERNAL USE SCHEMA", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        isGranted(atom, "EXTERNAL USE SCHEMA") ? { some: [atom, { is: "owner", of: "object" }] } : undefined,
      ),
  }),
  withModel("whoever manages a schema grants EXTERNAL USE SCHEMA", {
    ruleFor: (kind, question) =>
      ruleFor(kind, question === "GRANT EXTERNAL USE SCHEMA" && kind === "schema" ? "GRANT" : question),
  }),
  withModel("grants on the metastore hold in catalogs", {
    reach: (mask, at, on) => reach(mask, at === "metastore" && on !== at ? "catalog" : at, on),
  }),
  withModel("grants are not inherited", {
    reach: (mask, at, on) => (at === on ? reach(mask, at, on) : 0),
  }),
  withModel("BROWSE reads", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        atom.is === "granted" && dataQuestions.includes(atom.privilege) && kind !== "playground"
          ? { some: [atom, { is: "granted", privilege: "BROWSE", on: "object" }] }
          : undefined,
      ),
  }),
  withModel("BROWSE needs USE", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        question === "BROWSE" && isGranted(atom, "BROWSE") ? no : undefined,
      ),
  }),
  withModel("ALL PRIVILEGES on a table is BROWSE without USE", {
    reach: (mask, at, on) =>
      reach(mask, at, on) | (mask & all && at === on && at === "table" ? bitOf("BROWSE") : 0),
  }),
  withModel("MODIFY does not need SELECT", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        question === "MODIFY" && isGranted(atom, "SELECT") ? yes : undefined,
      ),
  }),
  withModel("MODIFY on a prompt does not need EXECUTE", {
    ruleFor: (kind, question) =>
      replaced(ruleFor(kind, question), (atom) =>
        kind === "prompt" && question === "MODIFY" && isGranted(atom, "EXECUTE") ? yes : undefined,
      ),
  }),
  withSubject("a key's privileges are ignored", ({ principalId, scope }) => ({
    principalId,
    ...(scope ? { scope: { ...scope, privileges: null } } : {}),
  })),
  withSubject("a key's objects are ignored", ({ principalId, scope }) => ({
    principalId,
    ...(scope ? { scope: { ...scope, securables: null } } : {}),
  })),
  withSubject("ALL PRIVILEGES in a key's scope gives MANAGE", ({ principalId, scope }) => ({
    principalId,
    ...(scope?.privileges && scope.privileges & all
      ? { scope: { ...scope, privileges: scope.privileges | maskOf(["MANAGE"]) } }
      : scope
        ? { scope }
        : {}),
  })),
];
