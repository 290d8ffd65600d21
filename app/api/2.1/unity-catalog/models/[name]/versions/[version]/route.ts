import { withActor } from "@/lib/auth/server";
import { toUnityDeletionError, toUnityError } from "@/lib/unity-catalog";
import { deleteModelVersion, getModelVersion } from "@/lib/unity-catalog/server";

type Path = { name: string; version: string };

export const GET = withActor<Path>(
  (_, ctx, { name, version }) => getModelVersion(ctx, name, version),
  toUnityError,
);
export const DELETE = withActor<Path>(
  (_, ctx, { name, version }) => deleteModelVersion(ctx, name, version),
  toUnityDeletionError,
);
