import { z } from "zod";
import { effect, instant, kind, objectRef, principalRef, privilege } from "./schema";

export const requestCreation = z.strictObject({
  /** A full name; whether it exists is not told. */
  name: z.string().min(1, "Enter a full name.").max(1_000),
  kind: kind.default("model"),
  privileges: z.array(privilege).min(1, "Choose at least one privilege.").max(10),
  comment: z.string().trim().max(2_000, "Use 2,000 characters or fewer.").default(""),
});
export type RequestCreation = z.input<typeof requestCreation>;

export const accessRequest = z.object({
  id: z.string(),
  name: z.string(),
  /** Absent for the requester as long as they may not see it. */
  object: objectRef.nullable(),
  requester: principalRef,
  privileges: z.array(z.string()),
  comment: z.string(),
  createdAt: instant,
  state: z.enum(["pending", "granted", "denied", "withdrawn"]),
  decidedBy: principalRef.nullable(),
  decidedAt: instant.nullable(),
  decision: z.string(),
  isNew: z.boolean(),
});
export type AccessRequest = z.infer<typeof accessRequest>;

export const requestLists = z.object({
  /** Those the reader may decide, open ones first. */
  inbox: z.array(accessRequest),
  own: z.array(accessRequest),
  /** Open requests to decide, and decisions not looked at yet. */
  waiting: z.number().int(),
});
export type RequestLists = z.infer<typeof requestLists>;

export const requestDecision = z.strictObject({
  decision: z.enum(["grant", "deny"]),
  comment: z.string().trim().max(2_000, "Use 2,000 characters or fewer.").default(""),
  /** Also what is missing above the object, such as USE SCHEMA. */
  withPreconditions: z.boolean().default(true),
});
export type RequestDecision = z.input<typeof requestDecision>;

/** What granting a request would do. */
export const decisionEffect = z.object({
  /** What is missing above the object and would be granted with it. */
  also: z.array(z.object({ privilege, on: objectRef })),
  alone: effect,
  together: effect,
});
export type DecisionEffect = z.infer<typeof decisionEffect>;
