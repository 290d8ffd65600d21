import "server-only";
import { type Privilege, questionsOf } from "@/lib/access";
import {
  authorize,
  currentPolicy,
  decide,
  type Evidence,
  explain,
  findPrincipal,
  type Policy,
  type PolicyNode,
  type Subject,
  subjectOf,
} from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { AppError } from "@/lib/core";
import { db } from "@/lib/db/server";
import type { EffectiveEntry, EffectivePage } from "../schema";
import { principalNames, toRef } from "../view";
import { requireOn, seesAllRights } from "./context";

interface Held {
  principalId: string;
  node: PolicyNode;
  privileges: { privilege: string; through: string[]; at: string | null }[];
}

/** Where a right that is held comes from: a grant, or what is owned. */
export function sourceOf(
  policy: Policy,
  subject: Subject,
  privilege: Privilege,
  node: PolicyNode,
): Evidence | undefined {
  const { conditions } = explain(policy, subject, privilege, node);
  const met = conditions.filter(({ evidence }) => evidence !== undefined);
  const own = met.find(({ need, on }) => need === privilege && on === node.id);
  // What opens the containers comes first: the last one is what gives the right itself.
  return (own ?? met.findLast(({ need }) => need === "owner" || need === "any"))?.evidence;
}

/** What a principal may really do, with where it comes from: a grant without USE above it does not count. */
function heldOn(policy: Policy, subject: Subject, node: PolicyNode): Held["privileges"] {
  return questionsOf(node.kind)
    .filter((privilege) => decide(policy, subject, privilege, node))
    .map((privilege) => {
      const evidence = sourceOf(policy, subject, privilege, node);
      return { privilege, through: evidence?.through ?? [subject.principalId], at: evidence?.at ?? null };
    });
}

async function shown(policy: Policy, rows: readonly Held[]): Promise<EffectiveEntry[]> {
  const people = await principalNames(
    (await db()).prisma,
    policy,
    rows.flatMap(({ principalId, privileges }) => [
      principalId,
      ...privileges.flatMap(({ through }) => through),
    ]),
  );
  return rows.map(({ principalId, node, privileges }) => ({
    principal: people(principalId),
    object: toRef(node),
    privileges: privileges.map(({ privilege, through, at }) => {
      const source = at === null ? undefined : policy.node(at);
      return { privilege, through: through.map(people), at: source ? toRef(source) : null };
    }),
  }));
}

export interface PageQuery {
  cursor?: string;
  limit: number;
}

function page<T>(
  all: readonly T[],
  idOf: (item: T) => string,
  { cursor, limit }: PageQuery,
): { items: T[]; next: string | null } {
  const at = cursor === undefined ? -1 : all.findIndex((item) => idOf(item) === cursor);
  if (cursor !== undefined && at < 0)
    throw new AppError("conflict", "The list has changed. Read it again from its start.");
  const start = at + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, next: last && start + limit < all.length ? idOf(last) : null };
}

/** A key asks about its owner's rights as far as it has them itself. */
function subjectFor(ctx: Context, principalId: string): Subject {
  return principalId === ctx.actor.userId ? subjectOf(ctx.actor) : { principalId };
}

/** Who may do what with an object; for whoever may grant on it. */
export async function getEffectiveByObject(
  ctx: Context,
  id: string,
  query: PageQuery,
): Promise<EffectivePage> {
  const policy = await currentPolicy();
  const node = requireOn(ctx, policy, id, "BROWSE");
  const everybody = [...policy.allPrincipals()].filter(([, { isActive }]) => isActive).map(([each]) => each);
  const candidates = seesAllRights(ctx, id) ? everybody.sort() : [ctx.actor.userId];
  const holders = candidates.filter((principalId) =>
    questionsOf(node.kind).some((each) => decide(policy, subjectFor(ctx, principalId), each, node)),
  );
  const { items, next } = page(holders, (each) => each, query);
  const rows = items.map((principalId) => ({
    principalId,
    node,
    privileges: heldOn(policy, subjectFor(ctx, principalId), node),
  }));
  return { entries: await shown(policy, rows), next };
}

/** What a principal may do, object by object; of oneself, or for administrators of anybody. */
export async function getEffectiveByPrincipal(
  ctx: Context,
  text: string,
  query: PageQuery,
): Promise<EffectivePage> {
  const policy = await currentPolicy();
  const principal = await findPrincipal((await db()).prisma, text);
  const isSelf = principal?.id === ctx.actor.userId;
  if (!isSelf && !seesAllRights(ctx, "metastore")) {
    throw new AppError("forbidden", "Only administrators see all rights of somebody else.");
  }
  if (!principal) throw new AppError("not_found", "There is no such user, service principal or group.");
  const look = (as: string): Held[] =>
    [...policy.allNodes()]
      .map((node) => ({
        principalId: principal.id,
        node,
        // Whoever stands for the members of a group is nobody to be named.
        privileges: heldOn(policy, subjectFor(ctx, as), node).map((held) => ({
          ...held,
          through: held.through.filter((id) => id === principal.id || id !== as),
        })),
      }))
      .filter(
        ({ node, privileges }) =>
          node.kind !== "metastore" &&
          // A narrowed key does not show what its owner has beside it.
          (!isSelf || authorize(ctx.actor, "BROWSE", { id: node.id }).allow) &&
          privileges.some(({ privilege }) => privilege !== "BROWSE"),
      );
  const all = principal.kind === "group" ? policy.asMember(principal.id, look) : look(principal.id);
  all.sort((a, b) => (toRef(a.node).fullName < toRef(b.node).fullName ? -1 : 1));
  const { items, next } = page(all, ({ node }) => node.id, query);
  return { entries: await shown(policy, items), next };
}
