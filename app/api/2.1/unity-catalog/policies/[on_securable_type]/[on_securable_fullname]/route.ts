import { readQuery, withActor } from "@/lib/auth/server";
import { type PolicyPath, policyPage, toUnityError } from "@/lib/unity-catalog";
import { findPolicies } from "@/lib/unity-catalog/server";

export const GET = withActor<PolicyPath>(
  (request, ctx, path) => findPolicies(ctx, path, readQuery(request, policyPage)),
  toUnityError,
);
