import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { objectCreation, treeFilter } from "@/lib/catalog";
import { createObject, findTree } from "@/lib/catalog/server";

export const GET = withActor((request, ctx) => findTree(ctx, readQuery(request, treeFilter)));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createObject(ctx, await readBody(request, objectCreation)), { status: 201 }),
);
