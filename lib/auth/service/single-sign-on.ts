import "server-only";
import { record } from "@/lib/audit/server";
import { env } from "@/lib/core/server";
import { db } from "@/lib/db/server";
import { auditContext, type RequestOrigin } from "../origin";
import { email as emailSchema } from "../schema";
import type { SessionClaims } from "../session-token";
import type { SignInProblem } from "../sign-in-problems";
import { findIdentity, insertIdentity } from "../store/identities";
import { closeInvitesOf, countStandingInvitations } from "../store/invites";
import { findPersonByEmail } from "../store/users";
import { applyGroupsClaim, type ClaimedPerson } from "./groups-claim";
import { startSession } from "./sessions";

export function hasSingleSignOn(): boolean {
  const { OIDC_ISSUER, OIDC_CLIENT_ID } = env();
  return OIDC_ISSUER !== undefined && OIDC_CLIENT_ID !== undefined;
}

/** What the issuer vouches for; next-auth has checked signature, issuer, audience, nonce and age. */
export interface IssuerClaims {
  issuer: string;
  subject: string;
  email: string | undefined;
  emailVerified: boolean;
  /** The groups claim as it came; undefined when there is none. */
  groups: unknown;
}

type Outcome = { claims: SessionClaims } | { problem: SignInProblem };

/**
 * Starts a session for an account at the issuer. It is known by issuer and subject; an unknown one is linked only to an
 * account that was invited under the very address the issuer has verified, for anything looser lets whoever controls an
 * address at some issuer take over the account that has the same one here.
 */
export async function signInByIssuer(origin: RequestOrigin, vouched: IssuerClaims): Promise<Outcome> {
  const { issuer, subject } = vouched;
  return (await db()).write<Outcome>(async (tx) => {
    const at = new Date();
    const refuse = async (problem: SignInProblem, userId?: string): Promise<Outcome> => {
      await record(
        tx,
        { ...auditContext(origin), userId, userIdentity: vouched.email ?? subject },
        {
          service: "accounts",
          action: "signIn",
          params: { method: "oidc", issuer },
          status: 403,
          error: problem,
        },
      );
      return { problem };
    };
    const start = async (user: ClaimedPerson): Promise<Outcome> => {
      await applyGroupsClaim(tx, origin, user, vouched.groups);
      return { claims: { userId: user.id, sessionId: await startSession(tx, origin, user, "oidc") } };
    };

    const known = await findIdentity(tx, issuer, subject);
    if (known) return known.user.disabledAt ? refuse("AccountDisabled", known.userId) : start(known.user);

    const address = emailSchema.safeParse(vouched.email);
    if (!vouched.emailVerified || !address.success) return refuse("EmailNotVerified");
    const user = await findPersonByEmail(tx, address.data);
    if (!user) return refuse("NotInvited");
    if (user.disabledAt) return refuse("AccountDisabled", user.id);
    if ((await countStandingInvitations(tx, user.id, at)) === 0) return refuse("NotInvited", user.id);
    await insertIdentity(tx, issuer, subject, user.id);
    await closeInvitesOf(tx, user.id, at);
    await record(
      tx,
      { ...auditContext(origin), userId: user.id, userIdentity: user.email },
      { service: "accounts", action: "linkIdentity", params: { issuer, subject }, status: 200 },
    );
    return start(user);
  });
}
