import { readBody, withActor } from "@/lib/auth/server";
import { grantChanges } from "@/lib/catalog";
import { previewGrants } from "@/lib/catalog/server";

export const POST = withActor(async (request, ctx) =>
  previewGrants(ctx, await readBody(request, grantChanges)),
);
