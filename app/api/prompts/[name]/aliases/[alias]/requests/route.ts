import { readBody, withActor } from "@/lib/auth/server";
import { aliasMove } from "@/lib/prompts";
import { requestMove } from "@/lib/prompts/server";

type Path = { name: string; alias: string };

export const POST = withActor<Path>(async (request, ctx, { name, alias }) =>
  requestMove(ctx, name, alias, await readBody(request, aliasMove)),
);
