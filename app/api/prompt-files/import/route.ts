import { readBody, withActor } from "@/lib/auth/server";
import { fileImport, filesBytes } from "@/lib/prompts";
import { importFiles } from "@/lib/prompts/server";

export const POST = withActor(async (request, ctx) =>
  importFiles(ctx, await readBody(request, fileImport, filesBytes)),
);
