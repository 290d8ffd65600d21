import { describe, expect, it } from "vitest";
import { type Actor, authorize, type Privilege, type Securable } from "@/lib/auth";

const member: Actor = {
  userId: "usr_m",
  email: "m@example.org",
  name: "M",
  role: "member",
  sessionId: "ses_1",
};
const admin: Actor = {
  userId: "usr_a",
  email: "a@example.org",
  name: "A",
  role: "admin",
  sessionId: "ses_2",
};
const withKey = (actor: Actor): Actor => ({ ...actor, sessionId: undefined, keyId: "k" });

const privileges: Privilege[] = ["MANAGE", "EXECUTE", "CREATE CONNECTION", "USE CONNECTION", "BROWSE"];
const securables: Record<string, Securable> = {
  metastore: { kind: "metastore" },
  model: { kind: "model", name: "pebble-2m" },
  connection: { kind: "connection", id: "con_1" },
  "own key": { kind: "key", ownerId: "usr_m" },
  "other key": { kind: "key", ownerId: "usr_x" },
  "own session": { kind: "session", ownerId: "usr_m" },
  "other session": { kind: "session", ownerId: "usr_x" },
  "own playground": { kind: "playground", ownerId: "usr_m" },
  "other playground": { kind: "playground", ownerId: "usr_x" },
  "own snapshot": { kind: "snapshot", ownerId: "usr_m" },
  "other snapshot": { kind: "snapshot", ownerId: "usr_x" },
  "own registered model": { kind: "registered-model", ownerId: "usr_m" },
  "other registered model": { kind: "registered-model", ownerId: "usr_x" },
  "own account": { kind: "user", id: "usr_m" },
  "other account": { kind: "user", id: "usr_x" },
};

const granted = (actor: Actor) =>
  Object.entries(securables).flatMap(([name, securable]) =>
    privileges.filter((p) => authorize(actor, p, securable).allow).map((p) => `${p} on ${name}`),
  );

const everyone = [
  "BROWSE on metastore",
  "EXECUTE on model",
  "BROWSE on model",
  "USE CONNECTION on connection",
  "BROWSE on connection",
  "BROWSE on own snapshot",
  "BROWSE on other snapshot",
  "BROWSE on own registered model",
  "BROWSE on other registered model",
];
const ownObjects = [
  "MANAGE on own key",
  "BROWSE on own key",
  "MANAGE on own session",
  "BROWSE on own session",
  "MANAGE on own playground",
  "BROWSE on own playground",
  "MANAGE on own snapshot",
  "MANAGE on own registered model",
  "BROWSE on own account",
];

describe("authorize", () => {
  it("gives a member the models and what they own, and nothing else", () => {
    expect(granted(member).sort()).toEqual([...everyone, ...ownObjects].sort());
  });

  it("gives an administrator accounts and connections, but nobody's playground", () => {
    const administrator = { ...admin, userId: "usr_m" };
    expect(granted(administrator).sort()).toEqual(
      [
        ...everyone,
        ...ownObjects,
        "MANAGE on metastore",
        "CREATE CONNECTION on metastore",
        "MANAGE on model",
        "MANAGE on connection",
        "MANAGE on other key",
        "BROWSE on other key",
        "MANAGE on other session",
        "BROWSE on other session",
        "MANAGE on other snapshot",
        "MANAGE on other registered model",
        "MANAGE on own account",
        "MANAGE on other account",
        "BROWSE on other account",
      ].sort(),
    );
  });

  it.each([
    ["member", member],
    ["administrator", { ...admin, userId: "usr_m" }],
  ])("takes account administration, and only that, from a key of a %s", (_, actor) => {
    const lost = granted(actor).filter((grant) => !granted(withKey(actor)).includes(grant));
    expect(lost.length).toBeGreaterThan(0);
    for (const grant of lost) expect(grant).toMatch(/^MANAGE on (own|other) (key|session|account)$/);
    expect(granted(withKey(actor)).some((g) => /^MANAGE on (own|other) (key|session|account)$/.test(g))).toBe(
      false,
    );
  });

  it("says in words what is missing and who can give it", () => {
    expect(authorize(member, "MANAGE", { kind: "connection", id: "c" })).toEqual({
      allow: false,
      why: "You need MANAGE on this connection. An administrator can grant it.",
    });
    expect(authorize(withKey(admin), "MANAGE", { kind: "user", id: "*" }).why).toContain("API key");
  });
});
