import { z } from "zod";
import { privileges } from "@/lib/access";

const role = z.enum(["admin", "member"]);
export type Role = z.infer<typeof role>;

export const principalKind = z.enum(["person", "service"]);
export type PrincipalKind = z.infer<typeof principalKind>;

/** Every privilege that a key may be narrowed to. */
export const privilegeName = z.enum(privileges);
export type PrivilegeName = z.infer<typeof privilegeName>;

const unique = (list: readonly string[]) => new Set(list).size === list.length;

/** Of a securable: `main.support.chat`. Kept as its id: another one under the same name is another one. */
const fullName = z
  .string()
  .min(1, "Enter a full name.")
  .max(400, "A full name has 400 characters at most.")
  .regex(/^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u, "Use visible characters, without a space at either end.");

/** What a key is narrowed to; a part that is absent narrows nothing. */
export const keyScopes = z
  .strictObject({
    privileges: z
      .array(privilegeName)
      .min(1, "Choose at least one privilege.")
      .refine(unique, "A privilege is named twice.")
      .optional(),
    securables: z
      .array(fullName)
      .min(1, "Name at least one securable.")
      .max(100, "100 securables at most.")
      .refine(unique, "A securable is named twice.")
      .optional(),
  })
  .refine(({ privileges, securables }) => privileges || securables, "Name a privilege or a securable.");
export type KeyScopes = z.infer<typeof keyScopes>;

/** Who is asking: a signed-in person (`sessionId`) or a key acting as its owner (`keyId`). */
export interface Actor {
  userId: string;
  kind: PrincipalKind;
  /** A service principal's is its application id. */
  email: string;
  name: string;
  role: Role;
  sessionId?: string;
  keyId?: string;
  /** Of the key, frozen; absent when it has everything of its owner. */
  scopes?: Readonly<KeyScopes>;
}

/** A principal by name. */
export const principalRef = z.object({ id: z.string(), kind: principalKind, name: z.string() });
export type PrincipalRef = z.infer<typeof principalRef>;

/**
 * One e-mail address, in the one form it is stored and looked up in. Normalised before it is checked:
 * two addresses in one field (CVE-2022-35924) must fail here, not reach a second mailbox.
 */
export const email = z
  .string()
  .max(320)
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email("Enter one e-mail address, such as ana@example.org.").max(254));

const hiddenCharacters = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

/** One line of visible text. */
export const label = (what: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, `Enter ${what}.`)
    .max(max, `Use ${max} characters or fewer.`)
    .refine((text) => !hiddenCharacters.test(text), "Use visible characters only.");

export const personName = label("a name", 120);
const keyName = label("a name for the key", 80);

export const newPassword = z
  .string()
  .min(12, "Use 12 characters or more.")
  .max(256, "Use 256 characters or fewer.");

/** The secret in a set-up, invitation or reset link. */
const linkToken = z.string().regex(/^[0-9A-Za-z]{43}$/, "This link is incomplete.");

export const instant = z.iso.datetime();

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
  /** Null is everything of its owner. */
  scopes: keyScopes.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const ownedKey = apiKey.extend({ owner: principalRef });
export type OwnedKey = z.infer<typeof ownedKey>;

/** What a list of everybody's keys or sessions is narrowed to. */
export const ownedFilter = z.strictObject({ q: z.string().max(200).optional() });
export type OwnedFilter = z.infer<typeof ownedFilter>;

/** A list of everybody's keys or sessions is cut here; `total` says how many there are. */
export const mostOwned = 500;

export const ownedKeys = z.object({ keys: z.array(ownedKey), total: z.int() });

export const keyInput = z.strictObject({
  name: keyName,
  /** Days from now; absent for a key that lasts until it is revoked. */
  expiresInDays: z.int().min(1).max(3650).optional(),
  /** Absent or null for everything of its owner. */
  scopes: keyScopes.nullish(),
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

export const ownedSession = session.extend({ owner: principalRef });
export type OwnedSession = z.infer<typeof ownedSession>;

export const ownedSessions = z.object({ sessions: z.array(ownedSession), total: z.int() });
