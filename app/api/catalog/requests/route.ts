import { readBody, withActor } from "@/lib/auth/server";
import { requestCreation } from "@/lib/catalog";
import { createRequest, findRequests } from "@/lib/catalog/server";

export const GET = withActor((_, ctx) => findRequests(ctx));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createRequest(ctx, await readBody(request, requestCreation)), { status: 202 }),
);
