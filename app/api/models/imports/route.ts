import { readBody, withActor } from "@/lib/auth/server";
import { importInput } from "@/lib/models";
import { importFolder } from "@/lib/models/server";

export const POST = withActor(async (request, ctx) =>
  importFolder(ctx, await readBody(request, importInput)),
);
