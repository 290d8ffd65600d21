import { z } from "zod";
import { groupName } from "./group-name";
import { instant, label, principalRef } from "./schema";

const description = z.string().trim().max(1000, "1,000 characters at most.");
const externalName = label("the value of the claim", 256);
const revision = z.int().positive();

export const grantSource = z.enum(["manual", "sso"]);
export type GrantSource = z.infer<typeof grantSource>;

/** How long a chain of groups in groups may be. */
export const deepestNesting = 20;

const groupRef = z.object({ id: z.string(), name: z.string() });
export type GroupRef = z.infer<typeof groupRef>;

export const groupSummary = groupRef.extend({
  description: z.string(),
  /** The value of the identity provider's claim that puts people in; null for none. */
  externalName: z.string().nullable(),
  /** Direct ones, by kind. */
  members: z.object({ people: z.int(), services: z.int(), groups: z.int() }),
  updatedAt: instant,
  revision,
});
export type GroupSummary = z.infer<typeof groupSummary>;

const member = z.object({ source: grantSource, addedAt: instant });

/** Who or what is in a group directly. */
export const groupMember = z.discriminatedUnion("kind", [
  member.extend({ ...principalRef.shape, kind: z.literal("person"), disabled: z.boolean() }),
  member.extend({ ...principalRef.shape, kind: z.literal("service"), disabled: z.boolean() }),
  member.extend({ ...groupRef.shape, kind: z.literal("group"), memberCount: z.int() }),
]);
export type GroupMember = z.infer<typeof groupMember>;

/** A group that something is in. */
export const membership = groupRef.extend({
  /** Null where only a group in between is in it. */
  source: grantSource.nullable(),
  /** The groups in between, from the inside out; empty for a direct one. */
  through: z.array(groupRef),
});
export type Membership = z.infer<typeof membership>;

export const group = groupSummary.omit({ members: true }).extend({
  createdAt: instant,
  members: z.array(groupMember),
  /** People and service principals in it directly or through groups, each once; deactivated ones included. */
  effectiveCount: z.int(),
  memberOf: z.array(membership),
});
export type Group = z.infer<typeof group>;

export const groupFilter = z.strictObject({ q: z.string().max(200).optional() });
export type GroupFilter = z.infer<typeof groupFilter>;

/** A list is cut here; `total` says how many there are. */
export const mostGroups = 500;
export const groupList = z.object({ groups: z.array(groupSummary), total: z.int() });

export const groupInput = z.strictObject({
  name: groupName,
  description: description.optional(),
  externalName: externalName.nullish(),
});
export type GroupInput = z.input<typeof groupInput>;

export const groupPatch = z.strictObject({
  /** The one that was seen. */
  revision,
  name: groupName.optional(),
  description: description.optional(),
  externalName: externalName.nullish(),
});
export type GroupPatch = z.input<typeof groupPatch>;

/** By id, so that people, service principals and groups can be named together. */
export const membersInput = z.strictObject({
  ids: z.array(z.string().min(1).max(100)).min(1, "Choose at least one.").max(500, "500 at once at most."),
});
export type MembersInput = z.input<typeof membersInput>;
