import "server-only";
import type { StoredKind } from "@/lib/access";
import {
  currentPolicy,
  findPrincipal,
  nodeByName,
  type Policy,
  type PolicyNode,
  type Principal,
  type Subject,
  subjectOf,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import { noObject, requireOn, seesAllRights } from "./context";

export interface Asked {
  policy: Policy;
  node: PolicyNode;
  principal: Principal;
  /** Looks with the rights that count for the principal; a group has no account, so as somebody who is in it alone. */
  as<T>(look: (subject: Subject) => T): T;
}

interface AskedAbout {
  principal?: string | undefined;
  /** Id or full name. */
  object: string;
  kind?: StoredKind | undefined;
}

/**
 * Whose rights on what are asked about. Of oneself one may ask about all one can see; of others, whoever
 * may grant on the object. @throws AppError `not_found`, `forbidden`
 */
export async function findAsked(ctx: Context, { principal: text, object, kind }: AskedAbout): Promise<Asked> {
  const policy = await currentPolicy();
  const named = policy.node(object) ?? nodeByName(policy, object, kind);
  if (!named) throw noObject();
  const node = requireOn(ctx, policy, named.id, "BROWSE");
  const principal = await findPrincipal((await db()).prisma, text ?? ctx.actor.userId);
  const isSelf = principal?.id === ctx.actor.userId;
  if (!isSelf && !seesAllRights(ctx, node.id)) {
    throw new AppError("forbidden", "Only whoever may grant on it sees other people’s rights.");
  }
  if (!principal) throw new AppError("not_found", "There is no such user, service principal or group.");
  const subject = isSelf ? subjectOf(ctx.actor) : { principalId: principal.id };
  return {
    policy,
    node,
    principal,
    as: (look) =>
      principal.kind === "group"
        ? policy.asMember(principal.id, (principalId) => look({ principalId }))
        : look(subject),
  };
}
