import { readBody, withActor } from "@/lib/auth/server";
import { bounds, sessionUpdate } from "@/lib/playground";
import { deleteSession, getSession, saveAnswer, saveSession } from "@/lib/playground/server";

type Path = { id: string };

export const GET = withActor<Path>((_, ctx, { id }) => getSession(ctx, id));
export const PUT = withActor<Path>(async (request, ctx, { id }) =>
  saveAnswer(ctx, await saveSession(ctx, id, await readBody(request, sessionUpdate, bounds.document))),
);
export const DELETE = withActor<Path>((_, ctx, { id }) => deleteSession(ctx, id));
