import { ownedFilter } from "@/lib/auth";
import { findAllKeys, readQuery, withActor } from "@/lib/auth/server";

export const GET = withActor(async (request, ctx) => findAllKeys(ctx, readQuery(request, ownedFilter)));
