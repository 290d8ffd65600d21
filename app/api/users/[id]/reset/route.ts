import { makeResetLink, withActor } from "@/lib/auth/server";

export const POST = withActor<{ id: string }>(async (_request, ctx, { id }) => makeResetLink(ctx, id));
