import "server-only";
import { decode, encode } from "next-auth/jwt";
import { deriveKey, env } from "@/lib/core/server";

/** Sessions end after two weeks, used or not. */
export const sessionSeconds = 14 * 24 * 60 * 60;

/** What the cookie says: who and which sign-in. Everything else is read from the rows on every request. */
export interface SessionClaims {
  userId: string;
  sessionId: string;
}

/** The secret that next-auth encrypts and signs its cookies with. */
export function nextAuthSecret(): string {
  return deriveKey("next-auth").toString("base64url");
}

export function isSecureSite(): boolean {
  return env().baseUrl.startsWith("https:");
}

/** next-auth's own name for the cookie, which carries the browser's promise of https where there is one. */
export function sessionCookieName(): string {
  return `${isSecureSite() ? "__Secure-" : ""}next-auth.session-token`;
}

/** One cookie's value out of a Cookie header, or null. */
export function cookieValue(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}

/** The claims of a session cookie, or null when it was not made here, was changed or has run out. */
export async function readSessionToken(token: string): Promise<SessionClaims | null> {
  const claims = await decode({ token, secret: nextAuthSecret() }).catch(() => null);
  const { sub, sid } = claims ?? {};
  return typeof sub === "string" && typeof sid === "string" ? { userId: sub, sessionId: sid } : null;
}

/** The cookie's value for a session; only next-auth's own handler and tests need to make one. */
export function makeSessionToken({ userId, sessionId }: SessionClaims): Promise<string> {
  return encode({ token: { sub: userId, sid: sessionId }, secret: nextAuthSecret(), maxAge: sessionSeconds });
}
