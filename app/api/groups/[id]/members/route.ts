import { membersInput } from "@/lib/auth";
import { addMembers, readBody, removeMembers, withActor } from "@/lib/auth/server";

interface At extends Record<string, string> {
  id: string;
}

export const POST = withActor<At>(async (request, ctx, { id }) =>
  addMembers(ctx, id, await readBody(request, membersInput)),
);
export const DELETE = withActor<At>(async (request, ctx, { id }) =>
  removeMembers(ctx, id, await readBody(request, membersInput)),
);
