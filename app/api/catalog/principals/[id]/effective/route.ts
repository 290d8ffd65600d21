import { readQuery, withActor } from "@/lib/auth/server";
import { effectiveQuery } from "@/lib/catalog";
import { getEffectiveByPrincipal } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((request, ctx, { id }) =>
  getEffectiveByPrincipal(ctx, id, readQuery(request, effectiveQuery)),
);
