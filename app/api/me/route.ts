import { getMe, withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => getMe(ctx));
