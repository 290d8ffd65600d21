import { revokeSession, withActor } from "@/lib/auth/server";

export const DELETE = withActor<{ id: string }>(async (_request, ctx, { id }) => revokeSession(ctx, id));
