import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { catalogCreation, catalogPage, toUnityError } from "@/lib/unity-catalog";
import { createCatalog, findCatalogs } from "@/lib/unity-catalog/server";

export const GET = withActor(
  (request, ctx) => findCatalogs(ctx, readQuery(request, catalogPage)),
  toUnityError,
);
export const POST = withActor(
  async (request, ctx) => createCatalog(ctx, await readBody(request, catalogCreation)),
  toUnityError,
);
