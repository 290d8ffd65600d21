import { searchPatch } from "@/lib/audit-log";
import { deleteSavedSearch, updateSearch } from "@/lib/audit-log/server";
import { readBody, withActor } from "@/lib/auth/server";

export const PATCH = withActor<{ id: string }>(async (request, ctx, { id }) =>
  updateSearch(ctx, id, await readBody(request, searchPatch)),
);
export const DELETE = withActor<{ id: string }>((_request, ctx, { id }) => deleteSavedSearch(ctx, id));
