import { withActor } from "@/lib/auth/server";
import { toUnityDeletionError, toUnityError } from "@/lib/unity-catalog";
import { deleteTable, getTable } from "@/lib/unity-catalog/server";

type Path = { name: string };

export const GET = withActor<Path>((_, ctx, { name }) => getTable(ctx, name), toUnityError);
export const DELETE = withActor<Path>((_, ctx, { name }) => deleteTable(ctx, name), toUnityDeletionError);
