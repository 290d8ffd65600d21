import { readQuery, withActor } from "@/lib/auth/server";
import { archiveQuery } from "@/lib/registry";
import { importVersion } from "@/lib/registry/server";

export const POST = withActor(async (request, ctx) =>
  Response.json(await importVersion(ctx, request, readQuery(request, archiveQuery)), { status: 201 }),
);
