import { readBody, withActor } from "@/lib/auth/server";
import { tagChange } from "@/lib/catalog";
import { changeTags } from "@/lib/catalog/server";

export const PATCH = withActor<{ id: string }>(async (request, ctx, { id }) =>
  changeTags(ctx, id, await readBody(request, tagChange)),
);
