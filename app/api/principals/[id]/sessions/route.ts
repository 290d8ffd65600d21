import { endSessionsOf, findSessionsOf, withActor } from "@/lib/auth/server";

interface At extends Record<string, string> {
  id: string;
}

export const GET = withActor<At>(async (_request, ctx, { id }) => findSessionsOf(ctx, id));
export const DELETE = withActor<At>(async (_request, ctx, { id }) => endSessionsOf(ctx, id));
