import { readBody, withActor } from "@/lib/auth/server";
import { connectionTest } from "@/lib/gateway";
import { testConnection } from "@/lib/gateway/server";

export const POST = withActor(async (request, ctx) =>
  testConnection(ctx, await readBody(request, connectionTest)),
);
