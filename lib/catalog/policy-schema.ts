import { z } from "zod";
import { policyDefinition, securableName } from "@/lib/access";
import { instant, objectRef, principalRef } from "./schema";

const principalIds = z.array(z.string().min(1).max(100)).max(100, "Name 100 principals or fewer.");

/** What is said of a policy beside what it does. */
const facts = {
  name: securableName,
  /** For whom, by id; `all_users` is everybody. */
  to: principalIds.min(1, "Say for whom it holds."),
  except: principalIds.default([]),
  comment: z.string().max(4_000, "Use 4,000 characters or fewer.").default(""),
  definition: policyDefinition,
};

export const policyCreation = z.strictObject(facts);
export type PolicyCreation = z.input<typeof policyCreation>;

export const policyChange = z.strictObject({ ...facts, revision: z.number().int() });
export type PolicyChange = z.input<typeof policyChange>;

/** A row filter or column mask that is bound to tags. */
export const attributePolicy = z.object({
  id: z.string(),
  name: z.string(),
  on: objectRef,
  /** It is set on something that the object lies in. */
  isInherited: z.boolean(),
  to: z.array(principalRef),
  except: z.array(principalRef),
  definition: policyDefinition,
  /** Null when it was dropped: what the policy holds on cannot be read then. */
  function: objectRef.nullable(),
  comment: z.string(),
  createdBy: principalRef,
  createdAt: instant,
  updatedBy: principalRef.nullable(),
  updatedAt: instant,
  revision: z.number().int(),
});
export type AttributePolicy = z.infer<typeof attributePolicy>;

export const policyList = z.object({ entries: z.array(attributePolicy) });
export type PolicyList = z.infer<typeof policyList>;

const applied = z.object({
  /** For whoever manages the table. */
  policies: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Null where the reader may not see it. */
  function: objectRef.nullable(),
  arguments: z.array(z.union([z.object({ column: z.string() }), z.object({ constant: z.string() })])),
});

/** What somebody would read of a table. */
export const tableReading = z.object({
  principal: principalRef,
  /** SELECT is held. */
  canRead: z.boolean(),
  /** Of every row all of them have to be true. */
  filters: z.array(applied),
  masks: z.array(applied.extend({ column: z.string() })),
  /** Why nothing can be read all the same. */
  refusals: z.array(z.string()),
});
export type TableReading = z.infer<typeof tableReading>;

export const readingQuery = z.strictObject({
  /** Id, address, application id or group name; oneself when absent. */
  principal: z.string().min(1).max(320).optional(),
});
