import { revokeKey, withActor } from "@/lib/auth/server";

export const DELETE = withActor<{ id: string }>(async (_request, ctx, { id }) => revokeKey(ctx, id));
