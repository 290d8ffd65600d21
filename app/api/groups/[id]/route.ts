import { groupPatch } from "@/lib/auth";
import { deleteGroup, getGroup, readBody, updateGroup, withActor } from "@/lib/auth/server";

interface At extends Record<string, string> {
  id: string;
}

export const GET = withActor<At>(async (_request, ctx, { id }) => getGroup(ctx, id));
export const PATCH = withActor<At>(async (request, ctx, { id }) =>
  updateGroup(ctx, id, await readBody(request, groupPatch)),
);
export const DELETE = withActor<At>(async (_request, ctx, { id }) => deleteGroup(ctx, id));
