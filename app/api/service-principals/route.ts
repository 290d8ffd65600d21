import { servicePrincipalInput } from "@/lib/auth";
import { createServicePrincipal, findAllServicePrincipals, readBody, withActor } from "@/lib/auth/server";

export const GET = withActor(async (_request, ctx) => findAllServicePrincipals(ctx));
export const POST = withActor(async (request, ctx) =>
  createServicePrincipal(ctx, await readBody(request, servicePrincipalInput)),
);
