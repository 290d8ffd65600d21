import { inviteInput } from "@/lib/auth";
import { findUsers, inviteUser, readBody, withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => findUsers(ctx));
export const POST = withActor(async (request, ctx) => inviteUser(ctx, await readBody(request, inviteInput)));
