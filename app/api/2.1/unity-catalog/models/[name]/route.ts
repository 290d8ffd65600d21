import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { deletion, modelUpdate, toUnityDeletionError, toUnityError } from "@/lib/unity-catalog";
import { deleteRegisteredModel, getRegisteredModel, updateRegisteredModel } from "@/lib/unity-catalog/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getRegisteredModel(ctx, name), toUnityError);
export const PATCH = withActor<Path>(
  async (request, ctx, { name }) => updateRegisteredModel(ctx, name, await readBody(request, modelUpdate)),
  toUnityError,
);
export const DELETE = withActor<Path>(
  (request, ctx, { name }) => deleteRegisteredModel(ctx, name, readQuery(request, deletion)),
  toUnityDeletionError,
);
