import { readBody, withActor } from "@/lib/auth/server";
import { aliasUndo } from "@/lib/registry";
import { undoAliasMove } from "@/lib/registry/server";

type Path = { id: string; alias: string };

export const POST = withActor<Path>(async (request, ctx, { id, alias }) => {
  const { move } = await readBody(request, aliasUndo);
  return undoAliasMove(ctx, id, alias, move);
});
