import { readBody, withActor } from "@/lib/auth/server";
import { policyCreation } from "@/lib/catalog";
import { createPolicy, getPolicies } from "@/lib/catalog/server";

export const GET = withActor<{ id: string }>((_request, ctx, { id }) => getPolicies(ctx, id));
export const POST = withActor<{ id: string }>(async (request, ctx, { id }) =>
  createPolicy(ctx, id, await readBody(request, policyCreation)),
);
