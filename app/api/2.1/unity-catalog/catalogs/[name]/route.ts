import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { catalogUpdate, deletion, toUnityDeletionError, toUnityError } from "@/lib/unity-catalog";
import { deleteCatalog, getCatalog, updateCatalog } from "@/lib/unity-catalog/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getCatalog(ctx, name), toUnityError);
export const PATCH = withActor<Path>(
  async (request, ctx, { name }) => updateCatalog(ctx, name, await readBody(request, catalogUpdate)),
  toUnityError,
);
export const DELETE = withActor<Path>(
  (request, ctx, { name }) => deleteCatalog(ctx, name, readQuery(request, deletion)),
  toUnityDeletionError,
);
