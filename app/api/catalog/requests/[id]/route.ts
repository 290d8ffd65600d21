import { withActor } from "@/lib/auth/server";
import { withdrawRequest } from "@/lib/catalog/server";

export const DELETE = withActor<{ id: string }>((_, ctx, { id }) => withdrawRequest(ctx, id));
