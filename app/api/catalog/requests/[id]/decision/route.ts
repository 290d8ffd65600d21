import { readBody, withActor } from "@/lib/auth/server";
import { requestDecision } from "@/lib/catalog";
import { decideAccess } from "@/lib/catalog/server";

export const PUT = withActor<{ id: string }>(async (request, ctx, { id }) =>
  decideAccess(ctx, id, await readBody(request, requestDecision)),
);
