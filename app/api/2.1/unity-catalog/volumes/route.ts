import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { objectPage, toUnityError, volumeCreation } from "@/lib/unity-catalog";
import { createVolume, findVolumes } from "@/lib/unity-catalog/server";

export const GET = withActor(
  (request, ctx) => findVolumes(ctx, readQuery(request, objectPage)),
  toUnityError,
);
export const POST = withActor(
  async (request, ctx) => createVolume(ctx, await readBody(request, volumeCreation)),
  toUnityError,
);
