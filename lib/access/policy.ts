import { type Kind, pathKinds } from "./kinds";

/** Everybody who can sign in, and service principals. */
export const allUsers = "all_users";
/** Whoever has the administrator's role; owns the metastore. */
export const administrators = "admins";

export const metastoreId = "metastore";
export const mainCatalogId = "cat_main";
/** Where models are registered. */
export const defaultSchemaId = "sch_default";

/** An object as decisions see it. */
export interface PolicyNode {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly parent: PolicyNode | null;
  readonly ownerId: string;
  /** Mask of privileges by principal. */
  readonly grants: ReadonlyMap<string, number> | null;
  readonly children: ReadonlySet<PolicyNode>;
}

export interface PolicyPrincipal {
  isAdmin: boolean;
  isActive: boolean;
}

export interface SecurableFacts {
  id: string;
  kind: Kind;
  name: string;
  parentId: string | null;
  ownerId: string;
}

interface MutableNode {
  id: string;
  kind: Kind;
  name: string;
  parent: MutableNode | null;
  ownerId: string;
  grants: Map<string, number> | null;
  readonly children: Set<MutableNode>;
}

/**
 * Everything that decides about rights, in memory, as of one policy epoch. It is changed only by
 * `set*` and `remove*`, which the loader calls between two requests.
 */
export class Policy {
  epoch = 0n;
  private readonly nodes = new Map<string, MutableNode>();
  /** Grants on what has no row of its own, such as a playground session. */
  private readonly loose = new Map<string, Map<string, number>>();
  private readonly principals = new Map<string, PolicyPrincipal>();
  private readonly groupsOf = new Map<string, Set<string>>();
  private readonly membersOf = new Map<string, Set<string>>();
  private readonly called = new Map<string, string>();
  private readonly namesOf = new Map<string, readonly string[]>();
  private readonly closures = new Map<string, ReadonlySet<string>>();

  node(id: string): PolicyNode | undefined {
    return this.nodes.get(id);
  }

  /** The object that a call by that name needs a right on; null when it was dropped, undefined for a name nobody registered. */
  calledNode(name: string): PolicyNode | null | undefined {
    const id = this.called.get(name);
    return id === undefined ? undefined : (this.nodes.get(id) ?? null);
  }

  allNodes(): IterableIterator<PolicyNode> {
    return this.nodes.values();
  }

  looseGrants(id: string): ReadonlyMap<string, number> | null {
    return this.loose.get(id) ?? null;
  }

  principal(id: string): PolicyPrincipal | undefined {
    return this.principals.get(id);
  }

  allPrincipals(): IterableIterator<[string, PolicyPrincipal]> {
    return this.principals.entries();
  }

  /** The groups that hold this one directly. */
  directGroups(memberId: string): ReadonlySet<string> {
    const groups = new Set(this.groupsOf.get(memberId));
    const principal = this.principals.get(memberId);
    if (principal) groups.add(allUsers);
    if (principal?.isAdmin) groups.add(administrators);
    return groups;
  }

  /** The principal and every group it is in, however deep; empty for one that is unknown or switched off. */
  closure(principalId: string): readonly string[] {
    return [...this.closureSet(principalId)];
  }

  /** The same, to look ids up in. */
  closureSet(principalId: string): ReadonlySet<string> {
    const known = this.closures.get(principalId);
    if (known) return known;
    const closure = this.findClosure(principalId);
    this.closures.set(principalId, closure);
    return closure;
  }

  /** A group and every group it is in. */
  groupClosure(groupId: string): readonly string[] {
    return this.asMember(groupId, (id) =>
      this.closure(id).filter((each) => each !== id && each !== allUsers),
    );
  }

  /** Looks at what being in the group alone gives, through somebody made up who is in nothing else. */
  asMember<T>(groupId: string, look: (principalId: string) => T): T {
    const id = `member of ${groupId}`;
    this.principals.set(id, { isAdmin: groupId === administrators, isActive: true });
    if (groupId !== allUsers && groupId !== administrators) this.groupsOf.set(id, new Set([groupId]));
    try {
      return look(id);
    } finally {
      this.principals.delete(id);
      this.groupsOf.delete(id);
      this.closures.delete(id);
    }
  }

  private findClosure(principalId: string): ReadonlySet<string> {
    const found = new Set<string>();
    const principal = this.principals.get(principalId);
    if (!principal?.isActive) return found;
    found.add(principalId).add(allUsers);
    if (principal.isAdmin) found.add(administrators);
    for (const id of found) {
      const groups = this.groupsOf.get(id);
      if (groups) for (const group of groups) found.add(group);
    }
    return found;
  }

  /** Everybody who is in the group, through groups in it too; switched-off accounts are left out. */
  peopleIn(groupId: string): string[] {
    return [...this.principals.keys()].filter((id) => this.closureSet(id).has(groupId));
  }

  /** Adds or changes an object; false when its container is unknown, and then the object is as well. */
  setSecurable({ id, kind, name, parentId, ownerId }: SecurableFacts): boolean {
    const parent = parentId === null ? null : (this.nodes.get(parentId) ?? null);
    // Outside the container of its kind nothing can be decided about it: better unknown than open.
    if (parent?.kind !== pathKinds(kind)[1]) {
      this.removeSecurable(id);
      return false;
    }
    let node = this.nodes.get(id);
    if (node) {
      node.parent?.children.delete(node);
      Object.assign(node, { kind, name, parent, ownerId });
    } else {
      node = { id, kind, name, parent, ownerId, grants: this.loose.get(id) ?? null, children: new Set() };
      this.nodes.set(id, node);
      this.loose.delete(id);
    }
    parent?.children.add(node);
    return true;
  }

  /** Forgets an object and everything in it, grants included. */
  removeSecurable(id: string): void {
    const node = this.nodes.get(id);
    if (!node) return;
    for (const child of node.children) this.removeSecurable(child.id);
    node.parent?.children.delete(node);
    this.nodes.delete(id);
  }

  setGrants(securableId: string, grants: ReadonlyMap<string, number>): void {
    const node = this.nodes.get(securableId);
    const own = grants.size === 0 ? null : new Map(grants);
    if (node) node.grants = own;
    else if (own) this.loose.set(securableId, own);
    else this.loose.delete(securableId);
  }

  setPrincipal(id: string, principal: PolicyPrincipal): void {
    this.principals.set(id, principal);
    this.closures.clear();
  }

  removePrincipal(id: string): void {
    this.principals.delete(id);
    this.closures.clear();
  }

  /** The direct members of a group, all of them. */
  setMembers(groupId: string, members: ReadonlySet<string>): void {
    for (const id of this.membersOf.get(groupId) ?? []) this.groupsOf.get(id)?.delete(groupId);
    this.membersOf.delete(groupId);
    for (const id of members) this.join(id, groupId);
    this.closures.clear();
  }

  /** The groups that hold a member directly, all of them. */
  setMemberships(memberId: string, groups: ReadonlySet<string>): void {
    for (const id of this.groupsOf.get(memberId) ?? []) this.membersOf.get(id)?.delete(memberId);
    this.groupsOf.delete(memberId);
    for (const id of groups) this.join(memberId, id);
    this.closures.clear();
  }

  private join(memberId: string, groupId: string): void {
    const groups = this.groupsOf.get(memberId) ?? new Set();
    this.groupsOf.set(memberId, groups.add(groupId));
    const members = this.membersOf.get(groupId) ?? new Set();
    this.membersOf.set(groupId, members.add(memberId));
  }

  setCalledNames(securableId: string, names: readonly string[]): void {
    for (const name of this.namesOf.get(securableId) ?? []) {
      if (this.called.get(name) === securableId) this.called.delete(name);
    }
    for (const name of names) this.called.set(name, securableId);
    if (names.length > 0) this.namesOf.set(securableId, names);
    else this.namesOf.delete(securableId);
  }
}

/** The objects from this one up to the metastore, itself first. */
export function pathOf(node: PolicyNode): PolicyNode[] {
  const path: PolicyNode[] = [];
  for (let at: PolicyNode | null = node; at; at = at.parent) path.push(at);
  return path;
}

/** `catalog.schema.name`, or the name alone for what lies in no catalog. */
export function fullNameOf(node: PolicyNode): string {
  return pathOf(node)
    .filter(({ kind }) => kind !== "metastore")
    .map(({ name }) => name)
    .reverse()
    .join(".");
}
