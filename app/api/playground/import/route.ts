import { readBody, withActor } from "@/lib/auth/server";
import { bounds, sessionImport } from "@/lib/playground";
import { importSessions } from "@/lib/playground/server";

export const POST = withActor(async (request, ctx) =>
  Response.json(await importSessions(ctx, await readBody(request, sessionImport, bounds.document)), {
    status: 201,
  }),
);
