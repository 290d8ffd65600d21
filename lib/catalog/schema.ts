import { z } from "zod";
import { calledName, privileges, securableName, storedKinds } from "@/lib/access";

export const instant = z.iso.datetime();
const id = z.string().min(1).max(100);
/** A privilege, in the words of the catalogue. */
export const privilege = z.enum(privileges);
export const kind = z.enum(storedKinds);

/** Enough of an object to name it and lead to it. */
export const objectRef = z.object({ id: z.string(), kind, name: z.string(), fullName: z.string() });
export type ObjectRef = z.infer<typeof objectRef>;

export const principalRef = z.object({
  id: z.string(),
  kind: z.enum(["user", "group", "service_principal"]),
  name: z.string(),
  handle: z.string(),
  isActive: z.boolean(),
  /** Active people in a group, through groups in it too. */
  members: z.number().int().optional(),
});
export type PrincipalRef = z.infer<typeof principalRef>;

/** One line of the tree. */
export const treeEntry = objectRef.extend({
  /** Children the reader may see; absent for objects that hold none. */
  children: z.number().int().optional(),
  /** Only by name: nothing of it may be used. */
  isBrowseOnly: z.boolean(),
  comment: z.string(),
});
export type TreeEntry = z.infer<typeof treeEntry>;

export const treePage = z.object({
  entries: z.array(treeEntry),
  next: z.string().nullable(),
  /** Objects anywhere that the reader knows by name only; told with the first page of the whole tree. */
  browseOnly: z.number().int().optional(),
});
export type TreePage = z.infer<typeof treePage>;

export const treeFilter = z.strictObject({
  /** Whose children; without it everything that matches, wherever it is. */
  parent: id.optional(),
  q: z.string().max(200).optional(),
  kind: kind.optional(),
  cursor: z.string().max(600).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
export type TreeFilter = z.output<typeof treeFilter>;

const tagKey = z.string().min(1, "Enter a key.").max(256, "Use 256 characters or fewer.");
const tagValue = z.string().max(256, "Use 256 characters or fewer.");
export const mostTags = 50;

export const tag = z.object({ part: z.string(), key: z.string(), value: z.string() });
export type Tag = z.infer<typeof tag>;

const properties = z
  .record(z.string().min(1).max(255), z.string().max(4_000))
  .refine((map) => Object.keys(map).length <= 50, "Use 50 properties or fewer.");

export const catalogObject = objectRef.extend({
  path: z.array(objectRef),
  owner: principalRef,
  comment: z.string(),
  properties: z.record(z.string(), z.string()),
  details: z.record(z.string(), z.unknown()),
  tags: z.array(tag),
  createdBy: principalRef.nullable(),
  createdAt: instant,
  updatedBy: principalRef.nullable(),
  updatedAt: instant,
  revision: z.number().int(),
  /** What the reader may do with it. */
  may: z.object({
    manage: z.boolean(),
    grant: z.boolean(),
    tag: z.boolean(),
    /** Kinds the reader may make in it. */
    create: z.array(kind),
    /** Privileges the reader holds and may use now. */
    privileges: z.array(z.string()),
  }),
});
export type CatalogObject = z.infer<typeof catalogObject>;

const comment = z.string().max(4_000, "Use 4,000 characters or fewer.");

export const objectCreation = z.strictObject({
  kind: z.enum(["catalog", "schema"]),
  parentId: id.default("metastore"),
  name: securableName,
  comment: comment.default(""),
  properties: properties.default({}),
});
export type ObjectCreation = z.input<typeof objectCreation>;

/** What the catalogue keeps of it beside its name; whoever makes it has checked the details. */
export const schemaObjectCreation = z.strictObject({
  kind: z.enum(["table", "view", "volume", "function"]),
  name: securableName,
  comment: comment.default(""),
  properties: properties.default({}),
  details: z.record(z.string(), z.unknown()),
});

export const objectPatch = z.strictObject({
  revision: z.number().int(),
  name: calledName.optional(),
  /** Another container of the same kind: moves it. */
  parentId: id.optional(),
  comment: comment.optional(),
  properties: properties.optional(),
});
export type ObjectPatch = z.input<typeof objectPatch>;

export const ownerChange = z.strictObject({ principalId: id, revision: z.number().int() });
export type OwnerChange = z.input<typeof ownerChange>;

export const tagChange = z.strictObject({
  part: z.string().max(255).default(""),
  set: z.record(tagKey, tagValue).default({}),
  remove: z.array(tagKey).max(50).default([]),
});
export type TagChange = z.input<typeof tagChange>;

/** What goes with an object when it is dropped. */
export const dropPreview = z.object({
  object: objectRef,
  /** By kind, the object itself left out. */
  contents: z.array(z.object({ kind, count: z.number().int() })),
  sample: z.array(objectRef),
  /** Names by which calls reach it or what is in it. */
  calledNames: z.array(z.string()),
  grants: z.number().int(),
  /** Attribute-based policies that are set on it or apply it: without their function their tables cannot be read. */
  policies: z.array(z.string()),
  /** Until when it can be brought back. */
  keptDays: z.number().int(),
});
export type DropPreview = z.infer<typeof dropPreview>;

export const droppedObject = objectRef.extend({
  droppedAt: instant,
  droppedBy: principalRef.nullable(),
  until: instant,
  /** How many objects went with it. */
  contents: z.number().int(),
});
export type DroppedObject = z.infer<typeof droppedObject>;

/** One grant, or an inherited one as it reaches the object. */
export const grantEntry = z.object({
  principal: principalRef,
  privilege,
  /** Where it was granted: the object, or an ancestor. */
  at: objectRef,
  isInherited: z.boolean(),
  grantedBy: principalRef.nullable(),
  grantedAt: instant,
});
export type GrantEntry = z.infer<typeof grantEntry>;

export const grantList = z.object({
  entries: z.array(grantEntry),
  /** Whether the reader sees all of them, or only those that concern them. */
  isWhole: z.boolean(),
});
export type GrantList = z.infer<typeof grantList>;

const change = z.strictObject({
  principalId: id,
  add: z.array(privilege).max(30).default([]),
  remove: z.array(privilege).max(30).default([]),
});

/** Objects of one change. */
export const mostChanged = 200;

export const grantChanges = z.strictObject({
  /** Changed all together or not at all. */
  objectIds: z.array(id).min(1).max(mostChanged),
  changes: z.array(change).min(1).max(100),
  /** Other changes on other objects in the same step, such as USE SCHEMA on the schema above. */
  also: z
    .array(z.strictObject({ objectId: id, changes: z.array(change).min(1).max(100) }))
    .max(200)
    .default([]),
});
export type GrantChanges = z.input<typeof grantChanges>;

const need = z.union([privilege, z.enum(["owner", "any", "signed in", "scope"])]);

/** What somebody has after a change and had not before, or the other way round. */
export const personEffect = z.object({
  person: principalRef,
  privileges: z.array(z.string()),
  /** On how many objects, the changed one and what is in it. */
  objects: z.number().int(),
  sample: z.array(z.string()),
});
export type PersonEffect = z.infer<typeof personEffect>;

/** One of those to whom something is granted, with what it means to the people it stands for. */
export const principalEffect = z.object({
  principal: principalRef,
  people: z.number().int(),
  gaining: z.number().int(),
  /** Who gets nothing new, as they have it by another way: the principals through whom some of them have it. */
  already: z.number().int(),
  as: z.array(principalRef),
  lacking: z.number().int(),
  /** What they lack, and whether the reader may grant it there. */
  missing: z.array(z.object({ need, on: objectRef, mayGrant: z.boolean() })),
});
export type PrincipalEffect = z.infer<typeof principalEffect>;

/** What a change of rights does to people, computed on the present state. */
export const effect = z.object({
  /** In the order of the changes. */
  principals: z.array(principalEffect),
  gains: z.array(personEffect),
  losses: z.array(personEffect),
  /** Whoever is granted something and still cannot use it, with what is missing. */
  stillLacking: z.array(
    z.object({
      person: principalRef,
      privilege: z.string(),
      missing: z.array(z.object({ need, on: objectRef })),
    }),
  ),
  /** Whoever had the right before by another way and keeps it. */
  unchanged: z.number().int(),
  people: z.number().int(),
  /** False where there were more people and objects than were looked at. */
  isComplete: z.boolean(),
});
export type Effect = z.infer<typeof effect>;

export const condition = z.object({
  need,
  on: objectRef,
  met: z.boolean(),
  evidence: z
    .object({
      through: z.array(principalRef),
      at: objectRef,
      as: z.string().optional(),
      grantedBy: principalRef.nullable().optional(),
      grantedAt: instant.optional(),
    })
    .optional(),
  looked: z.number().int().optional(),
});
export type Condition = z.infer<typeof condition>;

export const explanation = z.object({
  allow: z.boolean(),
  principal: principalRef,
  privilege: z.string(),
  object: objectRef,
  path: z.array(objectRef.extend({ owner: principalRef })),
  /** The groups that hold the principal, each with the shortest way to it. */
  groups: z.array(z.object({ group: principalRef, through: z.array(principalRef) })),
  isInactive: z.boolean(),
  conditions: z.array(condition),
  owning: z.array(objectRef),
  /** What would be enough, smallest first. */
  fixes: z.array(
    z.object({
      principal: principalRef,
      grants: z.array(z.object({ privilege, on: objectRef })),
      /** Other people who could do it on the object then. */
      othersGaining: z.number().int(),
      /** Other objects on which the principal could do it then. */
      otherObjects: z.number().int(),
      /** Whether the reader may grant all of it. */
      mayGrant: z.boolean(),
    }),
  ),
  granters: z.array(z.object({ principal: principalRef, because: z.string() })),
  epoch: z.string(),
  /** Whether the reader may grant it. */
  mayGrant: z.boolean(),
});
export type Explanation = z.infer<typeof explanation>;

export const explainQuery = z.strictObject({
  /** Id, e-mail address, application id or group name; the reader when left out. */
  principal: z.string().max(320).optional(),
  privilege,
  object: z.string().min(1).max(1_000),
  kind: kind.optional(),
});
export type ExplainQuery = z.input<typeof explainQuery>;

export const allPrivilegesQuery = explainQuery.omit({ privilege: true });
export type AllPrivilegesQuery = z.input<typeof allPrivilegesQuery>;

/** Everything that can be asked of one principal and one object, answered. */
export const allPrivileges = z.object({
  principal: principalRef,
  object: objectRef,
  answers: z.array(
    z.object({
      privilege: z.string(),
      allow: z.boolean(),
      /** From the principal to whoever holds it; empty where it is not held. */
      through: z.array(principalRef),
      /** Where it was granted, or what is owned. */
      at: objectRef.nullable(),
      /** What was granted there; null for ownership. */
      as: z.string().nullable(),
      missing: z.array(z.object({ need, on: objectRef })),
    }),
  ),
});
export type AllPrivileges = z.infer<typeof allPrivileges>;

/** One principal's rights on one object, and where they come from. */
export const effectiveEntry = z.object({
  principal: principalRef,
  object: objectRef,
  privileges: z.array(
    z.object({ privilege: z.string(), through: z.array(principalRef), at: objectRef.nullable() }),
  ),
});
export type EffectiveEntry = z.infer<typeof effectiveEntry>;

export const effectivePage = z.object({ entries: z.array(effectiveEntry), next: z.string().nullable() });
export type EffectivePage = z.infer<typeof effectivePage>;

/** An object by its full name. */
export const lookup = z.strictObject({ name: z.string().min(1).max(1_000), kind: kind.optional() });

export const principalFilter = z.strictObject({ q: z.string().max(200).default("") });

export const effectiveQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const dropQuery = z.strictObject({
  /** Also what is in it. */
  force: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
});
