import { withActor } from "@/lib/auth/server";
import { restoreSession } from "@/lib/playground/server";

export const POST = withActor<{ id: string }>((_, ctx, { id }) => restoreSession(ctx, id));
