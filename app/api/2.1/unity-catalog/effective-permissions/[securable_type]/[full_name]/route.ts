import { readQuery, withActor } from "@/lib/auth/server";
import { permissionQuery, toUnityError } from "@/lib/unity-catalog";
import { getEffectivePermissions, spellingFor } from "@/lib/unity-catalog/server";

export const GET = withActor<{ securable_type: string; full_name: string }>(
  (request, ctx, path) =>
    getEffectivePermissions(ctx, path, readQuery(request, permissionQuery), spellingFor(request.headers)),
  toUnityError,
);
