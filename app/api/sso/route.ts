import { getSsoSettings, withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => getSsoSettings(ctx));
