import { withActor } from "@/lib/auth/server";
import { restoreObject } from "@/lib/catalog/server";

export const POST = withActor<{ id: string }>((_, ctx, { id }) => restoreObject(ctx, id));
