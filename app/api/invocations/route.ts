import { readBody, withActor } from "@/lib/auth/server";
import { invocationReport } from "@/lib/gateway";
import { reportInvocation } from "@/lib/gateway/server";

export const POST = withActor(async (request, ctx) =>
  reportInvocation(ctx, await readBody(request, invocationReport)),
);
