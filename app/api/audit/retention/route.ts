import { retentionInput } from "@/lib/audit-log";
import { getRetention, updateRetention } from "@/lib/audit-log/server";
import { readBody, withActor } from "@/lib/auth/server";

export const GET = withActor((_request, ctx) => getRetention(ctx));
export const PUT = withActor(async (request, ctx) =>
  updateRetention(ctx, await readBody(request, retentionInput)),
);
