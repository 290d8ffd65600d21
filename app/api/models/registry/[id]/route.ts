import { readBody, withActor } from "@/lib/auth/server";
import { modelPatch } from "@/lib/registry";
import { getModel, updateModel } from "@/lib/registry/server";

type Path = { id: string };

export const GET = withActor<Path>((_, ctx, { id }) => getModel(ctx, id));
export const PATCH = withActor<Path>(async (request, ctx, { id }) =>
  updateModel(ctx, id, await readBody(request, modelPatch)),
);
