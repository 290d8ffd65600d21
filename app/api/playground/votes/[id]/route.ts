import { withActor } from "@/lib/auth/server";
import { deleteVote } from "@/lib/playground/server";

export const DELETE = withActor<{ id: string }>((_, ctx, { id }) => deleteVote(ctx, id));
