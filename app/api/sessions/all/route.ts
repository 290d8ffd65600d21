import { ownedFilter } from "@/lib/auth";
import { findAllSessions, readQuery, withActor } from "@/lib/auth/server";

export const GET = withActor(async (request, ctx) => findAllSessions(ctx, readQuery(request, ownedFilter)));
