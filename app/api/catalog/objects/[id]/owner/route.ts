import { readBody, withActor } from "@/lib/auth/server";
import { ownerChange } from "@/lib/catalog";
import { transferOwner } from "@/lib/catalog/server";

export const PUT = withActor<{ id: string }>(async (request, ctx, { id }) =>
  transferOwner(ctx, id, await readBody(request, ownerChange)),
);
