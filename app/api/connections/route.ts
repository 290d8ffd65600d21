import { readBody, withActor } from "@/lib/auth/server";
import { connectionInput } from "@/lib/gateway";
import { createConnection, findConnections } from "@/lib/gateway/server";

export const GET = withActor((_, ctx) => findConnections(ctx));
export const POST = withActor(async (request, ctx) =>
  createConnection(ctx, await readBody(request, connectionInput)),
);
