import { readBody, withActor } from "@/lib/auth/server";
import { toUnityDeletionError, toUnityError, volumeUpdate } from "@/lib/unity-catalog";
import { deleteVolume, getVolume, updateVolume } from "@/lib/unity-catalog/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getVolume(ctx, name), toUnityError);
export const PATCH = withActor<Path>(
  async (request, ctx, { name }) => updateVolume(ctx, name, await readBody(request, volumeUpdate)),
  toUnityError,
);
export const DELETE = withActor<Path>((_, ctx, { name }) => deleteVolume(ctx, name), toUnityDeletionError);
