import { readBody, withActor } from "@/lib/auth/server";
import { versionCreation } from "@/lib/registry";
import { createVersion } from "@/lib/registry/server";

export const POST = withActor<{ id: string }>(async (request, ctx, { id }) =>
  Response.json(await createVersion(ctx, id, await readBody(request, versionCreation)), { status: 201 }),
);
