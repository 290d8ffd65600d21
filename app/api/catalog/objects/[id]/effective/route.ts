import { readQuery, withActor } from "@/lib/auth/server";
import { effectiveQuery } from "@/lib/catalog";
import { getEffectiveByObject } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((request, ctx, { id }) =>
  getEffectiveByObject(ctx, id, readQuery(request, effectiveQuery)),
);
