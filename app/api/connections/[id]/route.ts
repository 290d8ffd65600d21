import { readBody, withActor } from "@/lib/auth/server";
import { connectionPatch } from "@/lib/gateway";
import { deleteConnection, updateConnection } from "@/lib/gateway/server";

type Params = { id: string };

export const PATCH = withActor<Params>(async (request, ctx, { id }) =>
  updateConnection(ctx, id, await readBody(request, connectionPatch)),
);
export const DELETE = withActor<Params>((_, ctx, { id }) => deleteConnection(ctx, id));
