import type { Kind, Privilege, Question } from "@/lib/access";
import { type GrantFact, isThere, type KeyFact, type Thing, type World } from "./world";

/**
 * A second, slow telling of the rules, from Unity Catalog's documentation and nothing of lib/access but
 * names: it collects the set of everything one principal may do on one thing. Keep it apart from lib/access.
 */

const inSchema: readonly Kind[] = [
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
const everyKind: readonly Kind[] = ["metastore", "catalog", "schema", "connection", ...inSchema];
const callable: readonly Kind[] = ["function", "model", "prompt", "index", "endpoint", "agent"];
const containers: readonly Kind[] = ["catalog", "schema"];

/** On which kinds each can be granted, and whether it then holds for what is in there as well. */
const book: Record<Privilege, { on: readonly Kind[]; inherits: boolean }> = {
  "ALL PRIVILEGES": { on: everyKind, inherits: true },
  MANAGE: { on: everyKind, inherits: true },
  BROWSE: { on: ["catalog"], inherits: true },
  "APPLY TAG": { on: everyKind, inherits: true },
  "USE CATALOG": { on: ["catalog"], inherits: false },
  "USE SCHEMA": { on: containers, inherits: true },
  "CREATE CATALOG": { on: ["metastore"], inherits: false },
  "CREATE CONNECTION": { on: ["metastore"], inherits: false },
  "CREATE SCHEMA": { on: ["catalog"], inherits: false },
  "CREATE TABLE": { on: containers, inherits: true },
  "CREATE VOLUME": { on: containers, inherits: true },
  "CREATE FUNCTION": { on: containers, inherits: true },
  "CREATE MODEL": { on: containers, inherits: true },
  "CREATE PROMPT": { on: containers, inherits: true },
  "CREATE INDEX": { on: containers, inherits: true },
  "CREATE ENDPOINT": { on: containers, inherits: true },
  "CREATE EVALUATION": { on: containers, inherits: true },
  "CREATE AGENT": { on: containers, inherits: true },
  "USE CONNECTION": { on: ["connection"], inherits: false },
  SELECT: { on: [...containers, "table", "view", "playground"], inherits: true },
  MODIFY: { on: [...containers, "table", "view", "prompt", "playground"], inherits: true },
  EXECUTE: { on: [...containers, ...callable], inherits: true },
  "READ VOLUME": { on: [...containers, "volume"], inherits: true },
  "WRITE VOLUME": { on: [...containers, "volume"], inherits: true },
  "EXTERNAL USE SCHEMA": { on: ["schema"], inherits: false },
  REVIEW: { on: [...containers, "evaluation"], inherits: true },
};

const allPrivileges = Object.keys(book) as Privilege[];

/** What somebody can be given on a thing of that kind. */
export function givable(kind: Kind): readonly Privilege[] {
  const found = lists.get(kind) ?? allPrivileges.filter((privilege) => book[privilege].on.includes(kind));
  lists.set(kind, found);
  return found;
}

const lists = new Map<Kind, readonly Privilege[]>();

const neverInAll: readonly Privilege[] = ["MANAGE", "EXTERNAL USE SCHEMA"];

const meansSomething = (privilege: Privilege, kind: Kind) =>
  book[privilege].on.includes(kind) ||
  (privilege === "BROWSE" && (kind === "schema" || inSchema.includes(kind)));

/** The thing and what it lies in, the innermost first. */
function upFrom(world: World, thing: Thing): Thing[] {
  const parent = thing.parent === null ? undefined : world.things.get(thing.parent);
  return parent ? [thing, ...upFrom(world, parent)] : [thing];
}

/** Everything somebody is: themselves, and groups until no more are found. */
function titles(world: World, who: string): Set<string> {
  const found = new Set<string>();
  const person = world.people.get(who);
  if (!person?.active) return found;
  found.add(who).add("all_users");
  if (person.admin) found.add("admins");
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { member, group } of world.members) if (found.has(member)) found.add(group);
  }
  return found;
}

/** Everything that grants alone give on a thing. */
function given(world: World, mine: ReadonlySet<string>, thing: Thing): Set<Privilege> {
  const [, ...above] = upFrom(world, thing);
  const found = new Set<Privilege>();
  const take = ({ privilege }: GrantFact, from: Thing) => {
    const meant =
      privilege === "ALL PRIVILEGES"
        ? [privilege, ...givable(from.kind).filter((each) => !neverInAll.includes(each))]
        : [privilege];
    for (const each of meant) {
      const comesDown = from.id === thing.id || book[each].inherits;
      if (comesDown && meansSomething(each, thing.kind)) found.add(each);
    }
  };
  for (const grant of world.grants) {
    const from =
      grant.on === thing.id ? thing : above.find(({ id, kind }) => id === grant.on && kind !== "metastore");
    if (from && mine.has(grant.who)) take(grant, from);
  }
  return found;
}

/** Everything a principal may do on a thing, a key's narrowing left aside. */
export function rights(world: World, who: string, thing: Thing): Set<Question> {
  const may = new Set<Question>();
  const mine = titles(world, who);
  if (mine.size === 0 || !isThere(world, thing.id)) return may;
  const asked: Inquiry = {
    world,
    mine,
    thing,
    has: given(world, mine, thing),
    owner: mine.has(thing.owner),
    may,
  };
  const rulesMetastore = upFrom(world, thing).some(
    ({ kind, owner }) => kind === "metastore" && mine.has(owner),
  );
  if (inSchema.includes(thing.kind)) onObject(asked, rulesMetastore);
  else if (thing.kind === "schema") onSchema(asked, rulesMetastore);
  else if (thing.kind === "catalog") onCatalog(asked, rulesMetastore);
  else if (thing.kind === "connection") onConnection(asked, rulesMetastore);
  else if (thing.kind === "metastore") onMetastore(asked);
  else onOwnThing(asked, rulesMetastore);
  // It is a way to give others, never a thing one does.
  may.delete("ALL PRIVILEGES");
  return may;
}

interface Inquiry {
  world: World;
  mine: ReadonlySet<string>;
  thing: Thing;
  has: Set<Privilege>;
  owner: boolean;
  may: Set<Question>;
}

/** Whether one gets into the container of that kind: by its USE privilege, or as its owner. */
function enters({ world, mine, thing }: Inquiry, kind: "catalog" | "schema"): boolean {
  const container = upFrom(world, thing).find((each) => each.kind === kind);
  if (!container) return false;
  const use = kind === "catalog" ? "USE CATALOG" : "USE SCHEMA";
  return mine.has(container.owner) || given(world, mine, container).has(use);
}

function ownsAbove({ world, mine, thing }: Inquiry, kind: Kind): boolean {
  return upFrom(world, thing)
    .slice(1)
    .some((each) => each.kind === kind && mine.has(each.owner));
}

function onObject(asked: Inquiry, rulesMetastore: boolean): void {
  const { thing, has, owner, may } = asked;
  if (has.has("BROWSE")) may.add("BROWSE");
  if (rulesMetastore) for (const each of ["BROWSE", "GRANT"] as const) may.add(each);
  const manages = ownsAbove(asked, "catalog") || (ownsAbove(asked, "schema") && enters(asked, "catalog"));
  if (manages) for (const each of ["BROWSE", "MANAGE", "GRANT"] as const) may.add(each);
  if (!enters(asked, "catalog") || !enters(asked, "schema")) return;
  if (has.size > 0 || owner) may.add("BROWSE");
  const useful = owner ? allPrivileges.filter((each) => meansSomething(each, thing.kind)) : has;
  const read = thing.kind === "prompt" ? "EXECUTE" : "SELECT";
  for (const each of useful) if (each !== "MODIFY" || owner || has.has(read)) may.add(each);
  if (may.has("MANAGE")) may.add("GRANT");
}

function onSchema(asked: Inquiry, rulesMetastore: boolean): void {
  const { has, owner, may } = asked;
  const ownsCatalog = ownsAbove(asked, "catalog");
  if (has.has("BROWSE")) may.add("BROWSE");
  if (ownsCatalog) may.add("GRANT EXTERNAL USE SCHEMA");
  const inCatalog = enters(asked, "catalog");
  if (inCatalog && (owner || has.size > 0)) may.add("BROWSE");
  if (rulesMetastore || ownsCatalog || (inCatalog && (owner || has.has("MANAGE")))) {
    for (const each of ["BROWSE", "MANAGE", "GRANT"] as const) may.add(each);
  }
  if (!inCatalog) return;
  const creations = allPrivileges.filter(
    (each) => each.startsWith("CREATE ") && meansSomething(each, "schema"),
  );
  if (owner) for (const each of [...creations, "USE SCHEMA", "APPLY TAG"] as const) may.add(each);
  if (enters(asked, "schema")) for (const each of has) if (each !== "MANAGE") may.add(each);
}

function onCatalog(asked: Inquiry, rulesMetastore: boolean): void {
  const { has, owner, may } = asked;
  if (owner || rulesMetastore || has.size > 0) may.add("BROWSE");
  if (owner || rulesMetastore || has.has("MANAGE")) may.add("MANAGE").add("GRANT");
  if (owner) {
    for (const each of ["GRANT EXTERNAL USE SCHEMA", "USE CATALOG", "CREATE SCHEMA", "APPLY TAG"] as const)
      may.add(each);
  }
  if (enters(asked, "catalog")) for (const each of has) may.add(each);
}

function onConnection({ has, owner, may }: Inquiry, rulesMetastore: boolean): void {
  if (owner || rulesMetastore || has.size > 0) may.add("BROWSE");
  if (owner || rulesMetastore || has.has("MANAGE")) may.add("MANAGE").add("GRANT");
  for (const each of ["USE CONNECTION", "APPLY TAG"] as const) if (owner || has.has(each)) may.add(each);
}

function onMetastore({ has, owner, may }: Inquiry): void {
  may.add("BROWSE");
  for (const each of givable("metastore")) if (owner || has.has(each)) may.add(each);
  if (may.has("MANAGE")) may.add("GRANT");
}

/** What belongs to one person: an administrator ends it, but reads neither playground nor its contents. */
function onOwnThing({ thing, has, owner, may }: Inquiry, rulesMetastore: boolean): void {
  if (thing.kind === "playground") {
    if (owner) for (const each of ["BROWSE", "SELECT", "MODIFY", "MANAGE", "GRANT"] as const) may.add(each);
    if (has.size > 0) may.add("BROWSE");
    if (has.has("SELECT")) for (const each of has) may.add(each);
    return;
  }
  if (owner || rulesMetastore || thing.kind === "snapshot") may.add("BROWSE");
  if (rulesMetastore || (owner && thing.kind !== "user")) may.add("MANAGE");
}

/** What is left of its owner's rights for a key. */
export function rightsOfKey(world: World, key: KeyFact, thing: Thing): Set<Question> {
  const all = rights(world, key.owner, thing);
  const { privileges, things } = key;
  if (things && !upFrom(world, thing).some(({ id }) => things.includes(id))) return new Set();
  if (!privileges) return all;
  const isLeft = (question: Question) => {
    const needed = question.startsWith("GRANT") ? "MANAGE" : (question as Privilege);
    return (
      privileges.includes(needed) || (privileges.includes("ALL PRIVILEGES") && !neverInAll.includes(needed))
    );
  };
  const left = new Set([...all].filter(isLeft));
  // It sees what it can use for something.
  if (left.size > 0 && all.has("BROWSE") && [...left].some((each) => !each.startsWith("GRANT")))
    left.add("BROWSE");
  return left;
}

/** What can be asked at all. */
export const allQuestions: readonly Question[] = [...allPrivileges, "GRANT", "GRANT EXTERNAL USE SCHEMA"];
