import { userPatch } from "@/lib/auth";
import { readBody, updateUser, withActor } from "@/lib/auth/server";

export const PATCH = withActor<{ id: string }>(async (request, ctx, { id }) =>
  updateUser(ctx, id, await readBody(request, userPatch)),
);
