import "server-only";
import { kindNoun, type Question } from "@/lib/access";
import { authorize, defaultSchemaId, type Securable } from "@/lib/access/server";
import { AppError } from "@/lib/core";
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

type Noun = NonNullable<Securable["kind"]>;

/** The answer for an object that does not exist, and, in the same words, for one the actor may not know of. */
export function notFound(kind: Noun): AppError {
  return new AppError(
    "not_found",
    `There is no such ${kind === "registered-model" ? "registered model" : kindNoun(kind)}.`,
  );
}

/** All accounts together, for listing and inviting. */
export const allAccounts = { kind: "user", id: "*" } as const;

/** What everybody knows to exist: the workbench, all accounts, one's own account and one's own things taken together. */
function isKnown({ actor }: Context, securable: Securable): boolean {
  if (securable.kind === "metastore") return true;
  if (securable.kind === "user") return securable.id === allAccounts.id || securable.id === actor.userId;
  // Where models are registered.
  if (securable.kind === undefined) return securable.id === defaultSchemaId;
  return "ownerId" in securable && securable.id === undefined && securable.ownerId === actor.userId;
}

/** @throws AppError `forbidden`, or `not_found` where the actor may not even know that the object exists. */
export function requirePrivilege(ctx: Context, privilege: Question, securable: Securable): void {
  const { allow, why } = authorize(ctx.actor, privilege, securable);
  if (allow) return;
  if (isKnown(ctx, securable) || authorize(ctx.actor, "BROWSE", securable).allow) {
    throw new AppError("forbidden", why);
  }
  throw securable.kind
    ? notFound(securable.kind)
    : new AppError("not_found", "It does not exist, or you may not see it.");
}
