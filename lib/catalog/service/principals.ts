import "server-only";
import { currentPolicy, searchPrincipals } from "@/lib/access/server";
import { type Context, requirePrivilege } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { PrincipalRef } from "../schema";
import { principalNames } from "../view";

const mostFound = 50;

/** Whom one could grant something: active users, service principals and groups whose name holds the text. */
export async function findPrincipalsLike(ctx: Context, { q }: { q: string }): Promise<PrincipalRef[]> {
  requirePrivilege(ctx, "BROWSE", { kind: "metastore" });
  const policy = await currentPolicy();
  const { prisma } = await db();
  const found = await searchPrincipals(prisma, q, mostFound);
  const people = await principalNames(
    prisma,
    policy,
    found.map(({ id }) => id),
  );
  return found.map(({ id }) => people(id));
}
