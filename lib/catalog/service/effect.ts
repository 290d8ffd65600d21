import "server-only";
import { type Privilege, questionsOf } from "@/lib/access";
import {
  decide,
  explain,
  type GrantChange,
  grantMask,
  type Policy,
  type PolicyNode,
  privilegesOf,
  reachMask,
} from "@/lib/access/server";
import type { Effect, PersonEffect, PrincipalEffect } from "../schema";
import { principalNames, toRef } from "../view";

/** More pairs of person and object than this are not looked at. */
const mostPairs = 100_000;
const mostSampled = 5;
const mostPeople = 200;

/** Changes on one object. */
export interface GrantItem {
  node: PolicyNode;
  changes: readonly GrantChange[];
}

/** The object and everything in it. */
function within(node: PolicyNode): PolicyNode[] {
  const found = [node];
  for (const at of found) found.push(...at.children);
  return found;
}

/** The active people a principal stands for. */
function peopleOf(policy: Policy, principalId: string): string[] {
  const ids = policy.principal(principalId) ? [principalId] : policy.peopleIn(principalId);
  return ids.filter((id) => policy.principal(id)?.isActive);
}

const principalsOf = (items: readonly GrantItem[]): string[] => [
  ...new Set(items.flatMap(({ changes }) => changes.map(({ principalId }) => principalId))),
];

/** What decisions on an object can change when these privileges are granted above it or on it. */
function affected(node: PolicyNode, at: PolicyNode, changes: readonly GrantChange[]): Privilege[] {
  const touched = grantMask(changes.flatMap(({ add, remove }) => [...add, ...remove]));
  const mask = reachMask(touched, at.kind, node.kind);
  // What opens a container decides about everything in it; any right lets one see; MODIFY needs SELECT, on prompts EXECUTE.
  const opens = (touched & grantMask(["USE CATALOG", "USE SCHEMA", "ALL PRIVILEGES", "MANAGE"])) !== 0;
  const also: readonly Privilege[] =
    mask & grantMask(["SELECT", "EXECUTE"]) ? ["BROWSE", "MODIFY"] : ["BROWSE"];
  const possible = questionsOf(node.kind);
  return opens
    ? possible
    : possible.filter((each) => privilegesOf(mask).includes(each) || also.includes(each));
}

type Rights = Map<string, Set<string>>;

function rightsOf(policy: Policy, people: readonly string[], asked: readonly Asked[]): Rights {
  const rights: Rights = new Map();
  for (const person of people) {
    const held = new Set<string>();
    for (const { node, questions } of asked) {
      for (const question of questions) {
        if (decide(policy, { principalId: person }, question, node)) held.add(`${question}\n${node.id}`);
      }
    }
    rights.set(person, held);
  }
  return rights;
}

interface Asked {
  node: PolicyNode;
  questions: readonly Privilege[];
}

/** Runs `look` on the policy as it would be, and puts everything back; nothing can decide in between. */
export function asIf<T>(policy: Policy, items: readonly GrantItem[], look: () => T): T {
  const before = items.map(({ node }) => [node.id, node.grants ?? new Map<string, number>()] as const);
  for (const { node, changes } of items) {
    const after = new Map(node.grants);
    for (const { principalId, add, remove } of changes) {
      const mask = ((after.get(principalId) ?? 0) & ~grantMask(remove)) | grantMask(add);
      if (mask === 0) after.delete(principalId);
      else after.set(principalId, mask);
    }
    policy.setGrants(node.id, after);
  }
  try {
    return look();
  } finally {
    for (const [id, grants] of before) policy.setGrants(id, grants);
  }
}

function difference(from: ReadonlySet<string> | undefined, to: ReadonlySet<string> | undefined): string[] {
  return [...(to ?? [])].filter((each) => !from?.has(each));
}

interface Lacking {
  person: string;
  privilege: Privilege;
  missing: readonly { need: Effect["stillLacking"][number]["missing"][number]["need"]; on: string }[];
}

function lackingOf(policy: Policy, people: readonly string[], items: readonly GrantItem[]): Lacking[] {
  return people.flatMap((person) => {
    const closure = new Set(policy.closure(person));
    return items.flatMap(({ node, changes }) => {
      const given = changes.filter(({ principalId }) => closure.has(principalId)).flatMap(({ add }) => add);
      // What ALL PRIVILEGES stands for can lack something; it itself cannot be asked.
      return privilegesOf(reachMask(grantMask(given), node.kind, node.kind))
        .filter((privilege) => questionsOf(node.kind).includes(privilege))
        .flatMap((privilege) => {
          const { allow, conditions } = explain(policy, { principalId: person }, privilege, node);
          return allow ? [] : [{ person, privilege, missing: conditions.filter(({ met }) => !met) }];
        });
    });
  });
}

/** Through whom a person has what is granted to them once more. */
function holdersOf(policy: Policy, person: string, items: readonly GrantItem[]): string[] {
  return items.flatMap(({ node, changes }) =>
    changes
      .flatMap(({ add }) => add)
      .filter((privilege) => questionsOf(node.kind).includes(privilege))
      .flatMap((privilege) => {
        const { allow, conditions } = explain(policy, { principalId: person }, privilege, node);
        const way = conditions.findLast(({ met, evidence }) => met && evidence)?.evidence;
        return allow ? (way?.through.at(-1) ?? []) : [];
      }),
  );
}

/** What these people lack, each thing once. */
function missingOf(
  policy: Policy,
  people: ReadonlySet<string>,
  lacking: readonly Lacking[],
  mayGrant: (id: string) => boolean,
): PrincipalEffect["missing"] {
  const all = lacking.filter(({ person }) => people.has(person)).flatMap(({ missing }) => missing);
  const distinct = new Map(all.map((each) => [`${each.need} ${each.on}`, each]));
  return [...distinct.values()].flatMap(({ need, on }) => {
    const node = policy.node(on);
    return node ? [{ need, on: toRef(node), mayGrant: mayGrant(on) }] : [];
  });
}

const mostHolders = 3;
/** Of more people than this it is not told through whom they have it. */
const mostAsked = 50;

/** Who gains and who loses what by a change of grants, on the objects and everything in them; the present state is not touched. */
export async function effectOf(
  reader: Parameters<typeof principalNames>[0],
  policy: Policy,
  items: readonly GrantItem[],
  mayGrant: (id: string) => boolean,
): Promise<Effect> {
  const principals = principalsOf(items);
  const allPeople = [...new Set(principals.flatMap((id) => peopleOf(policy, id)))];
  const all = items.flatMap(({ node: at, changes }) =>
    within(at).map((node) => ({ node, questions: affected(node, at, changes) })),
  );
  const people = allPeople.slice(
    0,
    Math.max(1, Math.floor(mostPairs / Math.max(1, Math.min(all.length, mostPairs)))),
  );
  const asked = all.slice(0, mostPairs);
  const before = rightsOf(policy, people, asked);
  const { after, lacking } = asIf(policy, items, () => ({
    after: rightsOf(policy, people, asked),
    lacking: lackingOf(policy, people.slice(0, mostPeople), items),
  }));
  const gained = people.map((person) => [person, difference(before.get(person), after.get(person))] as const);
  const lost = people.map((person) => [person, difference(after.get(person), before.get(person))] as const);
  const gains = gained.filter(([, rights]) => rights.length > 0);
  const losses = lost.filter(([, rights]) => rights.length > 0);
  const lackingPeople = new Set(lacking.map(({ person }) => person));
  const gainingPeople = new Set(
    gains.map(([person]) => person).filter((person) => !lackingPeople.has(person)),
  );
  const touched = new Set([...gainingPeople, ...lackingPeople, ...losses.map(([person]) => person)]);
  const ofPrincipals = principals.map((id) => {
    const own = peopleOf(policy, id).filter((person) => before.has(person));
    const already = own.filter((person) => !touched.has(person));
    const holders = already.slice(0, mostAsked).flatMap((person) => holdersOf(policy, person, items));
    return {
      id,
      people: own.length,
      gaining: own.filter((person) => gainingPeople.has(person)).length,
      already: already.length,
      as: [...new Set(holders)].slice(0, mostHolders),
      lacking: own.filter((person) => lackingPeople.has(person)).length,
      missing: missingOf(policy, new Set(own), lacking, mayGrant),
    };
  });
  const names = await principalNames(reader, policy, [
    ...people,
    ...ofPrincipals.flatMap(({ id, as }) => [id, ...as]),
  ]);
  const fullName = new Map(asked.map(({ node }) => [node.id, toRef(node).fullName]));
  const summary = (person: string, rights: readonly string[]): PersonEffect => {
    const pairs = rights.map((each) => each.split("\n"));
    const objects = [...new Set(pairs.map(([, id = ""]) => id))];
    return {
      person: names(person),
      privileges: [...new Set(pairs.map(([privilege = ""]) => privilege))],
      objects: objects.length,
      sample: objects.slice(0, mostSampled).map((id) => fullName.get(id) ?? id),
    };
  };
  return {
    principals: ofPrincipals.map(
      ({ id, as, ...counts }): PrincipalEffect => ({ principal: names(id), ...counts, as: as.map(names) }),
    ),
    gains: gains.slice(0, mostPeople).map(([person, rights]) => summary(person, rights)),
    losses: losses.slice(0, mostPeople).map(([person, rights]) => summary(person, rights)),
    stillLacking: lacking.slice(0, mostPeople).map(({ person, privilege, missing }) => ({
      person: names(person),
      privilege,
      missing: missing.flatMap(({ need, on }) => {
        const node = policy.node(on);
        return node ? [{ need, on: toRef(node) }] : [];
      }),
    })),
    unchanged: people.filter((person) => !touched.has(person)).length,
    people: allPeople.length,
    isComplete:
      people.length === allPeople.length &&
      asked.length === all.length &&
      Math.max(people.length > mostPeople ? lackingPeople.size : 0, gains.length, losses.length) <=
        mostPeople,
  };
}
