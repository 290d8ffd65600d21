import type { Actor } from "./schema";

export type Privilege = "MANAGE" | "EXECUTE" | "CREATE CONNECTION" | "USE CONNECTION" | "BROWSE";

export type Securable =
  | { kind: "metastore" }
  | { kind: "model"; name: string }
  | { kind: "connection"; id: string }
  | { kind: "key" | "session" | "playground" | "snapshot" | "registered-model"; ownerId: string }
  | { kind: "user"; id: string };

export interface Decision {
  allow: boolean;
  /** The reason in words, for refusals and for "why can she see this?". */
  why: string;
}

const allow = (why: string): Decision => ({ allow: true, why });
const deny = (why: string): Decision => ({ allow: false, why });

/** The securable as it is named in a refusal; ids of other people's objects are left out. */
function named(securable: Securable): string {
  switch (securable.kind) {
    case "metastore":
      return "this workbench";
    case "model":
      return `the model ${securable.name}`;
    case "connection":
      return "this connection";
    case "user":
      return "this account";
    case "registered-model":
      return "this registered model";
    default:
      return `this ${securable.kind === "playground" ? "playground session" : securable.kind}`;
  }
}

const everyone: Partial<Record<Securable["kind"], readonly Privilege[]>> = {
  metastore: ["BROWSE"],
  model: ["BROWSE", "EXECUTE"],
  connection: ["BROWSE", "USE CONNECTION"],
  // Whoever has its link: the id cannot be guessed, and no list shows another's.
  snapshot: ["BROWSE"],
  "registered-model": ["BROWSE"],
};

const administrators: Partial<Record<Securable["kind"], readonly Privilege[]>> = {
  metastore: ["MANAGE", "CREATE CONNECTION"],
  model: ["MANAGE"],
  connection: ["MANAGE"],
  user: ["BROWSE", "MANAGE"],
  key: ["BROWSE", "MANAGE"],
  session: ["BROWSE", "MANAGE"],
  snapshot: ["MANAGE"],
  "registered-model": ["MANAGE"],
};

const owned: Partial<Record<Securable["kind"], readonly Privilege[]>> = {
  key: ["BROWSE", "MANAGE"],
  session: ["BROWSE", "MANAGE"],
  playground: ["BROWSE", "MANAGE"],
  snapshot: ["MANAGE"],
  "registered-model": ["MANAGE"],
  user: ["BROWSE"],
};

function isOwner(actor: Actor, securable: Securable): boolean {
  if (securable.kind === "user") return securable.id === actor.userId;
  return "ownerId" in securable && securable.ownerId === actor.userId;
}

/**
 * Whether `actor` has `privilege` on `securable`, and why. Pure; nothing is allowed that no line here allows.
 * A key has its owner's rights but for accounts: a leaked key must not mint keys, users or sessions that outlive it.
 */
export function authorize(actor: Actor, privilege: Privilege, securable: Securable): Decision {
  const { kind } = securable;
  const isAccount = kind === "key" || kind === "session" || kind === "user";
  if (actor.keyId && isAccount && privilege !== "BROWSE") {
    return deny("An API key cannot change accounts, keys or sessions. Sign in to do this.");
  }
  if (everyone[kind]?.includes(privilege)) return allow("Everyone who is signed in may do this.");
  if (owned[kind]?.includes(privilege) && isOwner(actor, securable)) return allow("You own it.");
  if (actor.role === "admin" && administrators[kind]?.includes(privilege)) {
    return allow("You are an administrator.");
  }
  return deny(
    `You need ${privilege} on ${named(securable)}. ${actor.role === "admin" ? "Only its owner has it." : "An administrator can grant it."}`,
  );
}
