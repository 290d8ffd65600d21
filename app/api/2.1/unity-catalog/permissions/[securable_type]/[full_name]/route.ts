import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { permissionChanges, permissionQuery, toUnityError } from "@/lib/unity-catalog";
import { getPermissions, spellingFor, updatePermissions } from "@/lib/unity-catalog/server";

type Path = { securable_type: string; full_name: string };

export const GET = withActor<Path>(
  (request, ctx, path) =>
    getPermissions(ctx, path, readQuery(request, permissionQuery), spellingFor(request.headers)),
  toUnityError,
);
export const PATCH = withActor<Path>(
  async (request, ctx, path) =>
    updatePermissions(ctx, path, await readBody(request, permissionChanges), spellingFor(request.headers)),
  toUnityError,
);
