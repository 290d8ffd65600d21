import { withActor } from "@/lib/auth/server";
import { aliasMove, aliasRemoval } from "@/lib/prompts";
import { moveAlias, readWithFrom, removeAlias } from "@/lib/prompts/server";

type Path = { name: string; alias: string };

export const PUT = withActor<Path>(async (request, ctx, { name, alias }) =>
  moveAlias(ctx, name, alias, await readWithFrom(request, aliasMove)),
);
export const DELETE = withActor<Path>(async (request, ctx, { name, alias }) =>
  removeAlias(ctx, name, alias, await readWithFrom(request, aliasRemoval)),
);
