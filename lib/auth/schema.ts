import { z } from "zod";

const role = z.enum(["admin", "member"]);
export type Role = z.infer<typeof role>;

/** Who is asking: a signed-in person (`sessionId`) or a key acting as its owner (`keyId`). */
export interface Actor {
  userId: string;
  email: string;
  name: string;
  role: Role;
  sessionId?: string;
  keyId?: string;
}

/**
 * One e-mail address, in the one form it is stored and looked up in. Normalised before it is checked:
 * two addresses in one field (CVE-2022-35924) must fail here, not reach a second mailbox.
 */
export const email = z
  .string()
  .max(320)
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("Enter one e-mail address, such as ana@example.org.").max(254));

const controlCharacters = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

const label = (what: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, `Enter ${what}.`)
    .max(max, `Use ${max} characters or fewer.`)
    .refine((text) => !controlCharacters.test(text), "Use visible characters only.");

export const personName = label("a name", 120);
const keyName = label("a name for the key", 80);

export const newPassword = z
  .string()
  .min(12, "Use 12 characters or more.")
  .max(256, "Use 256 characters or fewer.");

/** The secret in a set-up, invitation or reset link. */
const linkToken = z.string().regex(/^[0-9A-Za-z]{43}$/, "This link is incomplete.");

const instant = z.iso.datetime();

export const me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  sessionId: z.string().nullable(),
  keyId: z.string().nullable(),
});
export type Me = z.infer<typeof me>;

export const setupState = z.object({
  /** No account exists yet: only the printed link leads in. */
  needed: z.boolean(),
  /** Single sign-on is configured. */
  sso: z.boolean(),
});
export type SetupState = z.infer<typeof setupState>;

export const setupInput = z.strictObject({
  token: linkToken,
  name: personName,
  email,
  password: newPassword,
});
export type SetupInput = z.input<typeof setupInput>;

export const acceptInput = z.strictObject({
  token: linkToken,
  name: personName.optional(),
  password: newPassword,
});
export type AcceptInput = z.input<typeof acceptInput>;

/** The account a link was used for, so that the page can sign in with it. */
export const accepted = z.object({ email: z.string() });

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const keyInput = z.strictObject({
  name: keyName,
  /** Days from now; absent for a key that lasts until it is revoked. */
  expiresInDays: z.int().min(1).max(3650).optional(),
});
export type KeyInput = z.input<typeof keyInput>;

/** The only answer that ever carries a key. */
export const createdKey = apiKey.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof createdKey>;

export const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  /** invited: the link was not used yet. */
  state: z.enum(["active", "invited", "disabled"]),
  createdAt: instant,
  lastSeenAt: instant.nullable(),
});
export type User = z.infer<typeof user>;

export const inviteInput = z.strictObject({
  email,
  name: personName.optional(),
  role: role.default("member"),
});
export type InviteInput = z.input<typeof inviteInput>;

export const userPatch = z
  .strictObject({ role: role.optional(), disabled: z.boolean().optional() })
  .refine((patch) => Object.keys(patch).length > 0, "Name at least one field to change.");
export type UserPatch = z.input<typeof userPatch>;

/** A one-time link, shown once. */
export const oneTimeLink = z.object({ link: z.string(), expiresAt: instant });
export type OneTimeLink = z.infer<typeof oneTimeLink>;

export const invited = oneTimeLink.extend({ user });
export type Invited = z.infer<typeof invited>;

export const session = z.object({
  id: z.string(),
  ip: z.string(),
  userAgent: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  current: z.boolean(),
});
export type Session = z.infer<typeof session>;
