import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { bounds, sessionCreation, sessionFilter } from "@/lib/playground";
import { createSession, findSessions } from "@/lib/playground/server";

export const GET = withActor((request, ctx) => findSessions(ctx, readQuery(request, sessionFilter)));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createSession(ctx, await readBody(request, sessionCreation, bounds.document)), {
    status: 201,
  }),
);
