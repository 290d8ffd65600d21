import "server-only";
import type { z } from "zod";
import { questionsOf } from "@/lib/access";
import { explain } from "@/lib/access/server";
import type { Context } from "@/lib/auth/server";
import { db } from "@/lib/db/server";
import type { AllPrivileges, allPrivilegesQuery } from "../schema";
import { principalNames, toRef } from "../view";
import { findAsked } from "./asked";
import { sourceOf } from "./effective";

/** Every privilege that means something on an object, with yes or no and where it comes from or what is missing. */
export async function explainAllPrivileges(
  ctx: Context,
  query: z.output<typeof allPrivilegesQuery>,
): Promise<AllPrivileges> {
  const { policy, node, principal, as } = await findAsked(ctx, query);
  const answers = as((subject) =>
    questionsOf(node.kind).map((privilege) => {
      const { allow, conditions } = explain(policy, subject, privilege, node);
      const source = allow ? sourceOf(policy, subject, privilege, node) : undefined;
      const through = (source?.through ?? []).filter(
        (id) => id === principal.id || id !== subject.principalId,
      );
      return { privilege, allow, through, source, missing: conditions.filter(({ met }) => !met) };
    }),
  );
  const people = await principalNames((await db()).prisma, policy, [
    principal.id,
    ...answers.flatMap(({ through }) => through),
  ]);
  const refOf = (id: string) => toRef(policy.node(id) ?? node);
  return {
    principal: people(principal.id),
    object: toRef(node),
    answers: answers.map(({ privilege, allow, through, source, missing }) => ({
      privilege,
      allow,
      through: through.map(people),
      at: source ? refOf(source.at) : null,
      as: source?.as ?? null,
      missing: missing.map(({ need, on }) => ({ need, on: refOf(on) })),
    })),
  };
}
