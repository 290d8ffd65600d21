import { userPatch } from "@/lib/auth";
import { getPerson, readBody, updateUser, withActor } from "@/lib/auth/server";

export const GET = withActor<{ id: string }>(async (_request, ctx, { id }) => getPerson(ctx, id));
export const PATCH = withActor<{ id: string }>(async (request, ctx, { id }) =>
  updateUser(ctx, id, await readBody(request, userPatch)),
);
