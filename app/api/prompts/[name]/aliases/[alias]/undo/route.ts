import { readBody, withActor } from "@/lib/auth/server";
import { aliasUndo } from "@/lib/prompts";
import { undoAliasMove } from "@/lib/prompts/server";

type Path = { name: string; alias: string };

export const POST = withActor<Path>(async (request, ctx, { name, alias }) => {
  const { move } = await readBody(request, aliasUndo);
  return undoAliasMove(ctx, name, alias, move);
});
