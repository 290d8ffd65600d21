import { describe, expect, it } from "vitest";
import {
  grantablePrivileges,
  type Kind,
  privileges,
  type Question,
  schemaKinds,
  storedKinds,
} from "@/lib/access";
import { combinations, Namespace, scope } from "./namespace";

const facts = [
  "ownsMetastore",
  "ownsCatalog",
  "ownsSchema",
  "ownsTable",
  "useCatalog",
  "useSchema",
  "select",
  "modify",
  "createTable",
] as const;
type Facts = Record<(typeof facts)[number], boolean>;

function namespaceOf(given: Facts): Namespace {
  const space = new Namespace();
  if (given.ownsMetastore) space.own("metastore", "ana");
  if (given.ownsCatalog) space.own("c", "ana");
  if (given.ownsSchema) space.own("s", "ana");
  if (given.ownsTable) space.own("t", "ana");
  if (given.useCatalog) space.grant("ana", "c", "USE CATALOG");
  if (given.useSchema) space.grant("ana", "s", "USE SCHEMA");
  if (given.select) space.grant("ana", "t", "SELECT");
  if (given.modify) space.grant("ana", "t", "MODIFY");
  if (given.createTable) space.grant("ana", "s", "CREATE TABLE");
  return space;
}

/** The facts for which engine and rule differ: none. */
const differing = (question: Question, on: string, rule: (given: Facts) => boolean) =>
  combinations(facts).filter((given) => namespaceOf(given).may("ana", question, on) !== rule(given));

describe("the rules that Unity Catalog's open server executes, over all 512 combinations", () => {
  it("get table", () => {
    const rule = (f: Facts) =>
      f.ownsMetastore ||
      f.ownsCatalog ||
      (f.ownsSchema && f.useCatalog) ||
      (f.useSchema && f.useCatalog && (f.ownsTable || f.select || f.modify));
    expect(differing("BROWSE", "t", rule)).toEqual([]);
  });

  it("create table", () => {
    const rule = (f: Facts) =>
      (f.ownsCatalog || f.useCatalog) && (f.ownsSchema || (f.useSchema && f.createTable));
    expect(differing("CREATE TABLE", "s", rule)).toEqual([]);
  });

  it("delete table", () => {
    const rule = (f: Facts) =>
      f.ownsCatalog || (f.ownsSchema && f.useCatalog) || (f.useSchema && f.useCatalog && f.ownsTable);
    expect(differing("MANAGE", "t", rule)).toEqual([]);
  });

  it("read a table: both USE privileges and SELECT, where an owner needs no grant on what is theirs", () => {
    const rule = (f: Facts) =>
      (f.useCatalog || f.ownsCatalog) && (f.useSchema || f.ownsSchema) && (f.select || f.ownsTable);
    expect(differing("SELECT", "t", rule)).toEqual([]);
  });

  it("write a table: reading it, and MODIFY", () => {
    const rule = (f: Facts) =>
      (f.useCatalog || f.ownsCatalog) &&
      (f.useSchema || f.ownsSchema) &&
      ((f.select && f.modify) || f.ownsTable);
    expect(differing("MODIFY", "t", rule)).toEqual([]);
  });

  it("grant on a table: whoever manages it, and the metastore's administrators", () => {
    const rule = (f: Facts) =>
      f.ownsMetastore ||
      f.ownsCatalog ||
      (f.ownsSchema && f.useCatalog) ||
      (f.useSchema && f.useCatalog && f.ownsTable);
    expect(differing("GRANT", "t", rule)).toEqual([]);
  });
});

const questions: readonly Question[] = [...privileges, "GRANT", "GRANT EXTERNAL USE SCHEMA"];
const reading: readonly Question[] = ["SELECT", "MODIFY", "EXECUTE", "READ VOLUME", "WRITE VOLUME", "REVIEW"];

const placeOf = (kind: Kind) =>
  kind === "catalog" || kind === "connection" ? "metastore" : kind === "schema" ? "c" : "s";

describe("a new user", () => {
  it.each(storedKinds.filter((kind) => kind !== "metastore"))("has nothing on a %s", (kind) => {
    const space = new Namespace().add("x", kind, placeOf(kind));
    expect(space.which("ana", questions, "x")).toEqual([]);
  });

  it("sees that there is a metastore and has nothing on it", () => {
    expect(new Namespace().which("ana", questions, "metastore")).toEqual(["BROWSE"]);
  });

  it("who is unknown does not even see that", () => {
    expect(new Namespace().which("nobody", questions, "metastore")).toEqual([]);
  });
});

describe("owning a container", () => {
  it.each(schemaKinds)("manages a %s in it and does not read it", (kind) => {
    for (const owned of ["c", "s"]) {
      const space = new Namespace().add("x", kind, "s").own(owned, "ana").grant("ana", "c", "USE CATALOG");
      space.grant("ana", "s", "USE SCHEMA");
      expect(space.which("ana", ["BROWSE", "MANAGE", "GRANT"], "x")).toEqual(["BROWSE", "MANAGE", "GRANT"]);
      expect(space.which("ana", reading, "x")).toEqual([]);
    }
  });

  it("lets its owner be granted the data", () => {
    const space = new Namespace().own("c", "ana").grant("ana", "s", "USE SCHEMA", "SELECT");
    expect(space.may("ana", "SELECT", "t")).toBe(true);
  });

  it("of a schema is worth nothing without USE CATALOG", () => {
    const space = new Namespace().own("s", "ana");
    for (const on of ["s", "t"]) expect(space.which("ana", questions, on)).toEqual([]);
  });
});

describe("MANAGE", () => {
  const space = () => new Namespace().grant("ana", "c", "USE CATALOG", "USE SCHEMA");

  it.each(["c", "s", "t"])("on %s lets its holder grant there and below, and read nothing", (on) => {
    const managed = space().grant("ana", on, "MANAGE");
    const below = ["c", "s", "t"].slice(["c", "s", "t"].indexOf(on));
    for (const each of below) expect(managed.may("ana", "GRANT", each)).toBe(true);
    expect(managed.which("ana", reading, "t")).toEqual([]);
    expect(managed.revoke("ana", on, "MANAGE").may("ana", "GRANT", "t")).toBe(false);
  });

  it("is not part of ALL PRIVILEGES, on no kind", () => {
    for (const kind of storedKinds.filter((each) => each !== "metastore")) {
      const granted = space().add("x", kind, placeOf(kind)).grant("ana", "x", "ALL PRIVILEGES");
      expect(granted.which("ana", ["MANAGE", "GRANT", "EXTERNAL USE SCHEMA"], "x")).toEqual([]);
    }
    expect(space().grant("ana", "metastore", "ALL PRIVILEGES").may("ana", "MANAGE", "metastore")).toBe(false);
  });
});

describe("ALL PRIVILEGES", () => {
  it.each(schemaKinds)("on a schema gives everything else on a %s in it", (kind) => {
    const space = new Namespace().add("x", kind, "s").grant("ana", "c", "USE CATALOG");
    space.grant("ana", "s", "ALL PRIVILEGES");
    const expected = grantablePrivileges(kind).filter((each) => !["ALL PRIVILEGES", "MANAGE"].includes(each));
    expect(space.which("ana", grantablePrivileges(kind), "x")).toEqual(expected);
    expect(space.may("ana", "BROWSE", "x")).toBe(true);
  });

  it("shows nothing without USE below where BROWSE can be granted, and all where it can", () => {
    const space = new Namespace().grant("ana", "s", "ALL PRIVILEGES").grant("ana", "t", "ALL PRIVILEGES");
    for (const on of ["s", "t"]) expect(space.which("ana", questions, on)).toEqual([]);
    expect(space.grant("ana", "c", "ALL PRIVILEGES").may("ana", "BROWSE", "t")).toBe(true);
  });
});

describe("BROWSE", () => {
  it("shows everything in a catalog without USE and reads nothing", () => {
    const space = new Namespace().grant("ana", "c", "BROWSE");
    for (const on of ["c", "s", "t"]) expect(space.which("ana", questions, on)).toEqual(["BROWSE"]);
    space.grant("ana", "c", "USE CATALOG", "USE SCHEMA");
    expect(space.which("ana", questions, "t")).toEqual(["BROWSE"]);
  });
});

describe("EXTERNAL USE SCHEMA", () => {
  const entered = () => new Namespace().grant("ana", "c", "USE CATALOG", "USE SCHEMA");

  it("comes by its own grant on the schema only", () => {
    const others = privileges.filter((each) => each !== "EXTERNAL USE SCHEMA");
    const space = entered()
      .own("s", "ana")
      .own("c", "ana")
      .grant("ana", "s", ...others);
    space.grant("ana", "c", ...others).grant("ana", "metastore", ...others);
    expect(space.may("ana", "EXTERNAL USE SCHEMA", "s")).toBe(false);
    expect(space.grant("ana", "s", "EXTERNAL USE SCHEMA").may("ana", "EXTERNAL USE SCHEMA", "s")).toBe(true);
  });

  it("needs the USE privileges", () => {
    const space = new Namespace().grant("ana", "s", "EXTERNAL USE SCHEMA");
    expect(space.may("ana", "EXTERNAL USE SCHEMA", "s")).toBe(false);
  });

  it("is granted by the catalog's owner alone", () => {
    const space = entered()
      .own("metastore", "root")
      .own("s", "ana")
      .grant("ana", "c", "MANAGE", "ALL PRIVILEGES");
    space.own("c", "ben");
    expect(["ana", "ben", "root"].filter((who) => space.may(who, "GRANT EXTERNAL USE SCHEMA", "s"))).toEqual([
      "ben",
    ]);
  });
});

describe("inheritance", () => {
  const entered = () => new Namespace().grant("ana", "c", "USE CATALOG", "USE SCHEMA");

  it("does not go down from the metastore", () => {
    const space = new Namespace().grant("ana", "metastore", "ALL PRIVILEGES", "MANAGE", "APPLY TAG");
    for (const on of ["c", "s", "t"]) expect(space.which("ana", questions, on)).toEqual([]);
    expect(space.may("ana", "CREATE CATALOG", "metastore")).toBe(true);
  });

  it("does not carry USE CATALOG and CREATE SCHEMA down", () => {
    const space = new Namespace().grant("ana", "c", "USE CATALOG", "CREATE SCHEMA");
    expect(space.may("ana", "CREATE SCHEMA", "c")).toBe(true);
    expect(space.which("ana", questions, "s")).toEqual([]);
  });

  it("holds for what is made later", () => {
    const space = entered().grant("ana", "c", "SELECT");
    expect(space.add("s2", "schema", "c").add("t2", "table", "s2").may("ana", "SELECT", "t2")).toBe(true);
  });

  it("changes with a move to another schema, and the object's own grants go along", () => {
    const space = entered()
      .add("s2", "schema", "c")
      .grant("ana", "s", "SELECT")
      .grant("ana", "t", "APPLY TAG");
    expect(space.which("ana", ["SELECT", "APPLY TAG"], "t")).toEqual(["SELECT", "APPLY TAG"]);
    expect(space.move("t", "s2").which("ana", ["SELECT", "APPLY TAG"], "t")).toEqual(["APPLY TAG"]);
  });

  it("does not outlive a drop: the same name made again has none of the old grants", () => {
    const space = entered().grant("ana", "t", "SELECT");
    space.policy.removeSecurable("t");
    expect(space.may("ana", "SELECT", "t")).toBe(false);
    space.policy.setSecurable({ id: "t-again", kind: "table", name: "t", parentId: "s", ownerId: "someone" });
    expect(space.which("ana", questions, "t-again")).toEqual([]);
  });

  it("ends with a drop of the container", () => {
    const space = entered().grant("ana", "t", "SELECT");
    space.policy.removeSecurable("c");
    for (const on of ["c", "s", "t"]) expect(space.policy.node(on)).toBeUndefined();
  });
});

describe("groups", () => {
  const granted = () => new Namespace().grant("outer", "c", "USE CATALOG", "USE SCHEMA", "SELECT");

  it("pass rights and ownership on to groups in them, and take them away again", () => {
    const space = granted().own("t", "outer");
    space.policy.setMembers("inner", new Set(["ana"]));
    expect(space.may("ana", "SELECT", "t")).toBe(false);
    space.policy.setMembers("outer", new Set(["inner"]));
    expect(space.which("ana", ["SELECT", "MANAGE"], "t")).toEqual(["SELECT", "MANAGE"]);
    space.policy.setMembers("inner", new Set());
    expect(space.which("ana", questions, "t")).toEqual([]);
  });

  it("in a circle, which the rows must not hold, end the search and count once", () => {
    const space = granted();
    space.policy.setMembers("outer", new Set(["inner"]));
    space.policy.setMembers("inner", new Set(["outer", "ana"]));
    expect(space.may("ana", "SELECT", "t")).toBe(true);
    expect(space.may("ben", "SELECT", "t")).toBe(false);
  });

  it("give nothing to an account that is switched off, until it is on again", () => {
    const space = granted();
    space.policy.setMembers("outer", new Set(["ana"]));
    expect(space.may("ana", "SELECT", "t")).toBe(true);
    space.policy.setPrincipal("ana", { isActive: false, isAdmin: true });
    for (const on of ["metastore", "c", "s", "t"]) expect(space.which("ana", questions, on)).toEqual([]);
    space.policy.setPrincipal("ana", { isActive: true, isAdmin: false });
    expect(space.may("ana", "SELECT", "t")).toBe(true);
  });

  it("of everybody and of administrators follow the account", () => {
    const space = new Namespace().grant("all_users", "c", "BROWSE");
    expect(space.may("ben", "BROWSE", "t")).toBe(true);
    expect(space.may("root", "CREATE CATALOG", "metastore")).toBe(true);
    space.policy.setPrincipal("root", { isActive: true, isAdmin: false });
    expect(space.may("root", "CREATE CATALOG", "metastore")).toBe(false);
  });
});

describe("a key", () => {
  const owner = () =>
    new Namespace()
      .add("s2", "schema", "c")
      .add("m", "model", "s")
      .add("t2", "table", "s2")
      .grant("ana", "c", "USE CATALOG", "USE SCHEMA", "SELECT", "MODIFY", "EXECUTE", "MANAGE");

  it("has its owner's rights when it is not narrowed", () => {
    const space = owner();
    for (const on of ["c", "s", "t", "m"])
      expect(space.which("ana", questions, on, scope(null))).toEqual(space.which("ana", questions, on));
  });

  it("does what its privileges name and no more", () => {
    const space = owner();
    expect(space.which("ana", ["SELECT", "MODIFY", "MANAGE", "GRANT"], "t", scope(["SELECT"]))).toEqual([
      "SELECT",
    ]);
    const all = scope(["ALL PRIVILEGES"]);
    expect(space.which("ana", ["SELECT", "MODIFY", "MANAGE", "GRANT"], "t", all)).toEqual([
      "SELECT",
      "MODIFY",
    ]);
    expect(space.which("ana", ["MANAGE", "GRANT"], "t", scope(["MANAGE"]))).toEqual(["MANAGE", "GRANT"]);
  });

  it("reaches its objects, and what lies in its containers", () => {
    const space = owner();
    const reached = (things: string[]) =>
      ["t", "t2"].filter((on) => space.may("ana", "SELECT", on, scope(null, things)));
    expect(reached(["t"])).toEqual(["t"]);
    expect(reached(["s2"])).toEqual(["t2"]);
    expect(reached(["c"])).toEqual(["t", "t2"]);
    expect(reached([])).toEqual([]);
    expect(space.may("ana", "USE SCHEMA", "s", scope(null, ["t"]))).toBe(false);
  });

  it("cannot do what its owner cannot, and loses what its owner loses", () => {
    const space = owner();
    const wide = scope(["SELECT", "REVIEW", "CREATE CATALOG"], ["metastore"]);
    expect(space.may("ana", "CREATE CATALOG", "metastore", wide)).toBe(false);
    expect(space.may("ana", "SELECT", "t", wide)).toBe(true);
    space.revoke("ana", "c", "SELECT");
    expect(space.may("ana", "SELECT", "t", wide)).toBe(false);
  });

  it("does not see what it cannot use", () => {
    const space = owner();
    const calls = scope(["EXECUTE"]);
    expect(["t", "m"].filter((on) => space.may("ana", "BROWSE", on))).toEqual(["t", "m"]);
    expect(["t", "m"].filter((on) => space.may("ana", "BROWSE", on, calls))).toEqual(["m"]);
    expect(space.may("ana", "BROWSE", "t", scope(["BROWSE"]))).toBe(true);
  });
});
