import { getChainState, startVerification } from "@/lib/audit-log/server";
import { withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => getChainState(ctx));
export const POST = withActor((_request, ctx) => startVerification(ctx));
