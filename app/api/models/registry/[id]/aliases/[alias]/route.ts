import { readBody, withActor } from "@/lib/auth/server";
import { aliasMove, aliasRemoval } from "@/lib/registry";
import { moveAlias, removeAlias } from "@/lib/registry/server";

type Path = { id: string; alias: string };

export const PUT = withActor<Path>(async (request, ctx, { id, alias }) =>
  moveAlias(ctx, id, alias, await readBody(request, aliasMove)),
);
export const DELETE = withActor<Path>(async (request, ctx, { id, alias }) =>
  removeAlias(ctx, id, alias, await readBody(request, aliasRemoval)),
);
