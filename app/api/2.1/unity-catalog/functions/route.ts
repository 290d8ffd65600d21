import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { functionCreation, objectPage, toUnityError } from "@/lib/unity-catalog";
import { createFunction, findFunctions } from "@/lib/unity-catalog/server";

export const GET = withActor(
  (request, ctx) => findFunctions(ctx, readQuery(request, objectPage)),
  toUnityError,
);
export const POST = withActor(
  async (request, ctx) => createFunction(ctx, await readBody(request, functionCreation)),
  toUnityError,
);
