import { readBody, withActor } from "@/lib/auth/server";
import { policyChange } from "@/lib/catalog";
import { deletePolicy, updatePolicy } from "@/lib/catalog/server";

export const PATCH = withActor<{ id: string }>(async (request, ctx, { id }) =>
  updatePolicy(ctx, id, await readBody(request, policyChange)),
);
export const DELETE = withActor<{ id: string }>((_request, ctx, { id }) => deletePolicy(ctx, id));
