import { readBody, readQuery, withActor } from "@/lib/auth/server";
import { schemaCreation, schemaPage, toUnityError } from "@/lib/unity-catalog";
import { createSchema, findSchemas } from "@/lib/unity-catalog/server";

export const GET = withActor(
  (request, ctx) => findSchemas(ctx, readQuery(request, schemaPage)),
  toUnityError,
);
export const POST = withActor(
  async (request, ctx) => createSchema(ctx, await readBody(request, schemaCreation)),
  toUnityError,
);
