import "server-only";
import { currentPolicy } from "@/lib/access/server";
import type { HeaderSource } from "./cross-site";
import type { Actor } from "./schema";
import { actorOfKey } from "./service/key-check";
import { actorOfSession } from "./service/session-check";

const bearer = /^bearer +([^ ]+) *$/i;

/**
 * Who sends a request: the owner of its key or, when no key is sent, the session of its cookie; null for nobody.
 * A key that fails never falls back to the cookie, and a key is read from this one header only.
 */
export async function resolveActor(headers: HeaderSource): Promise<Actor | null> {
  // Before the actor: what was revoked in another process also makes this one forget the keys it has verified.
  await currentPolicy();
  const authorization = headers.get("authorization");
  if (authorization !== null && /^bearer\b/i.test(authorization)) {
    const key = bearer.exec(authorization)?.[1];
    return key === undefined ? null : actorOfKey(key);
  }
  const cookie = headers.get("cookie");
  return cookie === null ? null : actorOfSession(cookie);
}

/** The signed-in person of the page being rendered, or null. */
export async function currentActor(): Promise<Actor | null> {
  // Only Next's bundler resolves this module; the server in front shares the file and never gets here.
  const { headers } = await import("next/headers");
  return resolveActor(await headers());
}
