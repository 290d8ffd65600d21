import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { catalogUpdate, deletion, toUnityDeletionError, toUnityError } from "@/lib/unity-catalog";
import { deleteSchema, getSchema, updateSchema } from "@/lib/unity-catalog/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getSchema(ctx, name), toUnityError);
export const PATCH = withActor<Path>(
  async (request, ctx, { name }) => updateSchema(ctx, name, await readBody(request, catalogUpdate)),
  toUnityError,
);
export const DELETE = withActor<Path>(
  (request, ctx, { name }) => deleteSchema(ctx, name, readQuery(request, deletion)),
  toUnityDeletionError,
);
