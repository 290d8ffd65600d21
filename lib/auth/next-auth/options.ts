import "server-only";
import type { AuthOptions, Profile } from "next-auth";
import type { CredentialsConfig } from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { type AppError, isAppError } from "@/lib/core";
import { env, log } from "@/lib/core/server";
import { discoveryAddress } from "../issuer-reach";
import type { RequestOrigin } from "../origin";
import type { Actor } from "../schema";
import { actorOfClaims } from "../service/session-check";
import { endSession } from "../service/sessions";
import { signInByPassword } from "../service/sign-in";
import { hasSingleSignOn, signInByIssuer } from "../service/single-sign-on";
import { isSecureSite, nextAuthSecret, type SessionClaims, sessionSeconds } from "../session-token";

/** What happened during one exchange, for the answer that next-auth cannot give itself. */
export interface Outcome {
  error?: AppError;
}

interface IssuerProfile extends Profile {
  email_verified?: boolean;
}

function issuerProvider(): OAuthConfig<IssuerProfile> {
  const { OIDC_ISSUER = "", OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  return {
    id: "oidc",
    name: "Single sign-on",
    type: "oauth",
    wellKnown: discoveryAddress(OIDC_ISSUER),
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    client: OIDC_CLIENT_SECRET ? undefined : { token_endpoint_auth_method: "none" },
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    httpOptions: { timeout: 10_000 },
    profile: ({ sub = "", email, name }) => ({ id: sub, email, name }),
  };
}

/** A claim by its name, which the settings choose. */
function claimOf(claims: object, name: string): unknown {
  return Object.hasOwn(claims, name) ? (claims as Record<string, unknown>)[name] : undefined;
}

const logger: AuthOptions["logger"] = {
  error: (code, metadata) => log.warn("next-auth refused", { code, metadata }),
  warn: (code) => log.debug("next-auth warns", { code }),
  debug: () => undefined,
};

/**
 * next-auth's settings for one exchange. Its token holds the ids of account and session and nothing that a client
 * chose; each use of it reads the session's row.
 */
export function authOptions(origin: RequestOrigin, outcome: Outcome): AuthOptions {
  let proved: SessionClaims | undefined;
  let actor: Actor | null = null;

  const password: CredentialsConfig = {
    id: "credentials",
    name: "Password",
    type: "credentials",
    credentials: { email: {}, password: {} },
    async authorize(fields) {
      try {
        proved = await signInByPassword(origin, fields ?? {});
        return { id: proved.userId };
      } catch (error) {
        if (!isAppError(error)) throw error;
        outcome.error = error;
        return null;
      }
    },
  };

  return {
    secret: nextAuthSecret(),
    useSecureCookies: isSecureSite(),
    providers: hasSingleSignOn() ? [password, issuerProvider()] : [password],
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in" },
    logger,
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.type === "credentials") return proved !== undefined;
        const claims = profile as (IssuerProfile & { iss?: string }) | undefined;
        if (!claims?.iss || !claims.sub) return false;
        const result = await signInByIssuer(origin, {
          issuer: claims.iss,
          subject: claims.sub,
          email: claims.email,
          emailVerified: claims.email_verified === true,
          groups: claimOf(claims, env().OIDC_GROUPS_CLAIM),
        });
        if ("problem" in result) return `/sign-in?error=${result.problem}`;
        proved = result.claims;
        return true;
      },
      async jwt({ token, user }) {
        if (user) {
          if (!proved) throw new Error("A token was asked for that nobody signed in for");
          return { sub: proved.userId, sid: proved.sessionId };
        }
        const { sub = "", sid } = token;
        actor = typeof sid === "string" ? await actorOfClaims({ userId: sub, sessionId: sid }) : null;
        if (!actor) throw new Error("The session has ended");
        return { sub, sid };
      },
      session: ({ session }) => ({
        expires: session.expires,
        user: actor ? { name: actor.name, email: actor.email } : undefined,
      }),
      redirect({ url, baseUrl }) {
        return ownAddress(url, baseUrl);
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await endSession(origin, token.sid);
      },
    },
  };
}

/** The address when it lies on our own origin, else the front page; malformed ones included. */
export function ownAddress(url: string, baseUrl: string): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const target = new URL(url, baseUrl);
  return target.origin === baseUrl ? target.href : baseUrl;
}
