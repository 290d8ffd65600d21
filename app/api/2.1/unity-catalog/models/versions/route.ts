import { readBody, withActor } from "@/lib/auth/server";
import { modelVersionCreation, toUnityError } from "@/lib/unity-catalog";
import { createModelVersion } from "@/lib/unity-catalog/server";

export const POST = withActor(
  async (request, ctx) => createModelVersion(ctx, await readBody(request, modelVersionCreation)),
  toUnityError,
);
