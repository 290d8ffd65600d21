import { withActor } from "@/lib/auth/server";
import { toUnityDeletionError, toUnityError } from "@/lib/unity-catalog";
import { deleteFunction, getFunction } from "@/lib/unity-catalog/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getFunction(ctx, name), toUnityError);
export const DELETE = withActor<Path>((_, ctx, { name }) => deleteFunction(ctx, name), toUnityDeletionError);
