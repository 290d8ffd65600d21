import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { modelCreation, objectPage, toUnityError } from "@/lib/unity-catalog";
import { createRegisteredModel, findRegisteredModels } from "@/lib/unity-catalog/server";

export const GET = withActor(
  (request, ctx) => findRegisteredModels(ctx, readQuery(request, objectPage)),
  toUnityError,
);
export const POST = withActor(
  async (request, ctx) => createRegisteredModel(ctx, await readBody(request, modelCreation)),
  toUnityError,
);
