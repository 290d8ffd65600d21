import { readQuery, withActor } from "@/lib/auth/server";
import { toUnityError, versionPage } from "@/lib/unity-catalog";
import { findModelVersions } from "@/lib/unity-catalog/server";

export const GET = withActor<{ name: string }>(
  (request, ctx, { name }) => findModelVersions(ctx, name, readQuery(request, versionPage)),
  toUnityError,
);
