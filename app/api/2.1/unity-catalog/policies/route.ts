import { readBody, withActor } from "@/lib/auth/server";
import { policyCreationInfo, toUnityError } from "@/lib/unity-catalog";
import { createPolicy } from "@/lib/unity-catalog/server";

export const POST = withActor(
  async (request, ctx) => createPolicy(ctx, await readBody(request, policyCreationInfo)),
  toUnityError,
);
