import { readBody, withActor } from "@/lib/auth/server";
import { deletion, modelPatch } from "@/lib/registry";
import { deleteRegisteredModel, getModel, updateModel } from "@/lib/registry/server";

type Path = { id: string };

export const GET = withActor<Path>((_, ctx, { id }) => getModel(ctx, id));
export const PATCH = withActor<Path>(async (request, ctx, { id }) =>
  updateModel(ctx, id, await readBody(request, modelPatch)),
);
export const DELETE = withActor<Path>(async (request, ctx, { id }) =>
  deleteRegisteredModel(ctx, id, await readBody(request, deletion)),
);
