import { findSessions, revokeOtherSessions, withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => findSessions(ctx));
export const DELETE = withActor(async (_request, ctx) => revokeOtherSessions(ctx));
