import { z } from "zod";
import { instant, principalRef } from "./schema";

/** What a sign-in did to somebody's membership in a mapped group. */
export const groupOutcome = z.enum(["added", "kept", "removed"]);

/** What the identity provider's groups claim brought at one sign-in. */
export const claimReport = z.object({
  at: instant,
  person: principalRef,
  /** Values that were read; 500 at most count. */
  values: z.int(),
  /** Some of the values that no group is mapped to. */
  unmatched: z.array(z.string()),
  /** Why the claim was not read, if so. */
  ignored: z.string().nullable(),
  groups: z.record(z.string(), groupOutcome),
});
export type ClaimReport = z.infer<typeof claimReport>;

const setting = z.object({
  /** Of the environment. */
  name: z.string(),
  value: z.string().nullable(),
  /** The environment sets it; otherwise the value is the default. */
  fromEnvironment: z.boolean(),
});

export const ssoSettings = z.object({
  configured: z.boolean(),
  settings: z.array(setting),
  /** Where the identity provider sends people back to. */
  redirectUri: z.string(),
  /** Null where nothing is configured. */
  reach: z.object({ ok: z.boolean(), why: z.string(), ms: z.number() }).nullable(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      externalName: z.string(),
      /** Members that the claim put in. */
      members: z.int(),
      last: groupOutcome.nullable(),
    }),
  ),
  lastSignIn: claimReport.nullable(),
});
export type SsoSettings = z.infer<typeof ssoSettings>;
