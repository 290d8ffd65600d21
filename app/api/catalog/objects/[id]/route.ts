import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { dropQuery, objectPatch } from "@/lib/catalog";
import { dropObject, getObject, updateObject } from "@/lib/catalog/server";

type Path = { id: string };

export const GET = withActor<Path>((_, ctx, { id }) => getObject(ctx, id));
export const PATCH = withActor<Path>(async (request, ctx, { id }) =>
  updateObject(ctx, id, await readBody(request, objectPatch)),
);
export const DELETE = withActor<Path>((request, ctx, { id }) =>
  dropObject(ctx, id, readQuery(request, dropQuery)),
);
