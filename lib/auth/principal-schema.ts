import { z } from "zod";
import { membership } from "./group-schema";
import { instant, label, principalRef, user } from "./schema";

const serviceName = label("a name", 120);

/** A program with an account: it has keys and groups, and never signs in. */
export const servicePrincipal = z.object({
  id: z.string(),
  /** A UUID, by which programs and grants name it. */
  applicationId: z.string(),
  name: z.string(),
  state: z.enum(["active", "disabled"]),
  createdAt: instant,
  createdBy: principalRef.nullable(),
  /** Keys that were not revoked. */
  keys: z.int(),
  /** Groups it is in directly. */
  groups: z.int(),
  /** Of any of its keys. */
  lastUsedAt: instant.nullable(),
  revision: z.int(),
});
export type ServicePrincipal = z.infer<typeof servicePrincipal>;

export const servicePrincipalInput = z.strictObject({ name: serviceName });
export type ServicePrincipalInput = z.input<typeof servicePrincipalInput>;

export const servicePrincipalPatch = z
  .strictObject({
    /** The one that was seen. */
    revision: z.int().positive(),
    name: serviceName.optional(),
    disabled: z.boolean().optional(),
  })
  .refine(
    ({ name, disabled }) => name !== undefined || disabled !== undefined,
    "Name at least one field to change.",
  );
export type ServicePrincipalPatch = z.input<typeof servicePrincipalPatch>;

/** A person with the groups that count for them. */
export const personDetail = user.extend({
  roleSource: z.enum(["manual", "sso"]),
  memberships: z.array(membership),
});
export type PersonDetail = z.infer<typeof personDetail>;

export const servicePrincipalDetail = servicePrincipal.extend({ memberships: z.array(membership) });
export type ServicePrincipalDetail = z.infer<typeof servicePrincipalDetail>;

/** What "revoke everything" ends, or has ended. */
export const revocation = z.object({
  principal: principalRef,
  disabled: z.boolean(),
  /** What is counted, with its noun in the plural: 2 "sessions". */
  counts: z.array(z.object({ noun: z.string(), count: z.int() })),
  /** Memberships that the identity provider gives: they stay, and would come back. */
  ssoGroups: z.int(),
});
export type Revocation = z.infer<typeof revocation>;

export const revocationInput = z.strictObject({ deactivate: z.boolean() });
export type RevocationInput = z.input<typeof revocationInput>;
