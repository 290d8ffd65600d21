import { withActor } from "@/lib/auth/server";
import { getSnapshot, revokeSnapshot } from "@/lib/playground/server";

type Path = { id: string };

export const GET = withActor<Path>((_, ctx, { id }) => getSnapshot(ctx, id));
export const DELETE = withActor<Path>((_, ctx, { id }) => revokeSnapshot(ctx, id));
