import "server-only";
import { AppError } from "@/lib/core";
import { authorize, type Privilege, type Securable } from "./authorize";
import { type HeaderSource, isSafeMethod, requireSameSite } from "./cross-site";
import { type RequestOrigin, requestOrigin } from "./origin";
import { recordRefusal } from "./refusals";
import { resolveActor } from "./resolve";
import type { Actor } from "./schema";

/** One authenticated request, as services see it. */
export interface Context extends RequestOrigin {
  actor: Actor;
  signal: AbortSignal;
}

interface ContextInput {
  headers: HeaderSource;
  remoteAddress: string;
  method: string;
  url: string;
  signal: AbortSignal;
  requestId?: string;
}

const unauthenticated = (headers: HeaderSource) =>
  new AppError(
    "unauthenticated",
    headers.get("authorization")
      ? "This key is not valid: it is mistyped, expired, revoked, or its owner's account is switched off."
      : "Sign in, or send a key as `Authorization: Bearer tsr_…`.",
  );

/** The context of a request. @throws AppError `unauthenticated`, or `forbidden` for a change made from another site's page. */
export async function requestContext(input: ContextInput): Promise<Context> {
  const { headers, method, url, signal } = input;
  const origin = requestOrigin(headers, input.remoteAddress, input.requestId);
  const actor = (await resolveActor(headers)) ?? undefined;
  try {
    if (!actor) throw unauthenticated(headers);
    if (actor.sessionId && !isSafeMethod(method)) requireSameSite(headers);
    return { actor, signal, ...origin };
  } catch (error) {
    await recordRefusal({ ...origin, actor }, { method, url, error });
    throw error;
  }
}

const nouns = {
  metastore: "workbench",
  model: "model",
  connection: "connection",
  key: "key",
  session: "session",
  playground: "playground session",
  snapshot: "shared snapshot",
  "registered-model": "registered model",
  user: "account",
} as const;

/** The answer for an object that does not exist, and, in the same words, for one the actor may not know of. */
export function notFound(kind: Securable["kind"]): AppError {
  return new AppError("not_found", `There is no such ${nouns[kind]}.`);
}

/** All accounts together, for listing and inviting. */
export const allAccounts = { kind: "user", id: "*" } as const;

/** @throws AppError `forbidden`, or `not_found` where the actor may not even know that the object exists. */
export function requirePrivilege(ctx: Context, privilege: Privilege, securable: Securable): void {
  const { allow, why } = authorize(ctx.actor, privilege, securable);
  if (allow) return;
  const isCollection =
    securable.kind === "metastore" || (securable.kind === "user" && securable.id === allAccounts.id);
  if (isCollection || authorize(ctx.actor, "BROWSE", securable).allow) throw new AppError("forbidden", why);
  throw notFound(securable.kind);
}
