import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { registration, registryFilter } from "@/lib/registry";
import { createModel, findModels } from "@/lib/registry/server";

export const GET = withActor((request, ctx) => findModels(ctx, readQuery(request, registryFilter)));
export const POST = withActor(async (request, ctx) =>
  Response.json(await createModel(ctx, await readBody(request, registration)), { status: 201 }),
);
