import { groupFilter, groupInput } from "@/lib/auth";
import { createGroup, findGroups, readBody, readQuery, withActor } from "@/lib/auth/server";

export const GET = withActor(async (request, ctx) => findGroups(ctx, readQuery(request, groupFilter)));
export const POST = withActor(async (request, ctx) => createGroup(ctx, await readBody(request, groupInput)));
