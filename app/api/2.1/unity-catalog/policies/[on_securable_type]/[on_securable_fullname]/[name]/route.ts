import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { type PolicyPath, policyUpdateInfo, policyUpdateQuery, toUnityError } from "@/lib/unity-catalog";
import { deletePolicy, getPolicy, updatePolicy } from "@/lib/unity-catalog/server";

type Path = PolicyPath & { name: string };

export const GET = withActor<Path>((_request, ctx, path) => getPolicy(ctx, path), toUnityError);
export const PATCH = withActor<Path>(
  async (request, ctx, path) =>
    updatePolicy(ctx, path, await readBody(request, policyUpdateInfo), readQuery(request, policyUpdateQuery)),
  toUnityError,
);
export const DELETE = withActor<Path>((_request, ctx, path) => deletePolicy(ctx, path), toUnityError);
