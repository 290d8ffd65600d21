import { readBody, withActor } from "@/lib/auth/server";
import { grantChanges } from "@/lib/catalog";
import { changeGrants } from "@/lib/catalog/server";

export const PATCH = withActor(async (request, ctx) =>
  changeGrants(ctx, await readBody(request, grantChanges)),
);
