import { readBody, withActor } from "@/lib/auth/server";
import { sessionMove } from "@/lib/playground";
import { moveSession } from "@/lib/playground/server";

export const PUT = withActor<{ id: string }>(async (request, ctx, { id }) =>
  moveSession(ctx, id, await readBody(request, sessionMove)),
);
