import "server-only";
import type { Question } from "@/lib/access";
import {
  authorize,
  currentPolicy,
  fullNameOf,
  knownPolicy,
  nodeByName,
  type PolicyNode,
} from "@/lib/access/server";
import { record } from "@/lib/audit/server";
import { auditContext, type Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import type { Tx } from "@/lib/db/server";
import { lockPrompt, type PromptRow } from "../store/prompts";

/** A prompt that the caller knows of. */
export interface KnownPrompt {
  id: string;
  fullName: string;
}

/** The answer for what does not exist and, in the same words, for what the caller may not know of. */
export function noPrompt(): AppError {
  return new AppError("not_found", "There is no such prompt, or you may not see it.");
}

/** The audit row of a change, in its transaction: which prompt and version, never what was written. */
export function audit(
  tx: Tx,
  ctx: Context,
  action: string,
  on: KnownPrompt,
  params: Record<string, unknown> = {},
): Promise<void> {
  const { id, fullName } = on;
  return record(tx, auditContext(ctx), {
    service: "prompts",
    action,
    params: { id, name: fullName, ...params },
    status: 200,
    securable: { kind: "prompt", id, name: fullName },
  });
}

/** @throws AppError `forbidden`, or `not_found` where the caller may not even know of it. */
export function requireRight(
  ctx: Context,
  node: PolicyNode | undefined | null,
  question: Question,
): KnownPrompt {
  const isKnown = node?.kind === "prompt" && authorize(ctx.actor, "BROWSE", { id: node.id }).allow;
  if (!node || !isKnown) throw noPrompt();
  const { allow, why } = authorize(ctx.actor, question, { id: node.id });
  if (!allow) throw new AppError("forbidden", why);
  return { id: node.id, fullName: fullNameOf(node) };
}

/** The prompt of a full name; outside of transactions. @throws AppError `not_found`, `forbidden` */
export async function requirePrompt(
  ctx: Context,
  fullName: string,
  question: Question,
): Promise<KnownPrompt> {
  return requireRight(ctx, nodeByName(await currentPolicy(), fullName, "prompt"), question);
}

/** Asks again inside of a transaction, which may have waited. @throws AppError `forbidden`, `not_found` */
export function requireStill(ctx: Context, id: string, question: Question): void {
  requireRight(ctx, knownPolicy().node(id), question);
}

/** The prompt's row, held until the transaction ends. @throws AppError `not_found` */
export async function requireLocked(tx: Tx, id: string): Promise<PromptRow> {
  const row = await lockPrompt(tx, id);
  if (!row) throw noPrompt();
  return row;
}
